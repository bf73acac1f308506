/** One pixel to the side: a digit moves, and two networks of different sorts are asked what it still is. */
import { divergingScale, scaleOf } from "../../drawing/scale.js";
import { make } from "../../page/elements.js";
import { thousands } from "../../words/figures.js";
import { inLanguage, sayIn } from "../../words/language.js";
import { reasonOf } from "../reason.js";
import { MovedBars } from "./moved-bars.js";
import { MovedCurves } from "./moved-curves.js";
import { Plane } from "./plane.js";
import { askMoved, startsOnDigit } from "./trained.js";

const WHITE_PIXEL = 255;
const OWN_DIGITS = [..."0123456789"];
const FIRST_DIGIT = "7";

/** @typedef {import("../../words/language.js").Say} Say */

export class MovedView {
  digits = make("div", { class: "answers", role: "group" });
  slider = make("input", { type: "range", min: "0", max: "5", step: "1", value: "1", class: "epoch" });
  place = make("output", { class: "place" });
  digit = new Plane();
  change = new Plane();
  #digitName = make("figcaption", { class: "quiet" });
  changed = make("figcaption", { "aria-live": "polite" });
  pictures = make(
    "div",
    { class: "moved-pictures" },
    make("figure", {}, this.digit.root, this.#digitName),
    make("figure", {}, this.change.root, this.changed),
  );
  bars = new MovedBars();
  curves = new MovedCurves();
  note = make("p", { class: "quiet" });
  root = make(
    "div",
    {},
    this.digits,
    make("label", { class: "epoch-line" }, this.place, this.slider),
    make("div", { class: "moved-parts" }, this.pictures, this.bars.root, this.curves.root),
    this.note,
  );
  /** @type {ViewScene | null} */
  #scene = null;
  /** @type {Shifted | null} */
  #told = null;
  /** The digit that is moved where the scene has none of its own. */
  #digit = FIRST_DIGIT;
  #asking = "";
  #asked = new AbortController();

  constructor() {
    this.slider.addEventListener("input", () => this.#move());
    for (const plane of [this.digit, this.change]) plane.root.setAttribute("role", "img");
  }

  /** @param {ViewScene} scene */
  adopt(scene) {
    this.#scene = scene;
    const _ = sayIn(scene.language);
    this.slider.setAttribute("aria-label", _("Moved to the right, in pixels"));
    this.#choices(_);
    this.#ask();
    if (this.#told) this.#lay(this.#told);
  }

  /** Digits of our own to choose from, unless the scene has one. @param {Say} _ */
  #choices(_) {
    const { opening } = /** @type {ViewScene} */ (this.#scene);
    this.digits.hidden = startsOnDigit(opening);
    this.digits.setAttribute("aria-label", _("Digit"));
    this.digits.replaceChildren(
      make("span", {}, _("Digit")),
      ...OWN_DIGITS.map((name) => {
        const pressed = String(name === this.#digit);
        const button = make("button", { type: "button", class: "button", "aria-pressed": pressed }, name);
        button.addEventListener("click", () => this.#choose(name));
        return button;
      }),
    );
  }

  /** @param {string} name */
  #choose(name) {
    this.#digit = name;
    for (const button of this.digits.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(button.textContent === name));
    this.#ask();
  }

  async #ask() {
    const { opening, server, language } = /** @type {ViewScene} */ (this.#scene);
    const line = startsOnDigit(opening) ? opening.line : `digit-${this.#digit} | @mlp`;
    if (line === this.#asking) return;
    this.#asking = line;
    this.#asked.abort();
    const asked = new AbortController();
    this.#asked = asked;
    try {
      this.#told = await askMoved(server, line, asked.signal);
      this.#lay(this.#told);
    } catch (error) {
      if (asked.signal.aborted) return;
      this.#asking = "";
      this.note.textContent = reasonOf(error, sayIn(language));
    }
  }

  /** @param {Shifted} told */
  #lay({ networks }) {
    const { language } = /** @type {ViewScene} */ (this.#scene);
    const _ = sayIn(language);
    const names = networks.map(({ title, network }) => inLanguage(title, language) || network);
    this.bars.adopt(networks, names, _);
    this.curves.adopt(networks, names, _);
    this.note.textContent = _(
      "Lines: share of {count} test digits answered rightly when each is moved so far, mean over four directions.",
      { count: thousands(networks[0].of) },
    );
    this.#move();
  }

  #move() {
    if (!this.#told || !this.#scene) return;
    const { pictures, changed, inputs } = this.#told;
    const { language, palette } = this.#scene;
    const _ = sayIn(language);
    const far = Number(this.slider.value);
    this.place.textContent = _("moved by {pixels} {pixels|pixel/pixels}", { pixels: far });
    this.slider.setAttribute("aria-valuetext", this.place.textContent);
    this.digit.draw(pictures[far], scaleOf([0, WHITE_PIXEL], "picture", palette.dark));
    this.change.draw(differenceOf(pictures[0], pictures[far]), divergingScale(WHITE_PIXEL, palette.dark));
    this.#digitName.textContent = _("The digit, moved");
    this.changed.textContent = _("{count} of {inputs} inputs change", { count: changed[far], inputs });
    this.digit.root.setAttribute("aria-label", this.#digitName.textContent);
    this.change.root.setAttribute("aria-label", _("Which inputs rise and which fall"));
    this.bars.show(far);
    this.curves.show(far);
  }

  /** The digit stands still while the kernel walks. */
  show() {}

  close() {
    this.#asked.abort();
  }
}

/** @param {readonly number[][]} before  @param {readonly number[][]} after */
const differenceOf = (before, after) => after.map((row, r) => row.map((value, c) => value - before[r][c]));
