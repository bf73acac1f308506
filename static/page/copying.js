/** Copies text; where the clipboard is denied, the text is selected for the visitor to copy. */
import { make } from "./elements.js";

/** How long a button says that it has copied. */
const SHOWN = 1600;

/**
 * @param {string} label  @param {() => string} text
 * @param {HTMLElement} where  what is selected when copying is denied
 * @param {import("../words/language.js").Say} _  says it in the language of the button
 */
export function copyButton(label, text, where, _) {
  const words = make("span", {}, label);
  const button = make("button", { type: "button", class: "button copy" }, words);
  const state = make("span", { class: "hidden", role: "status" });
  button.append(state);
  button.addEventListener("click", async () => {
    const copied = await copy(text(), where);
    words.textContent = copied ? _("Copied") : _("Selected: press Ctrl+C");
    state.textContent = words.textContent;
    setTimeout(() => {
      words.textContent = label;
      state.textContent = "";
    }, SHOWN);
  });
  return button;
}

/** @param {string} text  @param {HTMLElement} where */
export async function copy(text, where) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    choose(where);
    return document.execCommand?.("copy") ?? false;
  }
}

/** @param {HTMLElement} where */
function choose(where) {
  if (where instanceof HTMLTextAreaElement || where instanceof HTMLInputElement) {
    where.focus();
    where.select();
  } else getSelection()?.selectAllChildren(where);
}
