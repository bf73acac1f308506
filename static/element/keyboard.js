/** Keys that act on the player, and the list of them; they come when the first step stands, or with a key before. */

import { make } from "../page/elements.js";
import { keyListIn, nameAsPrinted } from "../words/key-list.js";
import { actionOf, controlOf, leavingBy } from "./keys.js";

export class Keyboard {
  #list = make("dialog");

  /** @param {import("./shell.js").Shell} shell */
  constructor(shell) {
    this.shell = shell;
    shell.root.append(this.#list);
    shell.host.addEventListener("fullscreenchange", () => shell.fit()); // of the same size, but with other margins
  }

  /** @param {KeyboardEvent} event  @param {EventTarget} target  inside the element */
  press(event, target) {
    const { frame, events } = this.shell;
    const action = this.#list.open ? null : actionOf(event, controlOf(target));
    if (!action || (action === "black" && !document.fullscreenElement)) return;
    const black = frame.classList.toggle("black", action === "black" && !frame.classList.contains("black"));
    if (!black && action !== "black" && events.leave(event, leavingBy)) return;
    event.preventDefault();
    event.stopPropagation();
    if (action === "keys") this.open();
    else if (action === "black") document.addEventListener("fullscreenchange", this.#lighten, { once: true });
    else if (action === "fullscreen") this.#toggleFullscreen();
    else events.act(action);
  }

  /** A black screen ends with the full screen, whoever had it. */
  #lighten = () => this.shell.frame.classList.remove("black");

  #toggleFullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.shell.host.requestFullscreen?.().catch(() => {});
  }

  /** The list, in the language that is spoken now. */
  open() {
    const { frame, model } = this.shell;
    if (!model) return;
    const { words } = model;
    const rows = keyListIn(frame.lang).flatMap(([key, meaning]) => [
      make("dt", { translate: "no" }, key),
      make("dd", {}, meaning),
    ]);
    const close = make("button", { type: "button" }, words.close);
    close.addEventListener("click", () => this.#list.close());
    this.#list.setAttribute("aria-label", words.keys);
    this.#list.replaceChildren(make("dl", {}, ...rows), close);
    nameAsPrinted(this.#list);
    this.#list.showModal();
  }
}
