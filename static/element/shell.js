/**
 * What stands in the element's shadow: stage, timeline, notices, the sentence for screen readers; fits them to the
 *   box.
 */

import { makeProbe, readPalette, sharpness } from "../drawing/palette.js";
import { make } from "../page/elements.js";
import { CLOCK } from "../player/clock.js";
import { setText } from "../stage/arithmetic.js";
import { typeOf } from "../stage/arranging.js";
import { modelOf } from "../stage/model.js";
import { Stage } from "../stage/stage.js";
import { Timeline } from "../stage/timeline.js";
import { sentence } from "../words/formula.js";
import { inLanguage, spokenIn } from "../words/language.js";
import { wordsOf } from "../words/strings.js";
import { nextLayer } from "./actions.js";
import { arrangementOf, hallOf, paddingOf, roomIn, sameRoom, showControls } from "./fitting.js";
import { HeldKeys } from "./held-keys.js";
import { Linking } from "./linking.js";

/** A change of sharpness that nobody sees. */
const SAME_RATIO = 0.01;

/** Beside linked views the panes keep so much of a frame. */
const LEAST_STAGE = 180;

/** Milliseconds between sentences while playing. */
const PAUSE = 250;

/**
 * @typedef {object} ShellEvents
 * @property {(action: string) => void} act  @property {(index: number) => void} seek
 * @property {(row: number, column: number) => boolean} jump  @property {(speed: number) => void} speed
 * @property {(layer: number, step?: number) => void} layer
 * @property {(index: number | null) => void} hover  @property {() => void} retry
 * @property {(height: number) => void} sized  @property {() => void} looks
 * @property {(event: KeyboardEvent, leadsBy: typeof import("./keys.js").leavingBy) => boolean} leave  a key that leads
 *   out of the walk
 */

export class Shell {
  #probe = makeProbe();
  #notice = make("div", { class: "notice", role: "status", hidden: true });
  #warnings = make("ul", { class: "warnings" });
  #sentence = make("p", { class: "sentence", "aria-live": "polite" });
  #slot = make("slot");
  keys = new HeldKeys(this);
  #room = { width: 0, height: 0, screen: 0, scale: 1 };
  #wanted = 0;
  /** The box that was fitted to, and its size once the panes stand in it; "" until that is known. */
  #fitted = 0;
  #box = "";
  #said = 0;
  /** @type {Model | null} */
  model = null;
  /** What more is said of a step. @type {((step: Step) => string)[]} */
  remarks = [];
  /** Who shares the panes' room. @type {import("./splitting.js").Sharing | null} */
  pair = null;

  /** @param {ShadowRoot} root  @param {ShellEvents} events */
  constructor(root, events) {
    this.root = root;
    this.host = /** @type {HTMLElement} */ (root.host);
    this.events = events;
    const act = (/** @type {string} */ action) => (action === "keys" ? this.keys.open() : events.act(action));
    this.timeline = new Timeline({ ...events, act });
    this.linking = new Linking(root, { ...events, look: events.hover, probe: (probe) => this.stage.probe(probe) });
    this.stage = new Stage(CLOCK, {
      hover: events.hover,
      pick: events.seek,
      probe: (probe) => this.linking.light(probe),
    });
    this.frame = make(
      "div",
      { class: "frame", tabindex: "0", role: "group", hidden: true },
      this.stage.node,
      this.linking.node,
      this.#warnings,
      this.timeline.node,
      this.#sentence,
    );
    root.append(this.#probe, this.frame, this.#notice, this.#slot);
    this.host.addEventListener("keydown", (event) => this.keys.press(event));
    this.frame.addEventListener(
      "transitionend",
      ({ propertyName }) => propertyName === "column-rule-color" && this.#look(),
    );
  }

  /**
   * Prepare everything that depends on scene, language and theme; a notice stays what it was.
   * @param {Opening} opening  @param {Arrays} arrays  @param {string} lang  @param {Step} step
   */
  paint(opening, arrays, lang, step) {
    const language = spokenIn(lang);
    const model = {
      ...modelOf(opening, arrays.input, arrays.output, this.#palette, language),
      soFar: arrays.soFar,
    };
    this.model = model;
    if (this.frame.lang !== language) this.frame.lang = language; // to set it anew styles all that stands in it
    this.frame.setAttribute("aria-label", inLanguage(opening.title, language) || opening.line);
    this.#warnings.replaceChildren(
      ...(opening.warnings ?? []).map((warning) => make("li", {}, inLanguage(warning, language))),
    );
    showControls(this.host, this.frame, this.timeline.node, this.#warnings);
    this.timeline.adopt(opening.start.steps, model.words, nextLayer(opening) !== null);
    this.linking.adopt(opening, arrays, model, step);
    this.stage.adopt(model, step);
    if (this.#room.width) this.#lay();
    else this.#fitFirst();
  }

  /** Measured while nothing stands in the box yet, which costs one layout less. */
  #fitFirst() {
    this.#notice.hidden = true;
    this.#slot.hidden = true;
    this.fit();
  }

  /**
   * Loading, an error in words, a server that does not answer, or nothing when all is well.
   * @param {"loading" | "failed" | "lost" | ""} state  @param {string} lang
   */
  say(state, lang, message = "") {
    const words = wordsOf(lang);
    const shown = this.model !== null;
    this.host.toggleAttribute("aria-busy", state === "loading");
    this.frame.classList.toggle("busy", state === "loading" && shown);
    this.frame.hidden = !shown;
    const filled = /** @type {HTMLSlotElement} */ (this.#slot)
      .assignedNodes()
      .some((node) => (node instanceof HTMLElement ? node.localName !== "script" : Boolean(node.nodeValue?.trim())));
    this.#slot.hidden = shown;
    this.#notice.hidden = state === "" || (state === "loading" && (shown || filled));
    const held = this.#notice.contains(this.root.activeElement);
    if (this.#notice.hidden && held) this.frame.focus();
    if (state === "lost" && this.#notice.classList.contains("lost")) return; // its button keeps the focus
    this.#notice.className = `notice ${state === "lost" ? "failed lost" : state}`;
    this.#notice.classList.toggle("over", shown);
    if (state === "loading") this.#notice.replaceChildren(make("p", {}, words.loading));
    if (state !== "failed" && state !== "lost") return;
    const retry = make("button", { type: "button" }, words.retry);
    retry.addEventListener("click", () => this.events.retry());
    const heading = make("p", {}, make("b", {}, `⚠ ${shown ? message : words.failed}`));
    this.#notice.replaceChildren(heading, ...(shown ? [] : [make("p", {}, message)]), retry);
    if (held) retry.focus();
  }

  /**
   * @param {Step} step  @param {number} count  cells written
   * @param {import("../stage/effects.js").Manner & { ease: boolean, calm: boolean }} manner
   */
  present(step, count, manner) {
    const { model } = this;
    if (!model) return;
    if (this.#notice.className.startsWith("notice failed") && !this.#notice.classList.contains("lost"))
      this.say("", this.frame.lang);
    const silent = this.stage.effects?.paces(step, manner, this.timeline);
    this.stage.show(step, count, manner, silent);
    this.linking.show(step, { inspected: manner.inspected, playing: manner.playing, count });
    if (silent) return;
    this.timeline.showStep(manner.index, manner.playing);
    this.timeline.look(manner.inspected ? step.index : null);
    const now = performance.now();
    if (manner.playing && now - this.#said < PAUSE) return;
    this.#said = now;
    this.#tell(model, step);
  }

  /** @param {Model} model  @param {Step} step */
  #tell(model, step) {
    setText(this.#sentence, [sentence(model, step), ...this.remarks.map((more) => more(step))].join(" ").trim());
  }

  /** @param {import("../player/player.js").Player} player */
  showState(player) {
    this.timeline.showState(player);
    this.#sentence.setAttribute("aria-live", player.playing || this.host.hasAttribute("beside") ? "off" : "polite");
    if (!player.playing && this.model && this.stage.step) this.#tell(this.model, this.stage.step);
  }

  /** The box became another: by its page, or by the panes that were laid out in it, which need nothing more. */
  resized() {
    const { clientWidth, clientHeight } = this.host;
    const box = `${clientWidth} ${clientHeight}`;
    const own = this.#box === "" && clientWidth === this.#fitted;
    if (box === this.#box) return;
    this.#box = box;
    if (!own) this.fit(); // which empties it when it lays out anew
  }

  /** Fit the panes to the element's own box. */
  fit() {
    const { host, frame } = this;
    const { clientWidth } = host;
    if (!this.model || clientWidth === 0) return;
    const others = showControls(host, frame, this.timeline.node, this.#warnings);
    const [room, before] = [roomIn(host, frame), this.#room];
    const same = sameRoom(room, before) && !others;
    this.#room = same ? { ...before, scale: room.scale } : room;
    this.#fitted = clientWidth;
    for (const [name, set] of Object.entries(arrangementOf(this.#room))) frame.classList.toggle(name, set);
    this.pair?.dress?.(frame.classList);
    frame.hidden = false;
    if (!this.#look(before.width === 0) && !same) this.#lay();
  }

  arrange() {
    if (this.model && this.#room.width) this.#lay(); // something around the panes takes another height
  }

  /** Lay the panes out in the room that is known. */
  #lay() {
    const { width, height, screen } = this.#room;
    const { fixed, narrow, low } = arrangementOf(this.#room);
    const { linking, stage, frame } = this;
    const hall = this.pair ? 0 : hallOf(this.#room, document.fullscreenElement === this.host);
    frame.classList.toggle("low", low && !this.host.hasAttribute("beside"));
    frame.classList.toggle("hall", hall > 0);
    const type = `${typeOf(hall)}`;
    if (frame.style.getPropertyValue("--type") !== type) frame.style.setProperty("--type", type);
    const style = getComputedStyle(frame);
    const padding = paddingOf(style);
    this.#box = "";
    stage.views = linking.panes;
    stage.node.hidden = stage.views.length === 0;
    const parts = [this.#warnings, this.timeline.node].filter(({ hidden }) => !hidden);
    const others = padding.down + parts.reduce((sum, part) => sum + part.offsetHeight + parseFloat(style.rowGap), 0);
    const framed = linking.framed && !narrow;
    const linked = linking.fit(fixed ? height - others : framed ? screen - others : 0, parseFloat(style.rowGap));
    const around = others + linked.height;
    const top = narrow ? this.host.getBoundingClientRect().top + globalThis.scrollY : 0;
    const dock = parseFloat(style.getPropertyValue("--dock")) || 0;
    const room = {
      width: width - padding.across,
      height: fixed ? height - around : framed ? Math.max(LEAST_STAGE, screen - around) : null,
      screen: screen - around - dock - Math.min(screen / 3, top),
      narrow,
      low,
      hall,
    };
    stage.fit(this.pair?.share(room) ?? room);
    const wanted = (stage.node.hidden ? 0 : (this.pair?.wanted ?? stage.wanted)) + others + linked.wanted;
    if (wanted !== this.#wanted) this.events.sized(wanted);
    this.#wanted = wanted;
  }

  /**
   * Paint anew when the screen became sharper, or the page lighter or darker.
   * @param {boolean} [first]  the colours were read just now: to read them again costs a layout
   */
  #look(first) {
    const { palette } = this.model ?? {};
    const now = first && palette ? { ...palette, ratio: this.#ratio } : this.#palette;
    const other =
      palette !== undefined && (now.paper !== palette.paper || Math.abs(now.ratio - palette.ratio) > SAME_RATIO);
    if (other) this.events.looks();
    return other;
  }

  /** @returns {Palette} */
  get #palette() {
    return { ...readPalette(this.#probe), ratio: this.#ratio };
  }

  get #ratio() {
    return Math.max(this.stage.sharpest, sharpness(this.#room.scale));
  }
}
