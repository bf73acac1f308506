/** The share menu: every way out of the lab, the stops of the walk, and a preview of what leaves. */

import { embedAddress, SIZE } from "../page/address.js";
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { Sheet } from "../sharing/sheet.js";
import { VIEWS } from "../words/vocabulary.js";
import { BASE } from "./server.js";
import { StopsForm } from "./stops-form.js";

/** @typedef {import("../page/address.js").State} State */

/** Milliseconds after a change until the preview shows it. */
const UNTIL_SHOWN = 400;

export class Share {
  #timer = 0;

  /**
   * @param {HTMLButtonElement} button  what the server offers is told with it
   * @param {import("../kernel-walk.js").KernelWalk} walk  @param {() => State} state
   * @param {() => void} changed  the walk has other stops now
   */
  constructor(button, walk, state, changed) {
    this.state = state;
    this.preview = make("iframe", { title: _("Preview"), class: "preview" });
    this.picture = make("img", { alt: _("Preview"), class: "preview" });
    this.picture.addEventListener("load", () => {
      this.preview.hidden = Boolean(this.sheet.way?.seen); // until it is there the one before stays
      this.picture.hidden = !this.preview.hidden;
    });
    this.box = make("div", { class: "preview-box" }, this.preview, this.picture);
    this.sheet = new Sheet(
      () => ({
        base: BASE,
        link: location.href,
        title: `Kernelwalk: ${state().scene}`,
        state: state(),
        own: false,
      }),
      button.dataset,
      "step",
      () => this.#soon(),
    );
    this.stops = new StopsForm(walk, () => {
      changed();
      this.sheet.write();
    });
    this.dialog = make(
      "dialog",
      { class: "share", "aria-labelledby": "share-title" },
      this.#head(),
      this.sheet.root,
      make("div", { class: "share-beside" }, this.box, this.stops.root),
    );
    document.body.append(this.dialog);
    this.dialog.addEventListener("close", () => this.#empty());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
  }

  open() {
    const { view, lang, theme } = this.state();
    const { height, lang: spoken, theme: look } = this.sheet;
    const usual = [SIZE.height, SIZE.linked].includes(height.valueAsNumber);
    if (usual) height.value = String(view === VIEWS[0] ? SIZE.height : SIZE.linked);
    spoken.value = lang;
    look.value = theme;
    this.stops.read();
    this.dialog.showModal();
    this.sheet.write();
    this.#show();
  }

  /** Not with every key that is pressed in a field. */
  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dialog.open && this.#show(), UNTIL_SHOWN);
  }

  /** The player as a page frames it, or a picture of the file. */
  #show() {
    clearTimeout(this.#timer);
    const { way, choices } = this.sheet;
    const { width, height, lang, theme } = choices;
    this.preview.hidden = this.preview.hidden && Boolean(way?.seen);
    this.picture.hidden = !this.preview.hidden;
    if (way?.seen) return change(this.picture, way.seen);
    this.preview.width = String(width);
    this.preview.height = String(height);
    this.box.style.setProperty("--shown", `${Math.min(1, this.box.clientWidth / width) || 1}`);
    change(this.preview, embedAddress(BASE, { ...this.state(), lang, theme }));
  }

  /** A closed preview does not walk on. */
  #empty() {
    clearTimeout(this.#timer);
    for (const shown of [this.preview, this.picture]) shown.removeAttribute("src");
  }

  #head() {
    const close = make(
      "button",
      { type: "button", class: "tool close", "aria-label": _("Close"), title: _("Close") },
      "✕",
    );
    close.addEventListener("click", () => this.dialog.close());
    return make("div", { class: "dialog-head" }, make("h2", { id: "share-title" }, _("Share")), close);
  }
}

/** What it shows already is not fetched again. @param {Element} shown  @param {string} address */
function change(shown, address) {
  if (shown.getAttribute("src") !== address) shown.setAttribute("src", address);
}
