/** Coloured words that are renewed in place: every view moves with the window, at every step. */
import { make } from "../page/elements.js";

/** @param {Token[]} tokens */
export function spans(tokens) {
  return tokens.map(({ text, role }) => make("span", { class: role ? `role-${role}` : false }, text));
}

/**
 * Lines of tokens; only what differs is written. What is of another length is made anew, and not seen to move.
 * @param {HTMLElement} root  @param {Token[][]} lines */
export function showLines(root, lines) {
  const form = lines.map((line) => line.map(({ role = "", text }) => `${role}${text.length}`).join()).join(";");
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
