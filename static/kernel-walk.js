/** <kernel-walk>: a kernel walks over a picture, step by step; the one element of lab, gallery and embed. */

import { nextLayer, stepOf, strongest, writtenMap } from "./element/actions.js";
import { Asking } from "./element/asking.js";
import { OBSERVED } from "./element/attributes.js";
import { joinFrame } from "./element/frame.js";
import { LateParts } from "./element/late-parts.js";
import { inlineOpening, Reception } from "./element/reception.js";
import { Reconnecting } from "./element/reconnecting.js";
import { Shell } from "./element/shell.js";
import { Surroundings } from "./element/surroundings.js";
import { Walk } from "./element/walk.js";
import sheet from "./styles/kernel-walk.css" with { type: "css" };
import { ServerError, serverOf } from "./wire/client.js";
import { fetchOpening } from "./wire/opening.js";
import { bringWords } from "./words/language.js";
import { wordsOf } from "./words/strings.js";

const LOADED_FROM = serverOf(import.meta.url);
const FOLDER = new URL("./", import.meta.url).href;
const WORDS = new URL("./words/", import.meta.url).href;
const EFFECTS = new URL("./stage/effects.js", import.meta.url).href;
const LINKED_VIEWS = new URL("./views/linked.js", import.meta.url).href;

/** What is inside each player, for those that stand beside each other. @type {WeakMap<Element, Inside>} */
const INSIDE = new WeakMap();

/** @typedef {{ walk: Walk, shell: Shell }} Inside */

export class KernelWalk extends HTMLElement {
  static observedAttributes = OBSERVED;

  #shell = new Shell(this.attachShadow({ mode: "open" }), {
    act: (action) => this.#act(action),
    seek: (index) => this.seek(index),
    jump: (row, column) => {
      const step = stepOf(this.opening?.start, this.#walk.step?.at[0] ?? 0, row, column);
      if (step >= 0) this.seek(step);
      return step >= 0;
    },
    speed: (speed) => {
      this.speed = speed;
    },
    hover: (index) => this.look(index),
    layer: (layer, step) => this.#walkLayer(layer, step),
    retry: () => this.#retry(),
    sized: (height) => this.#around?.height(height),
    looks: () => this.#walk.repaint(),
    leave: (event, leadsBy) => this.#leave(event, leadsBy),
  });
  #walk = new Walk(this, this.#shell, () => this.#lang, {
    fire: (name, detail) => this.#fire(name, detail),
    fail: (error) => this.#fail(error),
    found: () => this.#found(),
  });
  #again = new Reconnecting(() => this.#retry());
  #reception = new Reception(
    () => this.server,
    `${FOLDER}painters/late.js`,
    () => this.#bring(),
    {
      loading: () => this.#shell.say("loading", this.#lang),
      arrived: (opening, arrays) => {
        if (this.#connected) this.#walk.adopt(opening, arrays);
      },
      failed: (error) => this.#fail(error),
    },
  );
  #surroundings = new Surroundings(this, {
    resized: () => this.#shell.resized(),
    moved: () => this.#shell.fit(),
    seen: (seen) => this.#walk.hold(!seen),
    looks: () => this.#walk.repaint(),
    printed: (printed) => this.#walk.print(printed),
  });
  #asking = new Asking(this, this.#shell, this.#walk, FOLDER, {
    lang: () => this.#lang,
    reload: () => this.#reload(),
    failed: (error) => this.#fail(error),
  });
  /** @type {ReturnType<typeof joinFrame>} */
  #around = null;
  #parts = new LateParts(this, FOLDER, {
    inside: (/** @type {Element} */ walk) => /** @type {Inside} */ (INSIDE.get(walk)),
    strongest,
  });
  /** Attributes of a tag that is being upgraded are read when it connects. */
  #connected = false;

  constructor() {
    super();
    this.#shell.root.adoptedStyleSheets = [sheet];
    this.#shell.stage.later = EFFECTS;
    this.#shell.keys.address = `${FOLDER}element/brought-keys.js`;
    INSIDE.set(this, { walk: this.#walk, shell: this.#shell });
  }

  connectedCallback() {
    this.#connected = true;
    this.#around = joinFrame(this);
    this.#surroundings.open();
    const opening = this.opening ?? inlineOpening(this);
    if (this.#asking.asks) this.#asking.begin();
    else if (opening) this.opening = opening;
    else if (this.hasAttribute("scene")) this.#reload();
  }

  disconnectedCallback() {
    this.#connected = false;
    this.#again.found();
    this.#reception.close();
    this.#surroundings.close();
    this.#around?.close();
    this.#walk.close();
  }

  /** @param {string} name  @param {string | null} before  @param {string | null} value */
  attributeChangedCallback(name, before, value) {
    if (before === value || !this.#connected || this.#asking.changed(name)) return;
    if (name === "scene" && value !== null && value !== this.opening?.line) this.#reload();
    if (name === "layer" && this.opening && Number(value) !== this.opening.layer) this.layer = Number(value);
    if (name === "step") this.seek(Number(value));
    if (name === "speed") this.speed = Number(value);
    if (name === "loop") this.#walk.loop(value !== null);
    if (name === "theme") this.#walk.repaint();
    if (name === "view" && !this.opening?.sizes) this.#walkLayer(this.layer, this.step);
    else if (name === "lang" || name === "view") this.#bring().then(() => this.#walk.repaint());
    if (name === "controls") this.#shell.fit();
    this.#parts.changed(name);
  }

  get step() {
    return this.#walk.player?.index ?? Number(this.getAttribute("step") ?? 0);
  }
  set step(index) {
    this.seek(index);
  }
  get steps() {
    return this.opening?.start.steps ?? 0;
  }
  get playing() {
    return this.#walk.player?.playing ?? false;
  }
  get speed() {
    return this.#walk.player?.speed ?? Number(this.getAttribute("speed") ?? 0);
  }
  set speed(speed) {
    this.#walk.paced = true;
    if (this.#walk.player) this.#walk.player.speed = speed;
  }
  get layer() {
    return this.opening?.layer ?? Number(this.getAttribute("layer") ?? 0);
  }
  set layer(layer) {
    this.#walkLayer(layer);
  }
  get server() {
    return (this.getAttribute("server") ?? LOADED_FROM).replace(/\/$/, "");
  }
  get opening() {
    return this.#walk.opening;
  }
  set opening(opening) {
    if (opening) this.#reception.receive(async () => opening).catch(() => {});
  }

  /** The map as far as it is written: cells in memory order, null where pending. */
  get featureMap() {
    return writtenMap(this.opening, this.#walk.arrays, this.step);
  }

  play() {
    this.#walk.player?.play();
  }
  pause() {
    this.#walk.player?.pause();
  }
  stepForward() {
    this.#walk.player?.walk(1);
  }
  stepBack() {
    this.#walk.player?.walk(-1);
  }
  /** @param {number} index */
  seek(index) {
    this.#walk.player?.seek(Number(index));
  }

  /** Show another step for a moment; null: the walk's own again. @param {number | null} index */
  look(index) {
    if (index === null) this.#walk.player?.release();
    else this.#walk.player?.inspect(index);
  }

  /** Light what a weight or an input cell meets. @param {Probe | null} probe */
  probe(probe) {
    this.#shell.stage.probe(probe);
  }

  /** What views around the element are made for, once a scene is here. @returns {ViewScene | null} */
  get pictured() {
    const { opening, arrays } = this.#walk;
    const { model } = this.#shell;
    if (!opening || !arrays || !model) return null;
    const { palette, words, lang: language } = model;
    return { opening, arrays, palette, language, words, server: this.server };
  }

  /**
   * Show another scene.
   * @param {unknown} scene  a line or a JSON scene  @param {{ layer?: number, step?: number }} [place]
   * @returns {Promise<Opening>}
   */
  show(scene, { layer, step = 0 } = {}) {
    return this.#reception.receive((signal) =>
      fetchOpening(this.server, scene, layer ?? null, step, this.#lang, signal),
    );
  }

  /** @param {number} layer  @param {number} [step] */
  #walkLayer(layer, step) {
    if (this.opening) this.show(this.opening.line, { layer, step }).catch(() => {});
  }

  get #lang() {
    return this.getAttribute("lang") ?? (this.closest("[lang]")?.getAttribute("lang") || navigator.language);
  }

  /** Words, and the parts of the tag's attributes, where they are wanted. */
  async #bring() {
    await Promise.all([
      bringWords(this.#lang, WORDS),
      this.#shell.linking.bring(LINKED_VIEWS, this.#lang, WORDS),
      this.#parts.bring(),
    ]);
  }

  #reload() {
    const layer = this.getAttribute("layer");
    const step = Number(this.getAttribute("step") ?? 0);
    this.show(this.getAttribute("scene"), layer === null ? { step } : { step, layer: Number(layer) }).catch(() => {});
  }

  #retry() {
    if (!this.#reception.retry()) this.#walk.retry();
  }

  /** @param {Error} error */
  #fail(error) {
    const unanswered = error instanceof ServerError && error.status === 0;
    if (unanswered) this.#again.lost();
    const message = unanswered ? wordsOf(this.#lang).unreachable : error.message;
    this.#shell.say(unanswered ? "lost" : "failed", this.#lang, message);
    this.#fire("error", { message });
  }

  #found() {
    this.#again.found();
    this.#shell.say("", this.#lang);
  }

  /** @param {string} name  @param {unknown} detail */
  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** On to the next layer. */
  async #next() {
    const layer = nextLayer(this.opening);
    if (layer === null) return;
    const { playsOn } = this.#walk;
    await this.show(this.opening?.line, { layer });
    if (playsOn) this.play();
  }

  /** A presenter's key at the end of the walk belongs to what is around it. @type {Shell["events"]["leave"]} */
  #leave(event, leadsBy) {
    const { player } = this.#walk;
    const way = player && leadsBy(event, player);
    const detail = { key: event.key, way };
    const leaves = way && this.dispatchEvent(new CustomEvent("leave", { detail, cancelable: true }));
    if (leaves) this.#around?.leave(event.key, way);
    return Boolean(way);
  }

  /** @param {string} action  of a button or a key */
  #act(action) {
    if (action === "next") this.#next().catch(() => {});
    else this.#walk.act(action);
  }
}

/** Register the element under the name its host chooses. @param {string} [name] */
export function define(name = "kernel-walk") {
  if (!customElements.get(name))
    customElements.define(name, name === "kernel-walk" ? KernelWalk : class extends KernelWalk {});
}

define();
