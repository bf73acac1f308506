/** The quiet line under a box: what was understood, with a way back; or a button for each thing it may mean. */
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";

/** @typedef {import("./reader.js").Reading} Reading */

const LONGEST_LINE = 28;

export class Understood {
  #undo = () => {};

  constructor() {
    this.text = make("span", {});
    this.button = make("button", { type: "button", class: "link" }, _("Undo"));
    this.button.addEventListener("click", () => this.#undo());
    this.line = make("p", { class: "quiet", role: "status" }, this.text, this.button);
    this.complaint = make("p", { class: "complaint", role: "alert" });
    this.choices = make("div", { class: "readings", role: "group", "aria-label": _("Which one is meant?") });
    this.root = make("div", { class: "understood" }, this.line, this.complaint, this.choices);
    this.clear();
  }

  clear() {
    for (const part of [this.line, this.complaint, this.choices]) part.hidden = true;
    this.root.hidden = true;
  }

  /** @param {string} sentence  @param {(() => void) | null} undo */
  say(sentence, undo) {
    this.clear();
    this.#undo = () => {
      this.clear();
      undo?.();
    };
    this.text.textContent = sentence;
    this.button.hidden = undo === null;
    this.line.hidden = this.root.hidden = false;
  }

  /** @param {string} sentence */
  refuse(sentence) {
    this.clear();
    this.complaint.textContent = sentence;
    this.complaint.hidden = this.root.hidden = false;
  }

  /** @param {Reading[]} readings  @param {(reading: Reading) => void} choose */
  ask(readings, choose) {
    this.clear();
    const buttons = readings.map((reading) => {
      const button = make("button", { type: "button", class: "button" }, ...toldOf(reading));
      button.addEventListener("click", () => {
        this.clear();
        choose(reading);
      });
      return button;
    });
    this.choices.replaceChildren(make("p", { class: "quiet" }, _("Which one is meant?")), ...buttons);
    this.choices.hidden = this.root.hidden = false;
  }
}

/** @param {Reading} reading */
function toldOf({ line, understood }) {
  const short = line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 1)}…`;
  return [make("code", {}, short), make("small", {}, understood.sentence)];
}
