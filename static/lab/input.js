/** The input: a sample, a picture of one's own, or a matrix; its size and its channels. */
import { icon, make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { shapeText } from "../words/figures.js";
import { CropField } from "./crop-field.js";
import { Pad } from "./digit-pad.js";
import { MatrixForm } from "./matrix-form.js";
import { NetworkMenu } from "./networks.js";
import { Pictures } from "./pictures.js";
import { FIRST_RANDOM, RANDOM, RandomForm } from "./random-form.js";
import { withInput } from "./scene.js";
import { askExtent, askNumbers, upload } from "./server.js";
import { Understood } from "./understood.js";
import { Webcam } from "./webcam.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").SceneInput} SceneInput */

/** Places of the size control: the longest side in cells. */
const SIZES = [8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];
const LONGEST_INPUT = 4096;
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
  /** @type {Map<string, Promise<[number, number]>>} */
  #extents = new Map();

  /**
   * @param {Sample[]} samples
   * @param {{ change: (scene: Scene) => Promise<string>, upload: (file: File) => void, digit: string }} acts
   */
  constructor(samples, acts) {
    this.acts = acts;
    this.samples = samples;
    this.pictures = new Pictures(samples, (input) => this.#tell({ ...input, ...kept(this.#input) }));
    this.size = make("input", { type: "range", id: "input-size", min: "0", max: String(SIZES.length - 1), step: "1" });
    this.exact = make("input", {
      type: "number",
      min: "1",
      max: String(LONGEST_INPUT),
      "aria-label": _("Longest side in cells"),
    });
    this.whole = make("input", { type: "checkbox", role: "switch", id: "input-whole" });
    this.mode = make(
      "select",
      { id: "input-mode" },
      new Option(_("grey"), "gray"),
      new Option(_("colour: red, green, blue"), "rgb"),
    );
    this.crop = new CropField(
      (source) => this.#extentOf(source),
      (crop) => this.#tell({ ...this.#input, crop }),
    );
    /** What a file was understood to be. */
    this.file = new Understood();
    this.webcam = new Webcam(
      (source) => this.#change({ source }),
      (sentence) => this.file.refuse(sentence),
    );
    this.pad = new Pad({
      change: (source) => this.#change({ source }),
      keep: (picture) => this.#keep(picture),
      refuse: (sentence) => this.file.refuse(sentence),
      address: acts.digit,
    });
    this.networks = new NetworkMenu();
    this.picture = this.#pictureFields();
    this.matrix = new MatrixForm((source) => this.#change({ source }));
    this.random = new RandomForm(
      (input) => this.#change(input),
      () => this.#writeOut(),
    );
    this.shape = make("p", { class: "quiet" });
    this.root = make(
      "div",
      { class: "input-form" },
      this.pad.root,
      this.pictures.root,
      this.#sources(),
      this.file.root,
      this.picture,
      this.matrix.root,
      this.random.root,
      this.shape,
    );
  }

  /** @param {Opening} opening */
  show(opening) {
    this.#opening = opening;
    this.networks.show(opening);
    this.pad.show(opening);
    const { source, size, mode, crop } = this.#input,
      matrix = Array.isArray(source);
    const random = source === RANDOM;
    this.matrixButton?.setAttribute("aria-pressed", String(matrix));
    this.randomButton?.setAttribute("aria-pressed", String(random));
    this.picture.hidden = matrix || random;
    this.random.root.hidden = !random;
    this.matrix.root.hidden = !matrix || !this.pad.root.hidden;
    this.shape.textContent = _("Channels × rows × columns: {shape}", {
      shape: shapeText(opening.layers[0].input_shape),
    });
    if (Array.isArray(source)) return this.matrix.show(source);
    if (random) return this.random.show(this.#input);
    this.#showPicture(size, mode, opening.layers[0].input_shape);
    this.crop.show(source, crop ?? undefined);
  }

  get #input() {
    return /** @type {Scene} */ (/** @type {Opening} */ (this.#opening).scene).input;
  }

  /** @param {SceneInput} input  @returns {Promise<string>} the refusal, or nothing */
  async #change(input) {
    return this.#opening ? this.acts.change(withInput(/** @type {Scene} */ (this.#opening.scene), input)) : "";
  }

  /** A refusal is said here. @param {SceneInput} input */
  async #tell(input) {
    const refusal = await this.#change(input);
    if (refusal) this.file.refuse(refusal);
    else this.file.clear();
  }

  /** A drawing becomes a picture of one's own. @param {Blob} picture */
  async #keep(picture) {
    try {
      const { input } = await upload(picture, () => {});
      this.#tell(input);
    } catch (error) {
      this.file.refuse(/** @type {Error} */ (error).message);
    }
  }

  /** The numbers that were drawn become a matrix that can be written into. */
  async #writeOut() {
    if (!this.#opening) return;
    try {
      await this.#tell({ source: await askNumbers(this.#opening.line) });
    } catch (error) {
      this.file.refuse(/** @type {Error} */ (error).message);
    }
  }

  /** Rows and columns of a whole picture. @param {string} source  @returns {Promise<[number, number]>} */
  #extentOf(source) {
    const sample = this.samples.find(({ id }) => id === source);
    if (sample) return Promise.resolve([sample.height, sample.width]);
    const known = this.#extents.get(source) ?? askExtent(source);
    this.#extents.set(source, known);
    known.catch(() => this.#extents.delete(source));
    return known;
  }

  #sources() {
    const file = make("input", {
      type: "file",
      accept: "image/*,.npy,.csv,.tsv,.txt,.pbm,.pgm,.ppm,.pnm",
      class: "hidden",
      tabindex: "-1",
      "aria-label": _("Picture or file of numbers"),
    });
    const button = make("button", { type: "button", class: "button upload" }, icon(UPLOAD), _("Your own picture"));
    button.addEventListener("click", () => file.click());
    file.addEventListener("change", () => {
      if (file.files?.[0]) this.acts.upload(file.files[0]);
      file.value = "";
    });
    this.matrixButton = make("button", { type: "button", class: "button", "aria-pressed": "false" }, _("Matrix"));
    this.matrixButton.addEventListener("click", () => this.#tell({ source: FIRST_MATRIX }));
    this.randomButton = make("button", { type: "button", class: "button", "aria-pressed": "false" }, _("Random"));
    this.randomButton.addEventListener("click", () => this.#tell(FIRST_RANDOM));
    return make(
      "div",
      { class: "sources" },
      button,
      file,
      this.pad.button,
      this.matrixButton,
      this.randomButton,
      this.networks.button,
      this.networks.menu,
      this.webcam.button,
    );
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
      this.crop.root,
    );
  }

  /** @param {number | null} size  null keeps the picture's own */
  #resize(size) {
    if (size !== null && Number.isNaN(size)) return this.file.refuse(_("Write a whole number."));
    if (size !== null && size < 1) return this.file.refuse(_("At least {minimum}.", { minimum: 1 }));
    if (size !== null && size > LONGEST_INPUT)
      return this.file.refuse(_("At most {maximum}.", { maximum: LONGEST_INPUT }));
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
}

/** What a new picture keeps of the one before. @param {SceneInput} input */
function kept({ source, size, mode }) {
  if (Array.isArray(source) || source === RANDOM) return {};
  return { ...(size ? { size } : {}), ...(mode ? { mode } : {}) };
}
