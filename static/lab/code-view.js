/** The layer as code to copy, and the one line of it that this step is. */

import { copyButton } from "../page/copying.js";
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { code, stepCode } from "./code.js";
import { address } from "./server.js";
import { showLines } from "./tokens.js";

/** @typedef {"numpy" | "torch"} Library */

export class CodeView {
  line = make("div", { class: "code-line", lang: "en" });
  text = make("code", {});
  /** @type {Library} */
  #library = "numpy";
  /** @type {Opening | null} */
  #opening = null;

  constructor() {
    this.choices = /** @type {const} */ ([
      ["numpy", "NumPy"],
      ["torch", "PyTorch"],
    ]).map(([library, name]) => {
      const button = make(
        "button",
        {
          type: "button",
          class: "library",
          "data-library": library,
          "aria-pressed": String(library === this.#library),
          translate: "no",
        },
        name,
      );
      button.addEventListener("click", () => this.#choose(library));
      return button;
    });
    this.root = make(
      "div",
      {},
      make(
        "div",
        { class: "code-head" },
        make("div", { role: "group", "aria-label": _("Library"), class: "libraries" }, ...this.choices),
        this.line,
        copyButton(_("Copy code"), () => this.text.textContent ?? "", this.text),
      ),
      make("pre", { lang: "en", tabindex: "0", "aria-label": _("Code") }, this.text),
    );
  }

  /** @param {Library} library */
  #choose(library) {
    this.#library = library;
    for (const button of this.choices) button.setAttribute("aria-pressed", String(button.dataset.library === library));
    if (this.#opening) this.adopt(this.#opening);
  }

  /** @param {Opening} opening */
  adopt(opening) {
    this.#opening = opening;
    const { line, layer, start } = opening;
    const source = /** @type {import("./scene.js").Scene} */ (opening.scene).input.source;
    const sources = {
      ...(layer === 0 && Array.isArray(source) ? { matrix: source } : {}),
      address: address("api/input", { scene: line, layer, format: "npy" }),
      answer: address("api/feature-map", { scene: line, layer, format: "npy" }),
    };
    this.text.textContent = code(this.#library, { layer: opening.layers[layer], start, sources });
  }

  /** @param {Step} step */
  show(step) {
    if (this.#opening) showLines(this.line, [stepCode(this.#opening.start, step)]);
  }
}
