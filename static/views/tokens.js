/** Coloured words and tables of numbers that are renewed in place: every view moves with the window, at every step. */
import { make } from "../page/elements.js";
import { figure } from "../words/figures.js";

/**
 * @typedef {{ caption: string, role: string, rows: (number | null)[][], marked?: (row: number, column: number) =>
 *   boolean }} NumberTable
 */

/** @param {Token[]} tokens */
export function spans(tokens) {
  return tokens.map(({ text, role }) => make("span", { class: role ? `role-${role}` : false }, text));
}

/** Lines of tokens; only what differs is written. @param {HTMLElement} root  @param {Token[][]} lines */
export function showLines(root, lines) {
  const form = lines.map((line) => line.map(({ role }) => role ?? "").join()).join(";");
  if (root.dataset.form !== form) {
    root.dataset.form = form;
    root.replaceChildren(...lines.map((line) => make("p", {}, ...spans(line))));
    return;
  }
  for (const [place, line] of lines.entries()) {
    for (const [word, { text }] of line.entries()) write(root.children[place].children[word], text);
  }
}

/** @param {Element} element  @param {string} text */
export function write(element, text) {
  if (element.firstChild?.nodeValue !== text) element.textContent = text;
}

/** @param {NumberTable} numbers */
export function tableOf({ caption, role, rows }) {
  const body = rows.map((row) => make("tr", {}, ...row.map(() => make("td", {}))));
  return make("table", { class: `numbers-table ${role}` }, make("caption", {}, caption), make("tbody", {}, ...body));
}

/** @param {HTMLTableElement} table  @param {NumberTable} numbers */
export function fillTable(table, { caption, rows, marked }) {
  write(/** @type {Element} */ (table.caption), caption);
  for (const [r, row] of rows.entries()) {
    const cells = table.tBodies[0].rows[r].cells;
    for (const [c, value] of row.entries()) {
      write(cells[c], figure(value));
      if (marked) cells[c].classList.toggle("marked", marked(r, c));
    }
  }
}
