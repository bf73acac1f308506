/** A box to paste a matrix into: the server says what it is before it is used. */
import { make } from "../page/elements.js";
import { whenWritten } from "../page/typing.js";
import { _ } from "../page/words.js";
import { Reader } from "./reader.js";
import { askMatrix } from "./server.js";
import { Understood } from "./understood.js";

/** @typedef {import("./reader.js").Answer} Answer */
/** @typedef {import("./reader.js").Reading} Reading */

export class PasteSheet {
  /** @param {string} field  @param {(reading: Reading) => void} use */
  constructor(field, use) {
    this.use = use;
    this.reader = new Reader(askMatrix, field);
    this.understood = new Understood();
    this.text = make("textarea", {
      rows: "4",
      spellcheck: "false",
      autocapitalize: "off",
      "aria-label": _("Matrix as text"),
      placeholder: "1 0 -1\n2 0 -2\n1 0 -1",
    });
    const button = make("button", { type: "button", class: "button" }, _("Use this matrix"));
    button.addEventListener("click", () => this.#read((reading) => this.#choose(reading)));
    whenWritten(this.text, () => this.#look());
    this.root = make("div", { class: "sheet", hidden: true }, this.text, this.understood.root, button);
  }

  toggle() {
    this.root.hidden = !this.root.hidden;
    this.text.focus();
  }

  /** Says what is understood so far; what is wrong is said when it is to be used. */
  #look() {
    this.understood.clear();
    if (!this.text.value.trim()) return this.reader.forget();
    this.reader.readSoon(
      () => this.text.value,
      (answer) => answer && this.#show(answer),
    );
  }

  /** @param {Answer} answer */
  #show({ readings, sentence }) {
    if (readings.length > 1) this.understood.ask(readings, (reading) => this.#choose(reading));
    else if (readings.length) this.understood.say(readings[0].understood.sentence, null);
    else this.understood.refuse(sentence);
  }

  /** @param {(reading: Reading) => void} then */
  async #read(then) {
    const answer = await this.reader.read(this.text.value);
    if (answer?.readings.length === 1) then(answer.readings[0]);
    else if (answer) this.#show(answer);
  }

  /** @param {Reading} reading */
  #choose(reading) {
    this.understood.clear();
    this.root.hidden = true;
    this.use(reading);
  }
}
