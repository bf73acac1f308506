/** The kernel of a layer as cells that can be written into, turned, resized, taken back and given more channels. */
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { History } from "./history.js";
import { eachPlane, kernelsOf, Uncut, weightOf } from "./kernel-planes.js";
import { MOST_SIDE, negated, rotated, shapeOf, sum, transposed } from "./matrix.js";
import { NumberGrid } from "./number-grid.js";
import { PasteSheet } from "./paste-sheet.js";
import { chooser, link, renewed, tool, worded } from "./pieces.js";
import { Reader } from "./reader.js";
import { askMatrix } from "./server.js";
import { SizeFields } from "./size-fields.js";
import { Understood } from "./understood.js";

/** @typedef {import("./matrix.js").Rows} Rows */
/** @typedef {import("./kernel-planes.js").WeightValues} WeightValues */
/** @typedef {import("./reader.js").Answer} Answer */
/** @typedef {import("./reader.js").Reading} Reading */
/** @typedef {Record<string, unknown>} Written  settings as the scene has them; undefined: the default */
/**
 * @typedef {object} EditorActs
 * @property {(settings: Written) => Promise<string>} change  resolves to the refusal, or to nothing
 * @property {() => Written} written  what a change here may change
 */

const TOOL_ICONS = {
  undo: "M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "M15 14l5-5-5-5M20 9H10a6 6 0 0 0 0 12h3",
  sign: "M12 4v8M8 8h8M8 18h8",
  rotate: "M20 11a8 8 0 1 0-2.3 6.2M20 5v6h-6",
  transpose: "M5 5l14 14M9 19H5v-4M15 5h4v4",
  negate: "M4 8h8M8 4v8M13 17h7M19 5L5 20",
  normalise: "M18 6V4H6l6 8-6 8h12v-2",
  paste: "M9 4h6v3H9zM15 5h3v15H6V5h3M9 12h6M9 16h4",
};

export class KernelEditor {
  /** @type {WeightValues} */
  #weight = [[0]];
  #kernel = 0;
  #channel = 0;
  #channels = 1;
  #uncut = new Uncut();
  /** @type {History<Written>} */
  #history = new History();
  /** The weight that was written here last; another one has nothing to do with what was cut off. */
  #told = "";
  #reader = new Reader(askMatrix, "weight");

  /** @param {EditorActs} acts */
  constructor(acts) {
    this.acts = acts;
    this.understood = new Understood();
    this.grid = new NumberGrid(_("Kernel"), "weight", {
      change: (rows) => this.#writePlane(rows),
      answer: (answer, use) => this.#answer(answer, use),
      paste: (text) => this.#paste(text),
    });
    this.sizes = new SizeFields(
      [_("Kernel {side}", { side: _("rows") }), _("Kernel {side}", { side: _("columns") })],
      (height, width) => this.#resize(height, width),
      (sentence) => this.understood.refuse(sentence),
    );
    this.undoTool = tool(TOOL_ICONS.undo, _("Undo"), () => this.undo());
    this.redoTool = tool(TOOL_ICONS.redo, _("Redo"), () => this.redo());
    this.planes = make("div", { class: "planes" });
    this.others = make("div", { class: "planes" });
    this.meaning = make("p", { class: "quiet" });
    this.sheet = new PasteSheet("weight", (reading) => this.#use(reading));
    const sign = tool(TOOL_ICONS.sign, _("Change the sign of this number"), () => this.grid.changeSign());
    sign.classList.add("sign-key");
    const taking = make("span", {}, this.undoTool, this.redoTool, sign);
    const tools = make("div", { class: "kernel-tools" }, this.sizes.root, taking);
    const turns = make("div", { class: "kernel-tools worded" }, ...this.#turns());
    this.root = make(
      "div",
      { class: "kernel-editor" },
      ...[this.planes, this.grid.root, tools, turns, this.understood.root, this.sheet.root, this.meaning, this.others],
    );
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.#showHistory();
  }

  /**
   * @param {WeightValues} weight  as drawn  @param {number} channels  of the input
   * @param {(number | undefined)[]} largest  rows and columns that fit
   */
  show(weight, channels, largest) {
    if (JSON.stringify(weight) !== this.#told) this.#uncut.forget();
    this.#weight = weight;
    this.#channels = channels;
    this.largest = largest;
    this.#kernel = Math.min(this.#kernel, this.#kernels.length - 1);
    this.#channel = Math.min(this.#channel, this.#kernels[0].length - 1);
    const rows = this.#rows;
    this.grid.show(rows, this.#kernels.flat(3));
    this.sizes.show([rows.length, rows[0].length], largest, MOST_SIDE);
    this.#showPlanes();
  }

  undo() {
    this.#goTo(this.#history.undo(this.acts.written()));
  }

  redo() {
    this.#goTo(this.#history.redo(this.acts.written()));
  }

  /** What is given up by a change that is made elsewhere. */
  remember() {
    this.#history.remember(this.acts.written());
    this.#uncut.forget();
    this.#showHistory();
  }

  get #kernels() {
    return kernelsOf(this.#weight);
  }

  get #rows() {
    return this.#kernels[this.#kernel][this.#channel];
  }

  /** @param {Written | undefined} settings */
  async #goTo(settings) {
    if (!settings) return;
    this.#uncut.forget();
    this.understood.clear();
    this.#showHistory();
    const refusal = await this.acts.change(settings);
    if (refusal) this.understood.refuse(refusal);
  }

  /** A change that can be taken back; a refused one never was. @param {Written} settings  @param {string} [sentence] */
  async #change(settings, sentence = "") {
    this.#history.remember(this.acts.written());
    if (settings.weight) this.#told = JSON.stringify(settings.weight);
    const refusal = await this.acts.change(settings);
    if (refusal) this.#history.forget();
    this.#showHistory();
    if (refusal) return this.understood.clear();
    if (sentence) this.understood.say(sentence, () => this.undo());
    else this.understood.clear();
  }

  #showHistory() {
    this.undoTool.disabled = !this.#history.canUndo;
    this.redoTool.disabled = !this.#history.canRedo;
  }

  /** Undo and redo of the kernel, wherever no text of its own is being written. @param {KeyboardEvent} event */
  #key(event) {
    const { target, key, shiftKey } = event;
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const again = (key.toLowerCase() === "z" && shiftKey) || key.toLowerCase() === "y";
    if (!again && key.toLowerCase() !== "z") return;
    if (target instanceof HTMLTextAreaElement || /** @type {Element} */ (target).classList.contains("typing")) return;
    event.preventDefault();
    if (again) this.redo();
    else this.undo();
  }

  /** Numbers of the plane in sight, of the same size. @param {Rows} rows */
  #writePlane(rows) {
    this.#tell(this.#replaced(rows));
  }

  /** @param {Rows} rows */
  #replaced(rows) {
    return eachPlane(this.#kernels, (plane, kernel, channel) =>
      kernel === this.#kernel && channel === this.#channel ? rows : plane,
    );
  }

  /** @param {number} height  @param {number} width */
  #resize(height, width) {
    const { length } = this.#rows,
      cut = height < length || width < this.#rows[0].length;
    const size = `${height} × ${width}`;
    this.#tell(
      this.#uncut.resized(this.#kernels, height, width),
      cut ? _("{size}: what was cut off comes back when the kernel grows.", { size }) : "",
    );
  }

  /** @param {(plane: Rows) => Rows} turn */
  #turn(turn) {
    this.#uncut.forget();
    this.#tell(eachPlane(this.#kernels, turn));
  }

  /** @param {Rows[][]} kernels  @param {string} [sentence] */
  #tell(kernels, sentence) {
    this.#change({ weight: weightOf(kernels, shapeOf(this.#weight).length) }, sentence);
  }

  /** @param {Answer} answer  @param {(reading: Reading) => void} use */
  #answer({ readings, sentence }, use) {
    if (readings.length > 1) this.understood.ask(readings, use);
    else this.understood.refuse(sentence);
  }

  /** @param {string} text */
  async #paste(text) {
    const answer = await this.#reader.read(text);
    if (!answer) return;
    if (answer.readings.length === 1) this.#use(answer.readings[0]);
    else this.#answer(answer, (reading) => this.#use(reading));
  }

  /** One plane takes the place of the one in sight, the others follow its size; a deeper matrix is the whole weight.
   * @param {Reading} reading */
  async #use({ values, shape, understood }) {
    const [height, width] = shape;
    if (shape.length === 2) {
      const others = this.#kernels.flat().length > 1 ? this.#uncut.resized(this.#kernels, height, width) : [[values]];
      const kernels = others.map((planes, kernel) =>
        planes.map((plane, channel) => (kernel === this.#kernel && channel === this.#channel ? values : plane)),
      );
      await this.#change({ weight: weightOf(kernels, shapeOf(this.#weight).length) }, understood.sentence);
    } else await this.#change({ weight: values }, understood.sentence);
    this.#uncut.forget();
    this.grid.focus();
  }

  #turns() {
    return [
      worded(TOOL_ICONS.rotate, _("Rotate"), _("Rotate by 90 degrees"), () => this.#turn(rotated)),
      worded(TOOL_ICONS.transpose, _("Transpose"), _("Swap rows and columns"), () => this.#turn(transposed)),
      worded(TOOL_ICONS.negate, _("Negate"), _("Change every sign"), () => this.#turn(negated)),
      worded(TOOL_ICONS.normalise, _("Normalise"), _("Divide by the sum of the kernel"), () => this.#normalise()),
      worded(TOOL_ICONS.paste, _("Paste"), _("Paste a matrix"), () => this.sheet.toggle()),
    ];
  }

  /** The numbers stay as drawn; the divisor makes them sum to one, over all channels that the kernel sums over. */
  #normalise() {
    const total = sum(this.#kernels[this.#kernel].flat());
    if (total) this.#change({ divisor: total });
    else this.understood.refuse(_("This kernel sums to 0, and nothing can be divided by 0."));
  }

  /** Which kernel and channel is shown, and what a kernel without channels means. */
  #showPlanes() {
    const kernels = this.#kernels,
      depth = shapeOf(this.#weight).length;
    const choosers = [
      chooser(_("Kernel"), kernels.length, this.#kernel, (at) => {
        this.#kernel = at;
      }),
      chooser(_("Channel"), kernels[0].length, this.#channel, (at) => {
        this.#channel = at;
      }),
    ].filter((select) => select.length > 1);
    for (const select of choosers)
      select.addEventListener("change", () => this.show(this.#weight, this.#channels, this.largest ?? []));
    renewed(this.planes, choosers);
    this.planes.hidden = choosers.length === 0;
    renewed(this.others, this.#planeButtons(kernels, depth));
    this.meaning.textContent = this.#meaning(kernels, depth);
    this.meaning.hidden = !this.meaning.textContent;
  }

  /** @param {Rows[][]} kernels  @param {number} depth */
  #meaning(kernels, depth) {
    if (this.#channels === 1) return "";
    if (depth === 2) return _("This kernel filters each of the {count} channels by itself.", { count: this.#channels });
    return _("Each kernel has {count} channels and sums over them.", { count: kernels[0].length });
  }

  /** @param {Rows[][]} kernels  @param {number} depth */
  #planeButtons(kernels, depth) {
    const copies = () => Array.from({ length: this.#channels }, () => this.#rows);
    const spread = () => this.#change({ weight: copies(), groups: undefined });
    const gathered = () => this.#change({ weight: this.#rows, groups: undefined });
    const whole = depth === 2 ? [copies()] : kernels;
    const add = () => this.#tell([...whole, whole[this.#kernel]]);
    const remove = () => this.#tell(kernels.toSpliced(this.#kernel, 1));
    return [
      ...(this.#channels > 1 && depth === 2 ? [link(_("Sum over channels"), spread)] : []),
      ...(this.#channels > 1 && depth === 3 ? [link(_("Each channel by itself"), gathered)] : []),
      ...(kernels.length < 64 ? [link(_("Add a kernel"), add)] : []),
      ...(kernels.length > 1 ? [link(_("Remove this kernel"), remove)] : []),
    ];
  }
}
