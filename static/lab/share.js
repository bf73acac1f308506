/** The share menu: the address, and code that embeds the scene, with a preview in the size that is written. */

import { embedAddress, fileAddress, frameCode, SIZE, scriptCode } from "../page/address.js";
import { copyButton } from "../page/copying.js";
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { VIEWS } from "../words/vocabulary.js";
import { BASE } from "./server.js";
import { StopsForm } from "./stops-form.js";

/** @typedef {import("../page/address.js").State} State */

/** Milliseconds after a change until the preview shows it. */
const UNTIL_SHOWN = 600;

export class Share {
  #timer = 0;

  /**
   * @param {HTMLButtonElement} button  @param {import("../kernel-walk.js").KernelWalk} walk  @param {() => State} state
   * @param {() => void} changed  the walk has other stops now
   */
  constructor(button, walk, state, changed) {
    this.state = state;
    this.stops = new StopsForm(walk, () => {
      changed();
      this.#write();
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#preview(), UNTIL_SHOWN);
    });
    this.link = field("share-link", 2);
    this.frame = field("share-frame", 4);
    this.script = field("share-script", 3);
    this.file = make("a", { class: "button", download: "kernelwalk.html" }, _("Save as one HTML file"));
    this.width = this.#side(_("Width"), SIZE.width);
    this.height = this.#side(_("Height"), SIZE.height);
    this.preview = make("iframe", { title: _("Preview"), class: "preview", loading: "lazy" });
    this.dialog = make(
      "dialog",
      { class: "share", "aria-labelledby": "share-title" },
      this.#head(),
      shareRow(
        "share-link",
        _("Link to this step"),
        this.link,
        copyButton(_("Copy link"), () => this.link.value, this.link, _),
      ),
      this.stops.root,
      shareRow(
        "share-frame",
        _("Embed in a page, slides or an LMS"),
        this.frame,
        copyButton(_("Copy embed code"), () => this.frame.value, this.frame, _),
      ),
      make("p", { class: "sides" }, this.width.parentElement ?? "", "×", this.height.parentElement ?? ""),
      shareRow(
        "share-script",
        _("Embed as an element of your own page"),
        this.script,
        copyButton(_("Copy element"), () => this.script.value, this.script, _),
      ),
      make(
        "p",
        { class: "share-file" },
        this.file,
        make("span", {}, _("With all its steps inside: opens from disk, without a network.")),
      ),
      make("div", { class: "preview-box" }, this.preview),
    );
    document.body.append(this.dialog);
    button.addEventListener("click", () => this.open());
    this.dialog.addEventListener("close", () => {
      clearTimeout(this.#timer);
      this.preview.removeAttribute("src");
    });
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
  }

  open() {
    const usual = [SIZE.height, SIZE.linked].includes(this.height.valueAsNumber);
    if (usual) this.height.value = String(this.state().view === VIEWS[0] ? SIZE.height : SIZE.linked);
    this.stops.read();
    this.#write();
    this.#preview();
    this.dialog.showModal();
  }

  #preview() {
    this.preview.src = embedAddress(BASE, this.state());
  }

  #write() {
    const state = this.state(),
      [width, height] = [this.width, this.height].map((input) =>
        Math.max(200, Math.min(4000, input.valueAsNumber || SIZE.width)),
      );
    this.link.value = location.href;
    this.frame.value = frameCode(BASE, state, width, height, `Kernelwalk: ${state.scene}`);
    this.script.value = scriptCode(BASE, state);
    this.file.href = fileAddress(BASE, state);
    this.preview.width = String(width);
    this.preview.height = String(height);
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

  /** @param {string} label  @param {number} value */
  #side(label, value) {
    const input = make("input", { type: "number", min: "200", max: "4000", step: "10", value: String(value) });
    input.addEventListener("input", () => this.#write());
    make("label", {}, `${label} `, input);
    return input;
  }
}

/** @param {string} id  @param {number} rows */
function field(id, rows) {
  const text = make("textarea", { id, rows: String(rows), readonly: true, spellcheck: "false" });
  text.addEventListener("focus", () => text.select());
  return text;
}

/** @param {string} id  @param {string} label  @param {HTMLElement} text  @param {HTMLElement} button */
function shareRow(id, label, text, button) {
  return make("div", { class: "share-row" }, make("label", { for: id }, label), text, button);
}
