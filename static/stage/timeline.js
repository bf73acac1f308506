/** The bar under the stage: buttons, scrubber, step counter, speed. */
import { icon, make } from "../page/elements.js";
import { speedFigure } from "../words/figures.js";
import { fastest, SLOWEST } from "../words/vocabulary.js";

const ICONS = {
  first: "M6 5h2.5v14H6zM20 5v14L9.5 12z",
  rowBack: "M12 5v14L3 12zM21 5v14l-9-7z",
  back: "M16.5 5v14L6 12z",
  play: "M7 4v16l13-8z",
  pause: "M6 4h4.5v16H6zM13.5 4H18v16h-4.5z",
  forward: "M7.5 5v14L18 12z",
  rowForward: "M12 5v14l9-7zM3 5v14l9-7z",
  last: "M15.5 5H18v14h-2.5zM4 5v14l10.5-7z",
  loop:
    "M17 2l4 4-4 4V7H8a4 4 0 0 0-4 4v1H2v-1a6 6 0 0 1 6-6h9z" +
    "M7 22l-4-4 4-4v3h9a4 4 0 0 0 4-4v-1h2v1a6 6 0 0 1-6 6H7z",
  strongest: "M12 2l2.9 6.6 7.1.7-5.4 4.7 1.6 7L12 17.3 5.8 21l1.6-7L2 9.3l7.1-.7z",
  keys:
    "M3 6h18v12H3zm2 2v2h2V8zm4 0v2h2V8zm4 0v2h2V8zm4 0v2h2V8zM5 11v2h2v-2zm4 0v2h2v-2z" +
    "m4 0v2h2v-2zm4 0v2h2v-2zM8 14.5v1.5h8v-1.5z",
};

/** Places of the speed control. */
const NOTCHES = 100;

/** @typedef {keyof typeof ICONS} Action */

/**
 * @typedef {object} TimelineEvents
 * @property {(action: Action | "next") => void} act  @property {(index: number) => void} seek
 * @property {(row: number, column: number) => boolean} jump  whether it is there
 * @property {(speed: number) => void} speed
 */

export class Timeline {
  #scrubber = make("input", { type: "range", class: "scrubber", min: "0", step: "1" });
  #ghost = make("i", { class: "ghost", hidden: true });
  #looked = make("output", { class: "looked", hidden: true });
  #track = make("div", { class: "track" }, this.#scrubber, this.#ghost, this.#looked);
  #field = make("input", {
    type: "text",
    inputmode: "numeric",
    class: "field",
    autocomplete: "off",
    spellcheck: "false",
  });
  #stepWord = make("span");
  #total = make("span", { class: "total" });
  #speed = make("input", { type: "range", min: "0", max: `${NOTCHES}`, step: "1" });
  #speedWord = make("span", { class: "name" });
  #speedText = make("span", { class: "value" });
  #waiting = make("span", { class: "waiting", hidden: true });
  #next = make("button", { type: "button", class: "next", hidden: true });
  #refusal = make("span", { class: "refusal", role: "alert", hidden: true });
  #more = false;
  #index = 0;
  /** @type {Map<Action, HTMLButtonElement>} */
  #buttons = new Map();
  #steps = 1;
  /** @type {{ first: number, last: number } | null} */
  #bounds = null;
  /** @type {import("../words/strings.js").Vocabulary | null} */
  #words = null;
  #said = 0;

  /** @param {TimelineEvents} events */
  constructor(events) {
    const moves = /** @type {Action[]} */ (["first", "rowBack", "back", "play", "forward", "rowForward", "last"]);
    const extras = /** @type {Action[]} */ (["loop", "strongest", "keys"]);
    this.node = make(
      "div",
      { class: "timeline", role: "group" },
      this.#track,
      make(
        "div",
        { class: "bar" },
        make("div", { class: "moves" }, ...moves.map((action) => this.#button(action, events))),
        make("label", { class: "counter" }, this.#stepWord, this.#field, this.#total, this.#refusal),
        this.#next,
        this.#waiting,
        make("div", { class: "extras" }, ...extras.map((action) => this.#button(action, events))),
        make("label", { class: "speed" }, this.#speedWord, this.#speed, this.#speedText),
      ),
    );
    this.#next.addEventListener("click", () => events.act("next"));
    this.#scrubber.addEventListener("input", () => events.seek(Number(this.#scrubber.value)));
    this.#speed.addEventListener("input", () => events.speed(this.#speedOf(Number(this.#speed.value))));
    this.#field.addEventListener("change", () => this.#readField(events));
    this.#field.addEventListener("focus", () => this.#field.select());
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) this.#readField(events);
    });
    this.#field.addEventListener("blur", () => {
      this.#refuse("");
      this.#field.value = `${this.#index + 1}`;
    });
  }

  /** @param {Action} action  @param {TimelineEvents} events */
  #button(action, events) {
    const button = make("button", { type: "button", class: action }, icon(ICONS[action]));
    button.addEventListener("click", () => events.act(action));
    this.#buttons.set(action, button);
    return button;
  }

  /** A step's number, or row and column; what there is not is said, and the walk stays.
   * @param {TimelineEvents} events */
  #readField(events) {
    const text = this.#field.value.trim();
    const [, step, row, column] = /^(?:(\d+)|[^\d-]*(\d+)[^\d.-]+(\d+)[^\d-]*)$/.exec(text) ?? [];
    const isStep = Number(step) >= 1 && Number(step) <= this.#steps;
    if (isStep) events.seek(Number(step) - 1);
    const found = isStep || (row !== undefined && events.jump(Number(row) - 1, Number(column) - 1));
    this.#refuse(found ? "" : (this.#words?.noStep(text, this.#steps) ?? ""));
    this.#field.select();
  }

  /** @param {string} sentence */
  #refuse(sentence) {
    this.#refusal.textContent = sentence;
    this.#refusal.hidden = !sentence;
    this.#field.toggleAttribute("aria-invalid", Boolean(sentence));
  }

  /**
   * @param {number} steps  @param {import("../words/strings.js").Vocabulary} words
   * @param {boolean} more  layers to go on to
   */
  adopt(steps, words, more) {
    this.#steps = steps;
    this.#more = more;
    this.#next.textContent = words.next;
    this.#words = words;
    this.node.setAttribute("aria-label", words.timeline);
    for (const [action, button] of this.#buttons) name(button, words[action]);
    this.bound(this.#bounds);
    this.#scrubber.setAttribute("aria-label", words.scrubber);
    this.#field.setAttribute("aria-label", words.stepField);
    this.#field.title = words.stepField;
    this.#field.style.width = `${String(steps).length + 1.5}ch`;
    this.#stepWord.textContent = words.step;
    this.#total.textContent = `/ ${steps}`;
    this.#speedWord.textContent = words.speed;
    this.#speed.setAttribute("aria-label", words.speed);
    this.#waiting.textContent = words.waiting;
  }

  /** The part that is walked. @param {{ first: number, last: number } | null} bounds */
  bound(bounds) {
    this.#bounds = bounds;
    const { first, last } = bounds ?? { first: 0, last: Math.max(0, this.#steps - 1) };
    const { value } = this.#scrubber;
    Object.assign(this.#scrubber, { min: `${first}`, max: `${last}` });
    this.#scrubber.value = value;
  }

  /** @param {number} index  @param {boolean} playing */
  showStep(index, playing) {
    this.#index = index;
    this.#scrubber.value = `${index}`;
    const isOver = this.#more && index === this.#steps - 1;
    const focused = /** @type {ShadowRoot} */ (this.node.getRootNode()).activeElement;
    if (!isOver && focused === this.#next) this.#buttons.get("play")?.focus();
    this.#next.hidden = !isOver;
    if (focused !== this.#field) this.#field.value = `${index + 1}`;
    const now = performance.now();
    if (playing && now - this.#said < 500) return;
    this.#said = now;
    this.#sayStep();
  }

  #sayStep() {
    this.#scrubber.setAttribute("aria-valuetext", this.#words?.counter(this.#index + 1, this.#steps) ?? "");
  }

  /**
   * A step that is looked at for a moment has a thumb of its own, and its number beside it.
   * @param {number | null} index  null: the walk's own step is shown
   */
  look(index) {
    if (this.#ghost.hidden !== (index === null)) this.#ghost.hidden = this.#looked.hidden = index === null;
    if (index === null) return;
    const { min, max } = this.#scrubber;
    const share = (index - Number(min)) / Math.max(1, Number(max) - Number(min));
    this.#track.style.setProperty("--looked", `${Math.max(0, Math.min(1, share))}`);
    this.#looked.textContent = `${index + 1}`;
  }

  /** @param {{ playing: boolean, speed: number, loop: boolean, waiting: boolean }} player */
  showState({ playing, speed, loop, waiting }) {
    const words = this.#words;
    const button = this.#buttons.get("play");
    if (!words || !button) return;
    if (!playing) this.#sayStep();
    button.querySelector("path")?.setAttribute("d", playing ? ICONS.pause : ICONS.play);
    name(button, playing ? words.pause : words.play);
    this.#buttons.get("loop")?.setAttribute("aria-pressed", `${loop}`);
    this.#speed.value = `${this.#notchOf(speed)}`;
    this.#speedText.textContent = words.speedText(speedFigure(speed));
    this.#speed.setAttribute("aria-valuetext", this.#speedText.textContent);
    this.#waiting.hidden = !waiting;
  }

  /** Logarithmic, from one step in two seconds to the whole picture in two seconds. @param {number} notch */
  #speedOf(notch) {
    return SLOWEST * (fastest(this.#steps) / SLOWEST) ** (notch / NOTCHES);
  }

  /** @param {number} speed */
  #notchOf(speed) {
    return Math.round((NOTCHES * Math.log(speed / SLOWEST)) / Math.log(fastest(this.#steps) / SLOWEST));
  }
}

/** @param {HTMLElement} button  @param {string} text */
function name(button, text) {
  button.setAttribute("aria-label", text);
  button.title = text;
}
