/** The layer walked backward: what this step's dY adds to dX, dW and db, and what they hold by now. */
import { make } from "../../page/elements.js";
import { cellAtPlace, placeOfCell } from "../../words/cells.js";
import { sayIn } from "../../words/language.js";
import { Gradients } from "./gradients.js";
import { Grid } from "./grid.js";
import { ShareRow } from "./share-row.js";

/** @typedef {"ones" | "output"} Choice */

export class BackwardView {
  root = make("div", {});
  about = make("p", {});
  state = make("p", { class: "quiet state" });
  /** @type {Choice} */
  #choice = "ones";
  /** @type {ShareRow[]} */
  rows = [];
  /** @type {Gradients | null} */
  #gradients = null;
  /** @type {Step | null} */
  #step = null;
  #line = "";

  /** @param {ViewEvents} events */
  constructor(events) {
    this.events = events;
    for (const kind of ["pointerover", "focusin"])
      this.root.addEventListener(kind, (event) => this.#point(event.target));
    for (const kind of ["pointerleave", "focusout"]) this.root.addEventListener(kind, () => this.#leave());
    this.root.addEventListener("click", ({ target }) => this.#choose(target));
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !this.#choose(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** @param {ViewScene} scene */
  adopt(scene) {
    this._ = sayIn(scene.language);
    this.opening = scene.opening;
    this.shapes = /** @type {BackwardShapes} */ (scene.opening.backward);
    const line = `${scene.opening.line} ${scene.opening.layer}`;
    if (line !== this.#line) {
      this.#gradients?.close();
      this.#gradients = null;
    }
    this.#line = line;
    this.#gradients ??= new Gradients(scene);
    this.#step = null;
    this.root.classList.toggle("wide", hasLongNumbers(scene.opening));
    this.#build(this._);
  }

  /** @param {import("../../words/language.js").Say} _ */
  #build(_) {
    const { dy, window, dx, dw, db } = this.shapes ?? /** @type {any} */ ({});
    const weighted = dw !== undefined;
    this.about.textContent = [
      weighted
        ? _("Each step adds its share: dY times the weight to dX, dY times the window to dW.")
        : _("Each step adds its share: dY times what the output changes by when the cell changes by 1."),
      ...(this.opening?.start.flip ? [_("dW is written as the kernel lies over the window.")] : []),
    ].join(" ");
    this.given = new Grid("given", "dY", _("gradient of the output"), dy);
    this.given.walkable(`dY ${_("gradient of the output")}`);
    const rows = [
      { name: "dX", about: _("gradient of the input"), factor: _("factor"), role: "plain", shape: dx, window },
      { name: "dW", about: _("gradient of the weights"), factor: _("window"), role: "input", shape: dw, window },
      { name: "db", about: _("gradient of the bias"), factor: "", role: "plain", shape: db, window: [1] },
    ];
    if (weighted) Object.assign(rows[0], { factor: _("weights"), role: "kernel" });
    this.rows = rows.filter(({ shape }) => shape).map((row) => new ShareRow(row, _));
    this.rows[0].held.walkable(`dX ${_("gradient of the input")}`);
    const shares = make("div", { class: "shares" }, ...this.rows.map(({ root }) => root));
    this.root.replaceChildren(
      make("div", { class: "backward-head" }, this.about, this.#choices(_)),
      make("div", { class: "backward-body" }, this.given.root, shares),
      this.state,
    );
    this.state.textContent = "\u00a0";
  }

  /** @param {import("../../words/language.js").Say} _ */
  #choices(_) {
    /** @type {[Choice, string][]} */
    const choices = [
      ["ones", _("All ones")],
      ["output", _("The map itself")],
    ];
    const buttons = choices.map(([choice, title]) => {
      const pressed = String(choice === this.#choice);
      const button = make("button", { type: "button", class: "library", "aria-pressed": pressed }, title);
      button.addEventListener("click", () => {
        this.#choice = choice;
        for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
        this.#follow();
      });
      return button;
    });
    const group = make("div", { role: "group", class: "libraries", "aria-label": _("Gradient of the output") });
    group.append(...buttons);
    return make("div", { class: "choice" }, make("span", { translate: "no" }, "dY"), group);
  }

  /** @param {Step} step */
  show(step) {
    this.#step = step;
    this.#follow();
  }

  /** Shows the numbers of the step, now or when they come. */
  #follow() {
    const gradients = /** @type {Gradients} */ (this.#gradients);
    const [step, choice] = [this.#step, this.#choice];
    if (!step) return;
    const known = gradients.at(choice, step.index);
    if (known) return this.#write(known.block, known.step);
    gradients.bring(choice, step.index).then(
      () => this.#still(gradients, choice) && this.#follow(),
      () => this.#still(gradients, choice) && this.#fail(),
    );
  }

  /** @param {Gradients} gradients  @param {Choice} choice */
  #still = (gradients, choice) => gradients === this.#gradients && choice === this.#choice;

  #fail() {
    this.state.textContent = this._?.("The server does not answer: its numbers are needed for the gradients.") ?? "";
  }

  /** @param {Backward} block  @param {BackwardStep} step */
  #write(block, step) {
    const _ = /** @type {import("../../words/language.js").Say} */ (this._);
    this.given?.follow(step.index);
    this.given?.write(block.dy);
    this.given?.mark("lit", (place) => place === step.index);
    for (const row of this.rows) {
      const share = { dX: step.dx, dW: step.dw, db: step.db }[row.name];
      if (share) row.show(share, step.dy);
    }
    const done = step.index + 1;
    this.state.textContent =
      done === block.count
        ? _("Every step has added its share: these are the gradients.")
        : _("after {count} of {steps} steps", { count: done, steps: block.count });
  }

  /** @param {EventTarget | null} target */
  #point(target) {
    const index = this.#stepOf(target);
    this.events.look(index);
    const cell = index === null && target instanceof Element ? target.closest(".held [data-place]") : null;
    const gradient = cell?.closest("[data-gradient]")?.getAttribute("data-gradient");
    if (!cell || gradient !== "dX") return this.events.probe(null);
    const place = Number(cell.getAttribute("data-place"));
    const [channel, row, column] = cellAtPlace(place, this.shapes?.dx ?? [1, 1, 1]);
    this.events.probe({ part: "input", channel, row, column, text: [] });
  }

  /** Walks to the step whose dY it is. @param {EventTarget | null} target  @returns {boolean}  whether it is one */
  #choose(target) {
    const index = this.#stepOf(target);
    if (index !== null) this.events.seek(index);
    return index !== null;
  }

  #leave() {
    this.events.look(null);
    this.events.probe(null);
  }

  /** The step whose dY it is. @param {EventTarget | null} target */
  #stepOf(target) {
    const cell = target instanceof Element ? target.closest(".given [data-place]") : null;
    return cell ? Number(cell.getAttribute("data-place")) : null;
  }

  /** @param {Probe | null} probe  on the stage */
  light(probe) {
    const shape = this.shapes?.dx ?? [1, 1, 1];
    const place = probe?.part === "input" ? placeOfCell([probe.channel, probe.row, probe.column], shape) : -1;
    for (const row of this.rows) row.held.mark("same", (cell) => row.name === "dX" && cell === place);
  }

  close() {
    this.#gradients?.close();
    this.#gradients = null;
    this.#line = "";
  }
}

/** Whether sums need broad cells: no cell is to grow while the walk goes on. @param {Opening} opening */
function hasLongNumbers({ input, output }) {
  const broad = [...input.range, ...output.range].some((value) => Math.abs(value) > 99);
  return broad || [input, output].some(({ type }) => type === "float64");
}
