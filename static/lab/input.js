/** The input: a sample, a picture of one's own, or a matrix; its size and its channels. */
import { icon, make } from "../page/elements.js";
import { _, said } from "../page/words.js";
import { shapeText } from "../words/figures.js";
import { readMatrix, shapeOf } from "./matrix.js";
import { NumberGrid } from "./number-grid.js";
import { withInput } from "./scene.js";
import { address } from "./server.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").SceneInput} SceneInput */

/** Places of the size control: the longest side in cells. */
const SIZES = [8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];
const MOST_CELLS = 16;
const FIRST_MATRIX = [
  [1, 2, 3, 4, 5],
  [2, 1, 0, 1, 2],
  [3, 0, 1, 1, 0],
  [1, 4, 1, 1, 2],
  [2, 1, 1, 0, 0],
];
const UPLOAD = "M12 16V4M7 9l5-5 5 5M4 16v4h16v-4";

export class InputForm {
  /** @type {Opening | null} */
  #opening = null;

  /** @param {Sample[]} samples  @param {{ change: (scene: Scene) => void, upload: (file: File) => void }} acts */
  constructor(samples, acts) {
    this.acts = acts;
    this.samples = samples;
    this.gallery = make(
      "div",
      { class: "samples", role: "group", "aria-label": _("Sample pictures") },
      ...samples.map((sample) => this.#sample(sample)),
    );
    this.size = make("input", { type: "range", id: "input-size", min: "0", max: String(SIZES.length - 1), step: "1" });
    this.exact = make("input", { type: "number", min: "1", max: "4096", "aria-label": _("Longest side in cells") });
    this.whole = make("input", { type: "checkbox", role: "switch", id: "input-whole" });
    this.mode = make(
      "select",
      { id: "input-mode" },
      new Option(_("grey"), "gray"),
      new Option(_("colour: red, green, blue"), "rgb"),
    );
    this.picture = this.#pictureFields();
    this.grid = new NumberGrid({ label: _("Input matrix"), change: (rows) => this.#tell({ source: rows }) });
    this.rows = this.#side(_("rows"));
    this.columns = this.#side(_("columns"));
    this.text = make("textarea", { rows: "4", spellcheck: "false", "aria-label": _("Matrix as text") });
    this.complaint = make("p", { class: "complaint", role: "alert", hidden: true });
    this.text.addEventListener("input", () => this.#readText());
    this.matrix = make(
      "div",
      { class: "matrix-fields" },
      make("span", { class: "sides" }, this.rows, "×", this.columns),
      this.grid.root,
      this.text,
      this.complaint,
    );
    this.shape = make("p", { class: "quiet" });
    this.root = make(
      "div",
      { class: "input-form" },
      this.gallery,
      this.#sources(),
      this.picture,
      this.matrix,
      this.shape,
    );
  }

  /** @param {Opening} opening */
  show(opening) {
    this.#opening = opening;
    const { source, size, mode } = this.#input,
      matrix = Array.isArray(source);
    for (const button of this.gallery.children)
      button.setAttribute("aria-pressed", String(button.getAttribute("data-sample") === source));
    this.matrixButton?.setAttribute("aria-pressed", String(matrix));
    this.picture.hidden = matrix;
    this.matrix.hidden = !matrix;
    this.shape.textContent = _("Channels × rows × columns: {shape}", {
      shape: shapeText(opening.layers[0].input_shape),
    });
    if (matrix) this.#showMatrix(source);
    else this.#showPicture(size, mode, opening.layers[0].input_shape);
  }

  get #input() {
    return /** @type {Scene} */ (/** @type {Opening} */ (this.#opening).scene).input;
  }

  /** @param {SceneInput} input */
  #tell(input) {
    if (this.#opening) this.acts.change(withInput(/** @type {Scene} */ (this.#opening.scene), input));
  }

  /** @param {Sample} sample */
  #sample({ id, title, width, height }) {
    const src = address("api/input", { scene: `${id} 64 | flip`, layer: 0, format: "png" });
    const picture = make("img", { loading: "lazy", alt: "", width: "56", height: "56", src });
    const name = said(title, id);
    const button = make(
      "button",
      { type: "button", class: "sample", title: name, "aria-label": name, "data-sample": id, "aria-pressed": "false" },
      picture,
    );
    button.addEventListener("click", () =>
      this.#tell({ source: id, ...(Math.max(width, height) > 64 ? { size: 64 } : {}), ...kept(this.#input) }),
    );
    return button;
  }

  #sources() {
    const file = make("input", {
      type: "file",
      accept: "image/*",
      class: "hidden",
      tabindex: "-1",
      "aria-label": _("Picture file"),
    });
    const button = make("button", { type: "button", class: "button upload" }, icon(UPLOAD), _("Your own picture"));
    button.addEventListener("click", () => file.click());
    file.addEventListener("change", () => {
      if (file.files?.[0]) this.acts.upload(file.files[0]);
      file.value = "";
    });
    this.matrixButton = make("button", { type: "button", class: "button", "aria-pressed": "false" }, _("Matrix"));
    this.matrixButton.addEventListener("click", () => this.#tell({ source: FIRST_MATRIX }));
    return make("div", { class: "sources" }, button, file, this.matrixButton);
  }

  #pictureFields() {
    this.size.addEventListener("input", () => this.#resize(SIZES[Number(this.size.value)]));
    this.exact.addEventListener("change", () => this.#resize(Math.round(this.exact.valueAsNumber)));
    this.whole.addEventListener("change", () => this.#resize(this.whole.checked ? null : 64));
    this.mode.addEventListener("change", () =>
      this.#tell({ ...this.#input, mode: this.mode.value === "rgb" ? "rgb" : undefined }),
    );
    return make(
      "div",
      { class: "picture-fields" },
      make(
        "div",
        { class: "field" },
        make("label", { for: "input-size", class: "label" }, _("Longest side")),
        make("div", { class: "control" }, this.size, this.exact),
      ),
      make(
        "div",
        { class: "field boolean" },
        make("label", { for: "input-whole", class: "label" }, _("Full size")),
        make("div", { class: "control" }, this.whole),
      ),
      make(
        "div",
        { class: "field" },
        make("label", { for: "input-mode", class: "label" }, _("Colour")),
        make("div", { class: "control" }, this.mode),
      ),
    );
  }

  /** @param {number | null} size  null keeps the picture's own */
  #resize(size) {
    if (size !== null && !(size >= 1 && size <= 4096)) return;
    this.#tell({ ...this.#input, size: size ?? undefined });
  }

  /** @param {number | undefined} size  @param {string | undefined} mode  @param {number[]} shape */
  #showPicture(size, mode, [, H, W]) {
    const side = size ?? Math.max(H, W);
    this.whole.checked = size === undefined;
    this.size.value = String(SIZES.findLastIndex((place) => place <= side));
    this.size.setAttribute("aria-valuetext", String(side));
    if (document.activeElement !== this.exact) this.exact.value = String(side);
    this.mode.value = mode === "rgb" ? "rgb" : "gray";
  }

  /** @param {string} label */
  #side(label) {
    const input = make("input", {
      type: "number",
      min: "1",
      max: String(MOST_CELLS),
      "aria-label": _("Matrix {side}", { side: label }),
    });
    input.addEventListener("change", () => {
      const rows = Math.max(1, Math.min(MOST_CELLS, this.rows.valueAsNumber || 1)),
        columns = Math.max(1, Math.min(MOST_CELLS, this.columns.valueAsNumber || 1));
      this.#tell({
        source: Array.from({ length: rows }, (_row, r) =>
          Array.from({ length: columns }, (_column, c) => this.grid.rows[r]?.[c] ?? 0),
        ),
      });
    });
    return input;
  }

  /** @param {any} source */
  #showMatrix(source) {
    const [rows, columns, deeper] = shapeOf(source),
      small = deeper === undefined && rows <= MOST_CELLS && columns <= MOST_CELLS;
    this.grid.root.hidden = !small;
    this.rows.closest("span")?.toggleAttribute("hidden", !small);
    if (small) this.grid.show(source);
    for (const [input, side] of /** @type {const} */ ([
      [this.rows, rows],
      [this.columns, columns],
    ]))
      if (document.activeElement !== input) input.value = String(side);
    if (document.activeElement === this.text) return;
    this.text.value =
      deeper === undefined
        ? source.map((/** @type {number[]} */ row) => row.join(" ")).join("\n")
        : JSON.stringify(source);
    this.complaint.hidden = true;
  }

  #readText() {
    const rows = readMatrix(this.text.value);
    this.complaint.textContent = _("Write rows of numbers, each as long as the first.");
    this.complaint.hidden = rows !== null;
    if (rows) this.#tell({ source: rows });
  }
}

/** What a new picture keeps of the one before. @param {SceneInput} input */
function kept({ source, size, mode }) {
  if (Array.isArray(source)) return {};
  return { ...(size ? { size } : {}), ...(mode ? { mode } : {}) };
}
