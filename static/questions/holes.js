/** What is missing of a worked step stands as holes in its grids: they may be filled, and are compared at the end. */

import { make } from "../page/elements.js";
import { figure } from "../words/figures.js";

/** Of more cells nobody fills each. */
const MANY = 27;

/**
 * A grid whose numbers are missing.
 * @param {"window" | "products"} name  @param {number[]} shape  planes, rows, columns
 * @param {import("./words.js").Vocabulary} words
 */
export function holesOf(name, [planes, rows, columns], words) {
  const few = planes * rows * columns <= MANY;
  const grids = range(planes).map((plane) => {
    const lines = range(rows).map((row) =>
      make("tr", {}, ...range(columns).map((column) => holeAt(name, [plane, row, column], words, few))),
    );
    return make("table", { "aria-label": words[name] }, make("tbody", {}, ...lines));
  });
  const caption = make("figcaption", {}, words[name]);
  return make("figure", { class: `${name} holes` }, caption, make("div", { class: "planes" }, ...grids));
}

/** @param {number} count */
const range = (count) => Array.from({ length: count }, (_, place) => place);

/** @type {(name: "window" | "products", at: number[], words: import("./words.js").Vocabulary, few: boolean) =>
 *   HTMLElement} */
function holeAt(name, at, words, few) {
  if (!few) return make("td", { class: "hole" });
  const label = words.hole(words[name], at[1] + 1, at[2] + 1);
  const attributes = { type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false", maxlength: "12" };
  return make(
    "td",
    { class: "hole" },
    make("input", { ...attributes, "aria-label": label, "data-at": keyOf(name, at) }),
  );
}

/** @param {string} name  @param {number[]} at */
const keyOf = (name, at) => `${name} ${at.join(" ")}`;

/**
 * The answer is asked for where the sum stands, and seen in the map while it is typed; Enter goes on to the next hole.
 * @param {HTMLElement} tables  @param {HTMLElement} form  @param {string} sign  before the answer
 */
export function seat(tables, form, sign) {
  const sum = tables.querySelector(".sum");
  const answer = form.querySelector("input");
  if (!sum || !answer) return;
  sum.append(make("span", { class: "sign", "aria-hidden": "true" }, sign), form);
  const asked = tables.querySelector("td.asked > span");
  answer.addEventListener("input", () => {
    if (asked) asked.textContent = answer.value.trim().slice(0, 6) || "?";
  });
  const holes = /** @type {HTMLInputElement[]} */ ([...tables.querySelectorAll(".hole > input")]);
  holes.forEach((hole, place) => {
    hole.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) (holes[place + 1] ?? answer).focus();
    });
  });
}

/** What stands in the holes. @param {HTMLElement} tables  @returns {Map<string, string>} */
export function filledIn(tables) {
  const holes = /** @type {HTMLInputElement[]} */ ([...tables.querySelectorAll(".hole > input")]);
  return new Map(holes.map((hole) => [hole.getAttribute("data-at") ?? "", hole.value.trim()]));
}

/**
 * Which holes were filled rightly, once the numbers stand there.
 * @param {HTMLElement} tables  @param {Shown} shown  @param {Map<string, string>} filled
 */
export function compare(tables, shown, filled) {
  for (const name of /** @type {const} */ (["window", "products"])) {
    const grids = tables.querySelectorAll(`figure.${name} table`);
    for (const [plane, rows] of (shown[name] ?? []).entries())
      for (const [row, cells] of rows.entries())
        for (const [column, value] of cells.entries()) {
          const text = filled.get(keyOf(name, [plane, row, column]));
          const cell = /** @type {HTMLTableElement | undefined} */ (grids[plane])?.rows[row]?.cells[column];
          if (!text || !cell || value === null) continue;
          const right = figure(read(text)) === figure(value);
          cell.classList.add(right ? "right" : "wrong");
          cell.append(make("span", { class: right ? "unseen" : "was" }, right ? "✓" : text));
        }
  }
}

/** A number as people write it. @param {string} text */
const read = (text) => Number(text.replace(/[−–]/g, "-").replace(",", "."));
