/** The layer as programs to copy, and the one line of them that this step is. The layer tells both. */
import { copyButton } from "../page/copying.js";
import { make } from "../page/elements.js";
import { fetchOpening } from "../wire/opening.js";
import { sayIn } from "../words/language.js";
import { fillIn } from "../words/rules.js";
import { reasonOf } from "./reason.js";
import { showLines } from "./tokens.js";

/** @typedef {"numpy_loop" | "numpy" | "pytorch" | "keras"} Library */

/** @type {Record<Library, string>} */
const LIBRARIES = { numpy: "NumPy", numpy_loop: "", pytorch: "PyTorch", keras: "Keras" };

export class CodeView {
  line = make("div", { class: "code-line", lang: "en", translate: "no" });
  text = make("code", {});
  note = make("p", { class: "quiet", hidden: true });
  /** @type {Library} */
  #library = "numpy";
  #language = "";
  /** @type {Opening | null} */
  #opening = null;
  /** @type {Code | null} */
  #code = null;
  /** @type {Step | null} */
  #step = null;
  #asked = new AbortController();

  root = make("div", {});
  /** @type {HTMLElement[]} */
  choices = [];
  sheet = make("pre", { lang: "en", translate: "no", tabindex: "0" }, this.text);

  /** @param {import("../words/language.js").Say} _ */
  #build(_) {
    this.choices = Object.entries(LIBRARIES).map(([library, name]) =>
      this.#choice(/** @type {Library} */ (library), name, _),
    );
    const libraries = make("div", { role: "group", "aria-label": _("Library"), class: "libraries" }, ...this.choices);
    const copy = copyButton(_("Copy code"), () => this.text.textContent ?? "", this.text, _);
    this.sheet.setAttribute("aria-label", _("Code"));
    this.root.replaceChildren(make("div", { class: "code-head" }, libraries, this.line, copy), this.note, this.sheet);
  }

  /** @param {Library} library  @param {string} name  @param {import("../words/language.js").Say} _ */
  #choice(library, name, _) {
    const button = make(
      "button",
      { type: "button", class: "library", "data-library": library, translate: name ? "no" : false },
      name || _("Loop"),
    );
    button.addEventListener("click", () => {
      this.#library = library;
      this.#lay();
    });
    return button;
  }

  /** @param {ViewScene} scene */
  adopt({ opening, language, server }) {
    if (this.#opening === opening && this.#language === language) return;
    this.#opening = opening;
    this.#language = language;
    this.#build(sayIn(language));
    this.#step = null;
    this.#asked.abort();
    this.#take(opening.code ?? null, opening.code !== undefined);
    if (opening.code === undefined) this.#ask(opening, server);
  }

  /** A page carries its opening without code. @param {Opening} opening  @param {string} server */
  async #ask(opening, server) {
    const asked = new AbortController();
    this.#asked = asked;
    try {
      const { code } = await fetchOpening(
        server,
        opening.line,
        opening.layer,
        opening.step,
        this.#language,
        asked.signal,
      );
      if (!asked.signal.aborted) this.#take(code ?? null, true);
    } catch (error) {
      if (!asked.signal.aborted) this.#say(reasonOf(error, sayIn(this.#language)));
    }
  }

  /** @param {Code | null} code  @param {boolean} told  whether the layer has told it, or that it has none */
  #take(code, told) {
    this.#code = code;
    this.#lay();
    const _ = sayIn(this.#language);
    if (!code && told) this.#say(_("This layer has no code."));
    if (this.#step) this.show(this.#step);
  }

  /** @param {string} sentence */
  #say(sentence) {
    this.note.textContent = sentence;
    this.note.hidden = !sentence;
  }

  #lay() {
    const code = this.#code;
    const chosen = code?.[this.#library] === undefined ? "numpy" : this.#library;
    for (const button of this.choices) {
      const library = /** @type {Library} */ (button.dataset.library);
      button.hidden = code !== null && code[library] === undefined;
      button.setAttribute("aria-pressed", String(library === chosen));
    }
    this.#say("");
    this.text.textContent = code?.[chosen] ?? "";
    this.sheet.hidden = code === null;
  }

  /** @param {Step} step */
  show(step) {
    this.#step = step;
    const start = this.#opening?.start;
    if (!this.#code || !start) return showLines(this.line, []);
    showLines(this.line, [this.#code.step.map((piece) => tokenOf(piece, step, start))]);
  }
}

/** @param {CodePiece} piece  @param {Step} step  @param {StartLine} start  @returns {Token} */
function tokenOf({ text, place, role }, step, start) {
  const told = text ?? String(fillIn(/** @type {RuleTree} */ (place), { step, start }));
  return role ? { text: told, role } : { text: told };
}
