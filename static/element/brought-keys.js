/** The keys of an element as they come to it, with the looks of their list. */

import sheet from "../styles/later.css" with { type: "css" };
import { Keyboard } from "./keyboard.js";

/** @param {import("./shell.js").Shell} shell */
export function keyboardOf(shell) {
  const { root } = shell;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return new Keyboard(shell);
}
