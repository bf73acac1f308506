/** What a network says of each class, before it learnt from a picture and after. */
import { make } from "../../page/elements.js";
import { figure } from "../../words/figures.js";

export class AnswerBars {
  #body = make("tbody");
  #caption = make("caption", { class: "quiet" });
  root = make("table", { class: "answer-bars" }, this.#caption, this.#body);

  /** @param {Descent} told  @param {import("../../words/language.js").Say} _ */
  show({ classes, kind, before, after, answer }, _) {
    const longest = Math.max(...before, ...after) || 1;
    const best = (/** @type {number[]} */ values) =>
      values.indexOf(kind === "probability" ? Math.max(...values) : Math.min(...values));
    const [first, then] = [best(before), best(after)];
    this.#caption.textContent =
      kind === "probability"
        ? _("Probability of each class, before and after")
        : _("Distance to each class, before and after: the least wins");
    this.#body.replaceChildren(
      ...classes.map((name, place) =>
        make(
          "tr",
          name === answer ? { "aria-current": "true" } : {},
          make("th", { scope: "row" }, name),
          cell(before[place] / longest, before[place], place === first, "before"),
          cell(after[place] / longest, after[place], place === then, "after"),
        ),
      ),
    );
  }
}

/** @param {number} share  @param {number} value  @param {boolean} wins  @param {string} when */
function cell(share, value, wins, when) {
  const bar = make("i", { class: when });
  bar.style.setProperty("--long", String(Math.max(0, share)));
  return make("td", wins ? { class: "most" } : {}, bar, make("span", { class: "number" }, figure(value)));
}
