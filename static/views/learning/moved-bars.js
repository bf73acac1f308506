/** What two networks say of each class, beside each other. */
import { make } from "../../page/elements.js";
import { figure } from "../../words/figures.js";

/** @typedef {import("../../words/language.js").Say} Say */

export class MovedBars {
  #head = make("tr");
  #body = make("tbody");
  root = make("table", { class: "answer-bars moved-bars" }, make("thead", {}, this.#head), this.#body);
  /** @type {ShiftedNetwork[]} */
  #networks = [];
  /** What each network answers, in its heading. @type {HTMLElement[]} */
  #said = [];
  /** @type {{ row: HTMLElement, bar: HTMLElement, number: HTMLElement }[][]} */
  #cells = [];
  /** @type {Say} */
  #say = (text) => text;

  /** @param {ShiftedNetwork[]} networks  @param {string[]} names  @param {Say} _ */
  adopt(networks, names, _) {
    this.#say = _;
    this.#networks = networks;
    this.#said = networks.map(() => make("b", {}));
    this.#head.replaceChildren(
      make("td"),
      ...networks.map(({ kind }, place) =>
        make(
          "th",
          { scope: "col" },
          names[place],
          this.#said[place],
          make("small", { class: "quiet" }, kind === "probability" ? _("probability") : _("distance: the least wins")),
        ),
      ),
    );
    this.#cells = networks[0].classes.map(() => networks.map(() => cellOf()));
    this.#body.replaceChildren(
      ...this.#cells.map((cells, place) =>
        make("tr", {}, make("th", { scope: "row" }, networks[0].classes[place]), ...cells.map(({ row }) => row)),
      ),
    );
  }

  /** @param {number} far */
  show(far) {
    const _ = this.#say;
    for (const [place, { answers, best, classes }] of this.#networks.entries()) {
      const longest = Math.max(...answers.flat()) || 1;
      const wins = best[far];
      const stays = wins === best[0];
      const [answer, before] = [classes[wins], classes[best[0]]];
      this.#said[place].textContent = stays ? answer : _("{answer}, no longer {before}", { answer, before });
      this.#said[place].classList.toggle("turned", !stays);
      for (const [row, cells] of this.#cells.entries()) {
        const { row: cell, bar, number } = cells[place];
        const value = answers[far][row];
        bar.style.setProperty("--long", String(Math.max(0, value / longest)));
        bar.className = row === wins ? "after" : "before";
        number.textContent = figure(value);
        cell.classList.toggle("most", row === wins);
      }
    }
  }
}

function cellOf() {
  const bar = make("i", { class: "before" });
  const number = make("span", { class: "number" });
  return { row: make("td", {}, bar, number), bar, number };
}
