/** Small controls that several forms are made of. */
import { icon, make } from "../page/elements.js";

/** New controls in place of the old ones; the focus stays in its place. @param {HTMLElement} row
 * @param {HTMLElement[]} controls */
export function renewed(row, controls) {
  const focused = [...row.children].indexOf(/** @type {Element} */ (document.activeElement));
  row.replaceChildren(...controls);
  if (focused >= 0) controls[Math.min(focused, controls.length - 1)]?.focus();
}

/** @param {string} path  @param {string} label  @param {() => void} act */
export function tool(path, label, act) {
  const button = make("button", { type: "button", class: "tool", title: label, "aria-label": label }, icon(path));
  button.addEventListener("click", act);
  return button;
}

/** A tool with its word. @param {string} path  @param {string} word  @param {string} label
 * @param {() => void} act */
export function worded(path, word, label, act) {
  const button = tool(path, label, act);
  button.append(word);
  button.ariaLabel = `${word}: ${label}`;
  return button;
}

/** @param {string} label  @param {() => void} act */
export function link(label, act) {
  const button = make("button", { type: "button", class: "link" }, label);
  button.addEventListener("click", act);
  return button;
}

/** @param {string} label  @param {number} count  @param {number} chosen  @param {(at: number) => void} choose */
export function chooser(label, count, chosen, choose) {
  const options = Array.from(
    { length: count },
    (_item, at) => new Option(`${label} ${at + 1}`, String(at), at === chosen, at === chosen),
  );
  const select = make("select", { "aria-label": label }, ...options);
  select.addEventListener("change", () => choose(select.selectedIndex));
  return select;
}
