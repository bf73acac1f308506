/** The lab: scene line, chips, settings, views and address around one <kernel-walk>; all of them say the same scene. */
import { LATE_WORDS } from "../element/attributes.js";
import { actionOf, controlOf, keyName } from "../element/keys.js";
import { queryOf, stateOf, THEMES } from "../page/address.js";
import { Theme } from "../page/theme.js";
import { _ } from "../page/words.js";
import { chooseWith } from "../words/language.js";
import { particle } from "../words/particles.js";
import { VIEWS } from "../words/vocabulary.js";
import { Changes } from "./changes.js";
import { Chips } from "./chips.js";
import { Dock } from "./dock.js";
import { Files } from "./files.js";
import { compareButton, presentButton, shareButton } from "./header-buttons.js";
import { keyHelp } from "./key-help.js";
import { Notice } from "./notice.js";
import { followed, same, withInserted, withMoved, withoutLayer } from "./scene.js";
import { askAdditions, fetchTables } from "./server.js";
import { Settings } from "./settings.js";
import { startOf } from "./starting.js";
import { Upload } from "./upload.js";
import { Views } from "./views.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./server.js").Tables} Tables */

/** Milliseconds between two steps written into the address: browsers allow 100 changes in 30 seconds. */
const ADDRESS_PAUSE = 320;

/** @template {Element} Kind @param {string} selector  @returns {Kind} */
const find = (selector) => /** @type {Kind} */ (document.querySelector(selector));

class Lab {
  walk = /** @type {import("../kernel-walk.js").KernelWalk} */ (find("kernel-walk"));
  line = /** @type {HTMLInputElement} */ (find("#scene-line"));
  notice = new Notice(find("#scene-error"));
  lang = new URLSearchParams(location.search).get("lang") ?? "";
  inputChosen = false;
  /** @type {Opening | null} */
  opening = null;
  /** @type {Settings | null} */
  settings = null;
  changes = new Changes(this.walk);
  #addressTimer = 0;
  #addressDue = 0;
  #asked = stateOf(location.search);
  /** The server refused what the address says: line, refusal and address stay until another scene is asked for. */
  #refused = this.notice.came;

  start() {
    this.views = new Views(find("#views"), this.walk, new URL("../views/registry.js", import.meta.url).href, {
      chosen: () => this.#writeAddress(),
      layer: (layer, step) => this.#chooseLayer(layer, step),
    });
    this.chips = new Chips(find("#chips"), this.walk, {
      input: () => this.#chooseInput(),
      choose: (layer) => this.#chooseLayer(layer),
      move: (from, to) => this.#move(from, to),
      remove: (layer) => this.#remove(layer),
      add: (operation) => this.#add(operation),
      refusals: (operations) => askAdditions(this.#scene, this.#layer + 1, operations.map(startOf)),
    });
    this.upload = new Upload(
      new Files({
        scene: () => this.#scene,
        change: (scene) => this.#change(scene),
        operations: () => this.settings?.tables.operations ?? [],
        choose: () => this.#chooseInput(),
        form: () => this.settings?.input.file,
        complain: (error) => this.notice.show(error),
      }),
    );
    this.dock = new Dock(find("#settings"), find("#walk"), find("#views"));
    this.keys = keyHelp();
    const changed = () => this.#writeAddress();
    this.theme = new Theme(find("#theme"), () => [this.walk], changed);
    compareButton(find("#compare"), this.walk, changed);
    presentButton(find("#present"), this.walk);
    const sharing = new URL("share.js", import.meta.url).href;
    shareButton(find("#share"), sharing, this.walk, () => this.#state(), changed);
    this.views.choose(this.#asked.view ?? VIEWS[0]);
    this.#listen();
    const opening = this.walk.opening;
    if (opening) this.#adopt(opening);
    this.#resume();
    fetchTables()
      .then((tables) => this.#furnish(tables))
      .catch((error) => this.notice.show(error));
  }

  #listen() {
    const { walk } = this;
    walk.addEventListener("scene", (event) => this.#adopt(/** @type {CustomEvent} */ (event).detail));
    for (const kind of ["step", "inspect"])
      walk.addEventListener(kind, (event) => this.#showStep(/** @type {CustomEvent} */ (event).detail, kind));
    for (const kind of ["play", "pause"]) walk.addEventListener(kind, () => this.#writeAddress());
    /** @type {HTMLFormElement} */ (find("#scene-form")).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#applyLine();
    });
    this.line.addEventListener("keydown", (event) => keyName(event) === "Escape" && this.#revertLine());
    addEventListener("keydown", (event) => this.#key(event));
    this.changes.watch(document.body);
    addEventListener("popstate", () => this.#goBack());
    find("#keys").addEventListener("click", () => this.keys?.showModal());
  }

  /** The address may say that the walk stands, or goes on from a step. */
  #resume() {
    const { step, playing } = this.#asked;
    if (step === undefined) return;
    this.walk.toggleAttribute("autoplay", playing);
    if (playing) this.walk.play();
    else {
      this.walk.pause();
      if (this.walk.step !== step && step >= 0) this.walk.seek(step);
    }
  }

  /** @param {Tables} tables */
  #furnish(tables) {
    this.settings = new Settings(find("#settings"), tables, {
      change: (scene) => this.#change(scene),
      move: (by) => this.#move(this.#layer, this.#layer + by),
      remove: () => this.#remove(this.#layer),
      upload: (file) => this.upload?.send(file),
      digit: new URL("shown-digit.js", import.meta.url).href,
    });
    this.chips?.offer(tables.operations, this.settings.filters);
    if (this.opening) this.#show(this.opening);
  }

  get #layer() {
    return this.opening?.layer ?? 0;
  }
  get #scene() {
    return /** @type {Scene} */ (this.opening?.scene);
  }

  /** A scene is walked now: everything else on the page says so too. @param {Opening} opening */
  #adopt(opening) {
    const before = this.opening;
    this.opening = opening;
    if (before) this.#refused = false;
    if (!this.#refused) this.#revertLine();
    document.title = `${opening.line} · Kernelwalk`;
    this.views?.adopt(this.walk.pictured);
    const step = opening.steps.find(({ index }) => index === this.walk.step);
    if (step) this.views?.follow(step, false);
    else this.walk.seek(this.walk.step); // it walked on before the page was there: the step that stands is told again
    this.#show(opening);
    if (this.changes.entry) this.#writeAddress(before !== null && before.line !== opening.line);
    else this.#writeSoon();
  }

  /** @param {Opening} opening */
  #show(opening) {
    const chosen = this.inputChosen ? -1 : opening.layer;
    this.chips?.show(opening, chosen);
    this.settings?.show(opening, chosen);
  }

  /** @param {Step} step  @param {string} kind */
  #showStep(step, kind) {
    if (this.walk.opening !== this.opening) return;
    this.views?.follow(step, kind === "inspect");
    this.#writeSoon();
  }

  /** Another scene, unless the server refuses it; then what walks goes on walking.
   * @param {unknown} scene  @param {number} [layer]  @param {number} [step]  without it the place is kept */
  async #change(scene, layer = this.#layer, step) {
    const refusal = await this.changes.ask({ scene, layer, step });
    if (refusal?.told.fix) this.notice.show(refusal);
    return refusal;
  }

  /** @param {unknown} scene  @param {number} [layer]  @param {number} [step] */
  async #try(scene, layer, step) {
    this.notice.show(await this.#change(scene, layer, step));
  }

  async #applyLine() {
    const refusal = await this.#change(this.line.value, 0, 0);
    this.notice.show(refusal);
    this.line.setAttribute("aria-invalid", String(Boolean(refusal)));
    if (refusal) return;
    this.inputChosen = false;
    if (this.opening) this.#show(this.opening);
  }

  #revertLine() {
    this.line.value = this.opening?.line ?? this.line.value;
    this.line.setAttribute("aria-invalid", "false");
    this.notice.show(null);
  }

  #chooseInput() {
    this.inputChosen = true;
    if (this.opening) this.#show(this.opening);
  }

  /** @param {number} layer  @param {number} [step] */
  #chooseLayer(layer, step = 0) {
    this.inputChosen = false;
    if (this.opening && layer === this.opening.layer) this.#show(this.opening);
    else this.#try(this.#scene, layer, step);
  }

  /** @param {number} from  @param {number} to */
  #move(from, to) {
    if (to < 0 || to >= this.#scene.layers.length || from === to) return;
    this.#try(withMoved(this.#scene, from, to), followed(this.#layer, from, to));
  }

  /** @param {number} layer */
  #remove(layer) {
    if (this.#scene.layers.length < 2) return this.notice.show({ message: _("A scene needs at least one operation.") });
    this.#try(
      withoutLayer(this.#scene, layer),
      Math.min(this.#layer > layer ? this.#layer - 1 : this.#layer, this.#scene.layers.length - 2),
    );
  }

  /** @param {KnownOperation} operation */
  #add(operation) {
    const place = this.#layer + 1;
    this.inputChosen = false;
    this.chips?.follow(place);
    this.#try(withInserted(this.#scene, place, startOf(operation)), place);
  }

  /** @returns {import("../page/address.js").State} */
  #state() {
    const { walk, opening, lang } = this;
    return {
      scene: opening?.line ?? "",
      layer: this.#layer,
      step: walk.step,
      playing: walk.playing,
      view: this.views?.view ?? VIEWS[0],
      lang,
      theme: this.theme?.name ?? THEMES[0],
      course: courseOf(walk),
    };
  }

  #writeSoon() {
    this.#addressTimer ||= setTimeout(() => this.#writeAddress(), this.#addressDue - performance.now());
  }

  #writeAddress(pushed = false) {
    clearTimeout(this.#addressTimer);
    this.#addressTimer = 0;
    this.#addressDue = performance.now() + ADDRESS_PAUSE;
    if (!this.opening || this.#refused) return;
    const query = queryOf(this.#state());
    if (pushed && !same(stateOf(query).scene, stateOf(location.search).scene)) history.pushState(null, "", query);
    else history.replaceState(null, "", query);
    for (const link of document.querySelectorAll("a[data-lang]")) {
      const lang = /** @type {HTMLElement} */ (link).dataset.lang ?? "";
      link.setAttribute("href", queryOf({ ...this.#state(), lang }));
    }
  }

  async #goBack() {
    clearTimeout(this.#addressTimer);
    this.#addressTimer = 0;
    const { scene, layer = 0, step = 0 } = stateOf(location.search);
    if (scene) this.notice.show(await this.#change(scene, layer, step));
  }

  /** Keys of the player work wherever no control needs them. @param {KeyboardEvent} event */
  #key(event) {
    if (event.defaultPrevented || document.querySelector("dialog[open]") || event.target === this.walk) return;
    const control = controlOf(event.target ?? undefined);
    const view = control === "text" ? undefined : this.views?.offered[Number(keyName(event)) - 1];
    if (view) return this.views?.choose(view);
    const action = actionOf(event, control);
    if (!action) return;
    if (action === "keys") this.keys?.showModal();
    else if (action === "play") this.walk.playing ? this.walk.pause() : this.walk.play();
    else if (!this.#passOn(event)) return;
    event.preventDefault();
  }

  /** Whether the player takes a key that was pressed somewhere else. @param {KeyboardEvent} event */
  #passOn({ key, code, shiftKey, repeat }) {
    return !this.walk.dispatchEvent(new KeyboardEvent("keydown", { key, code, shiftKey, repeat, cancelable: true }));
  }
}

/** The words of a course that the player has. @param {HTMLElement} walk */
function courseOf(walk) {
  const words = LATE_WORDS.flatMap(({ words }) => words).map((name) => [name, walk.getAttribute(name) ?? ""]);
  return Object.fromEntries(words.filter(([name, word]) => word && !(name === "stops" && word === "last")));
}

chooseWith("ko", particle);
new Lab().start();
