/** <kernel-walk>: a kernel walks over a picture, step by step; the one element of lab, gallery and embed. */

import {
  act,
  nextLayer,
  stepOf,
  strongest,
  usualSpeed,
  walkedShape,
  windowSize,
  writtenMap,
} from "./element/actions.js";
import { joinFrame } from "./element/frame.js";
import { inlineOpening, Shell } from "./element/shell.js";
import { Clock, Player } from "./player/player.js";
import { arraysOf, fetchOpening, serverOf, stepsFrom } from "./player/stream.js";
import { bringPainter } from "./stage/stage.js";
import sheet from "./styles/kernel-walk.css" with { type: "css" };
import { wordsOf } from "./words/strings.js";
import { EXACT_FROM } from "./words/vocabulary.js";

const CLOCK = new Clock(
  (callback) => requestAnimationFrame(callback),
  (frame) => cancelAnimationFrame(frame),
);
const LOADED_FROM = serverOf(import.meta.url);
const LATE_PAINTERS = new URL("./painters/late.js", import.meta.url).href;
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const LOOKS = [matchMedia("(prefers-color-scheme: dark)"), matchMedia("(forced-colors: active)")];

export class KernelWalk extends HTMLElement {
  static observedAttributes = ["scene", "layer", "step", "speed", "loop", "controls", "view", "lang", "theme"];

  #shell = new Shell(this.attachShadow({ mode: "open" }), CLOCK, {
    act: (action) => this.#act(action),
    seek: (index) => this.seek(index),
    jump: (row, column) => this.seek(stepOf(this.#opening?.start, this.#step?.at[0] ?? 0, row, column)),
    speed: (speed) => {
      this.speed = speed;
    },
    hover: (index) => (index === null ? this.#player?.release() : this.#player?.inspect(index)),
    retry: () => this.#retry(),
    sized: (height) => this.#around?.height(height),
  });
  #refit = () => this.#shell.fit();
  #observer = new ResizeObserver(() => this.#refit());
  #watcher = new IntersectionObserver((entries) => this.#hold(!entries[entries.length - 1].isIntersecting));
  /** @type {Player | null} */
  #player = null;
  /** @type {Opening | null} */
  #opening = null;
  /** @type {Arrays | null} */
  #arrays = null;
  #request = new AbortController();
  /** @type {ReturnType<typeof joinFrame>} */
  #around = null;
  /** @type {Step | null} */
  #step = null;
  #wasPlaying = false;
  #held = false;
  /** The last step was reached by playing. */
  #ended = false;
  /** Somebody chose the speed: other scenes keep it. */
  #paced = false;
  /** Attributes of a tag that is being upgraded are read when it connects. */
  #connected = false;
  /** @type {(() => void) | null} */
  #again = null;

  constructor() {
    super();
    this.#shell.root.adoptedStyleSheets = [sheet];
  }

  connectedCallback() {
    this.#connected = true;
    this.#around = joinFrame(this);
    this.#observer.observe(this);
    this.#watcher.observe(this);
    window.addEventListener("resize", this.#refit);
    for (const look of LOOKS) look.addEventListener("change", this.#repaint);
    const opening = this.#opening ?? inlineOpening(this);
    if (opening) this.#receive(async () => opening).catch(() => {});
    else if (this.hasAttribute("scene")) this.#reload();
  }

  disconnectedCallback() {
    this.#connected = false;
    this.#request.abort();
    this.#observer.disconnect();
    this.#watcher.disconnect();
    window.removeEventListener("resize", this.#refit);
    for (const look of LOOKS) look.removeEventListener("change", this.#repaint);
    this.#around?.close();
    this.#shell.stage.close();
    this.#player?.close();
    this.#player = null;
  }

  /** @param {string} name  @param {string | null} before  @param {string | null} value */
  attributeChangedCallback(name, before, value) {
    if (before === value || !this.#connected) return;
    if (name === "scene" && value !== null && value !== this.#opening?.line) this.#reload();
    if (name === "layer" && this.#opening && Number(value) !== this.#opening.layer) this.layer = Number(value);
    if (name === "step") this.seek(Number(value));
    if (name === "speed") this.speed = Number(value);
    if (name === "loop") this.#setLoop(value !== null);
    if (name === "lang" || name === "theme" || name === "view") this.#repaint();
    if (name === "controls") this.#shell.fit();
  }

  get step() {
    return this.#player?.index ?? Number(this.getAttribute("step") ?? 0);
  }
  set step(index) {
    this.seek(index);
  }
  get steps() {
    return this.#opening?.start.steps ?? 0;
  }
  get playing() {
    return this.#player?.playing ?? false;
  }
  get speed() {
    return this.#player?.speed ?? Number(this.getAttribute("speed") ?? 0);
  }
  set speed(speed) {
    this.#paced = true;
    if (this.#player) this.#player.speed = speed;
  }
  get layer() {
    return this.#opening?.layer ?? Number(this.getAttribute("layer") ?? 0);
  }
  set layer(layer) {
    if (this.#opening) this.show(this.#opening.line, { layer }).catch(() => {});
  }
  get server() {
    return (this.getAttribute("server") ?? LOADED_FROM).replace(/\/$/, "");
  }
  get opening() {
    return this.#opening;
  }
  set opening(opening) {
    if (opening) this.#receive(async () => opening).catch(() => {});
  }

  /** The map as far as it is written: cells in memory order, null where pending. */
  get featureMap() {
    return writtenMap(this.#opening, this.#arrays, this.step);
  }

  play() {
    this.#player?.play();
  }
  pause() {
    this.#player?.pause();
  }
  stepForward() {
    this.#player?.walk(1);
  }
  stepBack() {
    this.#player?.walk(-1);
  }
  /** @param {number} index */
  seek(index) {
    this.#player?.seek(Number(index));
  }

  /**
   * Show another scene.
   * @param {unknown} scene  a line or a JSON scene  @param {{ layer?: number, step?: number }} [place]
   * @returns {Promise<Opening>}
   */
  show(scene, { layer, step = 0 } = {}) {
    return this.#receive((signal) => fetchOpening(this.server, scene, layer ?? null, step, this.#lang, signal));
  }

  get #lang() {
    return this.getAttribute("lang") ?? (this.closest("[lang]")?.getAttribute("lang") || navigator.language);
  }

  #reload() {
    const layer = this.getAttribute("layer");
    const step = Number(this.getAttribute("step") ?? 0);
    this.show(this.getAttribute("scene"), layer === null ? { step } : { step, layer: Number(layer) }).catch(() => {});
  }

  #retry() {
    if (this.#again) this.#again();
    else this.#player?.retry();
    this.#shell.say(this.#again ? "loading" : "", this.#lang);
  }

  /** Take the newest of what was asked for. @param {(signal: AbortSignal) => Promise<Opening>} ask */
  async #receive(ask) {
    this.#request.abort();
    const request = new AbortController();
    this.#request = request;
    this.#again = () => this.#receive(ask).catch(() => {});
    this.#shell.say("loading", this.#lang);
    try {
      const opening = await ask(request.signal);
      const [arrays] = await Promise.all([
        arraysOf(this.server, opening, request.signal),
        bringPainter(opening.start.kind, LATE_PAINTERS),
      ]);
      if (!request.signal.aborted && this.#connected) this.#adopt(opening, arrays);
      this.#complete(arrays);
      return opening;
    } catch (error) {
      if (!request.signal.aborted) this.#fail(/** @type {Error} */ (error));
      throw error;
    }
  }

  /** Paint anew what was walked beyond the known steps before the output had come. @param {Arrays} arrays */
  #complete(arrays) {
    const still = () => this.#arrays === arrays;
    const beyond = () => still() && this.step >= (this.#opening?.steps.length ?? 0);
    arrays.whole?.then(
      () => beyond() && this.#repaint(),
      (error) => still() && this.#fail(error),
    );
  }

  /** @param {Opening} opening  @param {Arrays} arrays */
  #adopt(opening, arrays) {
    const [before, was] = [this.#opening, this.#player];
    const speed = (this.#paced && was?.speed) || Number(this.getAttribute("speed")) || usualSpeed(opening.start.steps);
    const playing = was ? was.playing : this.#wasPlaying || (this.hasAttribute("autoplay") && !STILL.matches);
    const loop = was?.loop ?? this.hasAttribute("loop");
    was?.close();
    this.#again = null;
    this.#ended = false;
    this.#opening = opening;
    this.#arrays = arrays;
    this.#step = null;
    this.#player = this.#playerOf(opening);
    this.#paint();
    this.#player.loop = loop;
    this.#player.held = this.#held;
    this.#player.speed = speed;
    this.#player.begin();
    if (!before) this.#fire("ready", opening);
    this.#fire("scene", opening);
    if (playing) this.play();
  }

  /** @param {Opening} opening */
  #playerOf(opening) {
    const { start } = opening;
    return new Player({
      steps: start.steps,
      index: opening.step,
      ready: opening.steps,
      clock: CLOCK,
      cells: windowSize(start),
      source: stepsFrom(this.server, opening.line, opening.layer),
      audience: {
        show: (step, inspected) => this.#present(step, inspected),
        change: () => this.#change(),
        end: () => {
          this.#ended = true;
          this.#fire("end", null);
        },
        fail: (error) => this.#fail(error),
      },
    });
  }

  #paint() {
    const [opening, arrays] = [this.#opening, this.#arrays];
    const step = this.#step ?? opening?.steps.find(({ index }) => index === opening.step) ?? opening?.steps[0];
    if (!opening || !arrays || !step) return;
    this.#shell.paint(opening, arrays, this.#lang, step);
    this.#change();
  }

  #repaint = () => {
    if (!this.#player) return;
    this.#paint();
    this.#player.retry();
  };

  /** @param {Step} step  @param {boolean} inspected */
  #present(step, inspected) {
    const player = this.#player;
    if (!player) return;
    const { playing, speed, index } = player;
    this.#step = step;
    this.#ended &&= index >= this.steps - 1;
    const ease = !STILL.matches && !inspected && (!playing || speed < EXACT_FROM);
    const shown = inspected ? index : step.index;
    this.#shell.present(step, shown + 1, { inspected, ease, playing, index: shown });
    this.#fire(inspected ? "inspect" : "step", step);
  }

  #change() {
    const player = this.#player;
    if (!player) return;
    this.#shell.showState(player);
    if (player.playing !== this.#wasPlaying) this.#fire(player.playing ? "play" : "pause", null);
    this.#wasPlaying = player.playing;
  }

  /** @param {Error} error */
  #fail(error) {
    const message = error instanceof TypeError ? wordsOf(this.#lang).unreachable : error.message;
    this.#shell.say("failed", this.#lang, message);
    this.#fire("error", { message });
  }

  /** @param {string} name  @param {unknown} detail */
  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** On to the next layer; a walk that came to its end by playing plays on. */
  async #next() {
    const layer = nextLayer(this.#opening);
    if (layer === null) return;
    const playing = this.#ended;
    await this.show(this.#opening?.line, { layer });
    if (playing && !STILL.matches) this.play();
  }

  /** Out of sight, time stands still. @param {boolean} held */
  #hold(held) {
    this.#held = held;
    if (this.#player) this.#player.held = held;
  }

  /** @param {boolean} loop */
  #setLoop(loop) {
    if (!this.#player) return;
    this.#player.loop = loop;
    this.#change();
  }

  /** @param {string} action  of a button or a key */
  #act(action) {
    if (action === "slower" || action === "faster") this.#paced = true;
    if (action === "next") this.#next().catch(() => {});
    else if (action === "loop") this.#setLoop(!this.#player?.loop);
    else if (action === "strongest")
      strongest(this.#arrays).then(
        (index) => this.seek(index),
        () => {},
      );
    else if (this.#player) act(this.#player, action, walkedShape(this.#opening?.start)[2]);
  }
}

/** Register the element under the name its host chooses. @param {string} [name] */
export function define(name = "kernel-walk") {
  if (!customElements.get(name))
    customElements.define(name, name === "kernel-walk" ? KernelWalk : class extends KernelWalk {});
}

define();
