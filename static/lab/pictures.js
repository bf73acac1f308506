/** Pictures to choose from: samples, and beside them what was uploaded in this session. */
import { make } from "../page/elements.js";
import { _, said } from "../page/words.js";
import { address, inputAlone } from "./server.js";

/** @typedef {import("./scene.js").SceneInput} SceneInput */

const KEPT = "kernelwalk-uploads";
const MOST_KEPT = 10;
const VIEW_SIDE = 64;
const UPLOADED = /^image:[a-z0-9]+$/;

export class Pictures {
  #uploads = uploadsBefore();

  /** @param {Sample[]} samples  @param {(input: SceneInput) => void} choose */
  constructor(samples, choose) {
    this.choose = choose;
    /** Samples that another shows all together, to choose one of them. */
    this.sheet = make(
      "div",
      { class: "contacts", role: "group", "aria-label": _("Pictures of the sheet"), hidden: "" },
      ...samples.filter(({ sheet }) => sheet).map((sample) => this.#sample(sample)),
    );
    this.sheets = new Set(samples.flatMap(({ id, sheet }) => (sheet ? [id, sheet] : [])));
    this.root = make(
      "div",
      { class: "samples", role: "group", "aria-label": _("Sample pictures") },
      ...samples.filter(({ sheet }) => !sheet).map((sample) => this.#sample(sample)),
      this.sheet,
    );
    for (const source of this.#uploads) this.#add(source);
  }

  /** @param {unknown} source  of the scene */
  show(source) {
    if (typeof source === "string" && UPLOADED.test(source) && !this.#uploads.includes(source)) this.#keep(source);
    this.sheet.hidden = typeof source !== "string" || !this.sheets.has(source);
    for (const button of this.root.querySelectorAll("[data-sample]"))
      button.setAttribute("aria-pressed", String(button.getAttribute("data-sample") === source));
  }

  /** @param {string} source */
  #keep(source) {
    this.#uploads = [...this.#uploads, source].slice(-MOST_KEPT);
    this.#add(source);
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(this.#uploads));
    } catch {
      // A browser without storage forgets them with the page.
    }
  }

  /** @param {string} source */
  #add(source) {
    const words = { scene: inputAlone(`${source} ${VIEW_SIDE} rgb`), layer: 0, format: "png" };
    const number = this.#uploads.indexOf(source) + 1;
    const name = _("Your picture {number}", { number });
    const button = this.#button(source, name, address("api/input", words), { source, size: VIEW_SIDE });
    button.querySelector("img")?.addEventListener("error", () => button.remove());
    this.sheet.before(button);
  }

  /** @param {Sample} sample */
  #sample({ id, title, width, height, thumbnail }) {
    const size = Math.max(width, height) > VIEW_SIDE ? { size: VIEW_SIDE } : {};
    return this.#button(id, said(title, id), thumbnail, { source: id, ...size });
  }

  /** @param {string} id  @param {string} name  @param {string} src  @param {SceneInput} input */
  #button(id, name, src, input) {
    const picture = make("img", { loading: "lazy", alt: "", width: "56", height: "56", src });
    const button = make(
      "button",
      { type: "button", class: "sample", title: name, "aria-label": name, "data-sample": id, "aria-pressed": "false" },
      picture,
    );
    button.addEventListener("click", () => this.choose(input));
    return button;
  }
}

/** @returns {string[]} */
function uploadsBefore() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((source) => typeof source === "string" && UPLOADED.test(source)) : [];
  } catch {
    return [];
  }
}
