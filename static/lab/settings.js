/** The settings of the walked layer, or of the input: a form that follows the scene and never breaks it. */
import { icon, make } from "../page/elements.js";
import { _, said } from "../page/words.js";
import { endOf, settingControl } from "./controls.js";
import { complain, context, insteadOf, limitOf, outside, WITH_SIZES } from "./field.js";
import { FilterMenu, filtersOf } from "./filters.js";
import { InputForm } from "./input.js";
import { KernelEditor } from "./kernel-editor.js";
import { plane } from "./kernel-planes.js";
import { same, withFilter, withLayer, withSettings } from "./scene.js";
import { alongLinks, broughtAlong } from "./trained.js";

/** @typedef {import("./server.js").Tables} Tables */
/** @typedef {Setting} Parameter */
/** @typedef {import("./scene.js").Scene} Scene */
/**
 * @typedef {object} SettingsActs
 * @property {(scene: Scene) => Promise<{ message: string, field: string } | null>} change  resolves to the refusal
 * @property {(by: number) => void} move  @property {() => void} remove  @property {(file: File) => void} upload
 * @property {string} digit  address of the script that shows what a network makes of a drawing
 */
/** @typedef {import("./field.js").Field} Field */

/** Settings that say which numbers a kernel holds and what becomes of them. */
const WRITTEN = ["weight", "divisor", "groups", "out", "kernel_size", "seed"];

const LAYER_ICONS = { earlier: "M15 5l-7 7 7 7", later: "M9 5l7 7-7 7", remove: "M5 5l14 14M19 5L5 19" };

export class Settings {
  /** @type {Map<string, Field>} */
  #fields = new Map();
  #built = "";
  /** @type {KernelEditor | null} */
  #editor = null;
  /** @type {FilterMenu | null} */
  #menu = null;
  /** @type {Opening | null} */
  #opening = null;

  /** @param {HTMLElement} root  @param {Tables} tables  @param {SettingsActs} acts */
  constructor(root, tables, acts) {
    this.root = root;
    this.tables = tables;
    this.acts = acts;
    this.filters = filtersOf(tables);
    this.title = make("h2", {});
    this.word = make("code", {});
    this.tools = make(
      "div",
      { class: "layer-tools" },
      this.#tool(LAYER_ICONS.earlier, _("Move earlier"), () => acts.move(-1)),
      this.#tool(LAYER_ICONS.later, _("Move later"), () => acts.move(1)),
      this.#tool(LAYER_ICONS.remove, _("Remove this operation"), () => acts.remove()),
    );
    this.body = make("div", { class: "fields" });
    this.help = make("p", { class: "help-line", "aria-hidden": "true" });
    this.complaint = make("p", { class: "complaint", role: "alert", hidden: true });
    this.more = make("details", { class: "more" });
    this.input = new InputForm(tables.samples, { ...acts, change: (scene) => this.#change(scene, null) });
    root.replaceChildren(
      make("div", { class: "settings-head" }, this.title, this.word, this.tools),
      this.complaint,
      this.body,
      this.more,
      this.help,
    );
    for (const kind of ["focusin", "pointerover"]) root.addEventListener(kind, (event) => this.#explain(event));
  }

  /** @param {Opening} opening  @param {number} chosen  a layer, or -1 for the input */
  show(opening, chosen) {
    this.#opening = opening;
    this.complaint.hidden = true;
    this.input.pictures.show(opening.scene.input.source);
    this.input.webcam.saw(opening.scene.input.source);
    if (chosen < 0) this.#showInput(opening);
    else this.#showLayer(opening, chosen);
  }

  /** @param {Opening} opening */
  #showInput(opening) {
    if (this.#built !== "input") {
      this.#built = "input";
      this.#fields = new Map();
      this.title.textContent = _("Input");
      this.title.title = "";
      this.word.textContent = "";
      this.tools.hidden = true;
      this.help.textContent = "";
      this.more.hidden = true;
      this.body.replaceChildren(this.input.root);
    }
    this.input.show(opening);
  }

  /** @param {Opening} opening  @param {number} chosen */
  #showLayer(opening, chosen) {
    const layer = opening.layers[chosen];
    const operation = this.tables.operations.find(({ name }) => name === layer.operation);
    const key = `${chosen} ${layer.operation}`;
    if (this.#built !== key) this.#build(layer, operation?.parameters ?? []);
    this.#built = key;
    const [earlier, later, remove] = /** @type {HTMLButtonElement[]} */ ([...this.tools.children]);
    earlier.disabled = chosen === 0;
    later.disabled = chosen === opening.layers.length - 1;
    remove.disabled = opening.layers.length === 1;
    this.#fill(opening, layer, operation?.parameters ?? []);
  }

  /** @param {Layer} layer  @param {Parameter[]} parameters */
  #build(layer, parameters) {
    const focused = this.body.contains(document.activeElement) ? document.activeElement?.id : undefined;
    this.title.textContent = said(layer.title, layer.operation);
    this.title.title = this.title.textContent;
    this.word.textContent = layer.operation;
    this.tools.hidden = false;
    this.help.textContent = parameters.length
      ? _("Point at a setting to read what it does.")
      : _("This operation has no settings.");
    const weighted = parameters.some(({ kind }) => kind === "weight");
    const swaps = this.#swaps(layer.operation);
    const offered = swaps ? this.filters : this.filters.filter(({ layer: { weight } }) => weight);
    this.#menu = swaps || weighted ? new FilterMenu(offered, (filter) => this.#pick(filter)) : null;
    this.#editor = weighted
      ? new KernelEditor({ change: (settings) => this.#write(settings), written: () => this.#written() })
      : null;
    this.#fields = new Map(parameters.map((parameter) => [parameter.name, this.#field(parameter)]));
    const rare = parameters.filter((parameter) => parameter.rare).map(({ name }) => name);
    const [often, seldom] = [false, true].map((wanted) =>
      [...this.#fields].filter(([name]) => rare.includes(name) === wanted).map(([, { root }]) => root),
    );
    this.more.replaceChildren(make("summary", {}, _("More settings")), make("div", { class: "fields" }, ...seldom));
    this.more.hidden = !seldom.length;
    this.body.replaceChildren(...(this.#menu ? [this.#menu.root] : []), ...often);
    if (focused !== undefined) this.#focus(focused);
  }

  /** The control of that name in a form that was made anew, or its first. @param {string} id */
  #focus(id) {
    const there = id ? this.body.querySelector(`#${CSS.escape(id)}`) : this.#menu?.button;
    const first = there ?? this.body.querySelector("button, input, select");
    if (first instanceof HTMLElement) first.focus();
  }

  /** @param {Parameter} parameter  @returns {Field} */
  #field(parameter) {
    const id = `setting-${parameter.name}`,
      { name, kind } = parameter;
    const complaint = make("p", { class: "complaint", role: "alert", hidden: true, id: `${id}-complaint` });
    const help = make("span", { class: "hidden", id: `${id}-help` }, said(parameter.help));
    const control =
      kind === "weight"
        ? { nodes: [/** @type {KernelEditor} */ (this.#editor).root], show: () => {} }
        : settingControl(parameter, id, (value) => this.#set({ [name]: value }, name));
    const label =
      kind === "weight"
        ? make("span", { class: "label" }, said(parameter.title, name))
        : make("label", { for: id, class: "label" }, said(parameter.title, name));
    for (const node of control.nodes) node.setAttribute("aria-describedby", `${id}-help ${id}-complaint`);
    const root = make(
      "div",
      { class: `field ${kind}`, "data-name": name },
      label,
      make("div", { class: "control" }, ...control.nodes),
      help,
      complaint,
    );
    return { root, control, complaint };
  }

  /** @param {Opening} opening  @param {Layer} layer  @param {Parameter[]} parameters */
  #fill(opening, layer, parameters) {
    const drawn = this.#drawn(layer, opening.start);
    this.#menu?.show(layer, plane(drawn));
    for (const { name } of parameters) {
      const field = this.#fields.get(name);
      field?.control.show(layer.arguments[name] ?? null, context(opening, layer, name));
      if (field) complain(field, outside(field, limitOf(layer, name)));
    }
    this.#showRare(layer, parameters);
    const kernel = limitOf(layer, "kernel_size");
    const largest = [0, 1].map((side) => endOf(kernel, side).maximum);
    if (this.#editor && drawn) this.#editor.show(drawn, layer.input_shape[0], largest);
    const divisor = this.#fields.get("divisor")?.root.querySelector("input");
    if (divisor) divisor.placeholder = String(opening.start.divisor ?? 1);
  }

  /** A rare setting that is not as usual is in sight; what belongs to a layer by its sizes only with those.
   * @param {Layer} layer  @param {Parameter[]} parameters */
  #showRare(layer, parameters) {
    const changed = parameters.filter(({ name, default: usual }) => !same(layer.arguments[name] ?? null, usual));
    if (changed.some(({ rare }) => rare)) this.more.open = true;
    if (layer.arguments.weight === undefined) return;
    for (const name of WITH_SIZES) {
      const field = this.#fields.get(name);
      if (field) field.root.hidden = layer.arguments.out === null;
    }
  }

  /** The weight as it was drawn: a named kernel's own numbers. @param {Layer} layer  @param {StartLine} start */
  #drawn(layer, start) {
    const written = layer.arguments.weight;
    const kernel = this.tables.kernels.find(({ name }) => name === written);
    if (typeof written === "string") return kernel?.weight ?? alongLinks(start);
    return /** @type {any} */ (written ?? start.weight ?? [[0]]);
  }

  /** Whether an operation may become another one of the menu of filters. @param {string} operation */
  #swaps(operation) {
    return Boolean(this.tables.operations.find(({ name }) => name === operation)?.family);
  }

  /** @param {import("./filters.js").Filter} filter */
  #pick(filter) {
    const scene = this.#scene,
      place = this.#place,
      { operation } = scene.layers[place];
    this.#menu?.button.focus();
    this.#editor?.remember();
    if (!this.#swaps(operation)) return void this.#set({ weight: filter.name }, "weight");
    const known = this.tables.operations.find(({ name }) => name === filter.layer.operation);
    const settings = (known?.parameters ?? []).map(({ name }) => name);
    this.#change(withLayer(scene, place, withFilter(scene.layers[place], filter.layer, settings)), null);
  }

  /** Weights that are written take the place of those that a layer by its sizes draws.
   * @param {Record<string, unknown>} settings  @returns {Promise<string>} the refusal, or nothing */
  #write(settings) {
    const sizes = settings.weight === undefined ? {} : { out: undefined, kernel_size: undefined, seed: undefined };
    return this.#set(
      { ...sizes, ...broughtAlong(/** @type {Opening} */ (this.#opening), settings), ...settings },
      "weight",
    );
  }

  /** What the kernel's editor may change, as the scene has it. */
  #written() {
    const layer = this.#scene.layers[this.#place];
    return Object.fromEntries(WRITTEN.map((name) => [name, layer[name]]));
  }

  /** @param {Record<string, unknown>} settings  @param {string} name  where a refusal is shown
   * @returns {Promise<string>} the refusal, or nothing */
  async #set(settings, name) {
    const field = this.#fields.get(name) ?? null,
      opening = /** @type {Opening} */ (this.#opening);
    if (Object.values(settings).some((value) => Number.isNaN(value))) return complain(field, _("Write a number."));
    const beyond = outside(field, limitOf(opening.layers[this.#place], name));
    if (beyond) return complain(field, beyond);
    const required = this.tables.operations
      .find((operation) => operation.name === this.#scene.layers[this.#place].operation)
      ?.parameters.some((parameter) => parameter.name === name && parameter.required);
    if (required && name in settings && settings[name] === undefined) return complain(field, _("Write a number."));
    return this.#change(
      withSettings(this.#scene, this.#place, { ...insteadOf(opening, settings), ...settings }),
      field,
    );
  }

  /** A refusal stands at the setting that it names, or at the one that was changed.
   * @param {Scene} scene  @param {Field | null} field  @returns {Promise<string>} the refusal, or nothing */
  async #change(scene, field) {
    const refusal = same(scene, this.#scene) ? null : await this.acts.change(scene);
    const sentence = refusal?.message ?? "";
    const fault = this.#fields.get(refusal?.field ?? "") ?? field;
    for (const other of this.#fields.values()) if (other !== fault) complain(other, "");
    if (fault && sentence && this.more.contains(fault.root)) this.more.open = true;
    if (fault) return complain(fault, sentence);
    this.complaint.textContent = sentence;
    this.complaint.hidden = !sentence;
    return sentence;
  }

  get #scene() {
    return /** @type {Scene} */ (/** @type {Opening} */ (this.#opening).scene);
  }

  get #place() {
    return /** @type {Opening} */ (this.#opening).layer;
  }

  /** @param {Event} event */
  #explain({ target }) {
    const field = target instanceof Element ? target.closest(".field") : null;
    const opening = this.#opening;
    if (!(field instanceof HTMLElement) || !opening || this.#built === "input") return;
    const name = field.dataset.name ?? "",
      layer = opening.layers[opening.layer];
    const sentences = [field.querySelector(".hidden")?.textContent ?? "", said(limitOf(layer, name).why)];
    this.help.replaceChildren(make("code", {}, name), ...sentences.filter(Boolean).map((sentence) => ` ${sentence}.`));
  }

  /** @param {string} path  @param {string} label  @param {() => void} act */
  #tool(path, label, act) {
    const button = make("button", { type: "button", class: "tool", title: label, "aria-label": label }, icon(path));
    button.addEventListener("click", act);
    return button;
  }
}
