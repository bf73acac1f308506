/** The kernel of a layer as cells that can be written into, turned, resized and given more channels. */
import { icon, make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { MOST_SIDE, negated, readMatrix, resized, rotated, shapeOf, sum, transposed } from "./matrix.js";
import { NumberGrid } from "./number-grid.js";

/** @typedef {import("./matrix.js").Rows} Rows */
/** @typedef {Rows | Rows[] | Rows[][]} WeightValues  a kernel; one with channels; several kernels with channels */

const TOOL_ICONS = {
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

  /** @param {{ change: (settings: Record<string, unknown>) => void }} settings */
  constructor({ change }) {
    this.change = change;
    this.grid = new NumberGrid({ label: _("Kernel"), change: (rows) => this.#write(rows) });
    this.rows = this.#side(_("rows"));
    this.columns = this.#side(_("columns"));
    this.planes = make("div", { class: "planes" });
    this.others = make("div", { class: "planes" });
    this.meaning = make("p", { class: "quiet" });
    this.sheet = this.#pasteSheet();
    this.root = make(
      "div",
      { class: "kernel-editor" },
      this.planes,
      this.grid.root,
      make(
        "div",
        { class: "kernel-tools" },
        make("span", { class: "sides" }, this.rows, "×", this.columns),
        ...this.#tools(),
      ),
      this.sheet,
      this.meaning,
      this.others,
    );
  }

  /**
   * @param {WeightValues} weight  as drawn  @param {number} channels  of the input
   * @param {(number | undefined)[]} largest  rows and columns that fit
   */
  show(weight, channels, largest) {
    this.#weight = weight;
    this.#channels = channels;
    this.#kernel = Math.min(this.#kernel, this.#kernels.length - 1);
    this.#channel = Math.min(this.#channel, this.#kernels[0].length - 1);
    const rows = this.#rows;
    this.grid.show(rows, this.#kernels.flat(3));
    for (const [input, side, most] of /** @type {const} */ ([
      [this.rows, rows.length, largest[0]],
      [this.columns, rows[0].length, largest[1]],
    ])) {
      input.max = String(Math.min(MOST_SIDE, most ?? MOST_SIDE));
      if (document.activeElement !== input) input.value = String(side);
    }
    this.#showPlanes();
  }

  /** Always as kernels of channels of rows. @returns {Rows[][]} */
  get #kernels() {
    const depth = shapeOf(this.#weight).length;
    return /** @type {any} */ (depth === 2 ? [[this.#weight]] : depth === 3 ? [this.#weight] : this.#weight);
  }

  get #rows() {
    return this.#kernels[this.#kernel][this.#channel];
  }

  /** One plane of numbers replaced. @param {Rows} rows */
  #write(rows) {
    if (rows.length > MOST_SIDE || rows[0].length > MOST_SIDE) return;
    const sameSize = rows.length === this.#rows.length && rows[0].length === this.#rows[0].length;
    this.#replace((plane, kernel, channel) =>
      kernel === this.#kernel && channel === this.#channel
        ? rows
        : sameSize
          ? plane
          : resized(plane, rows.length, rows[0].length),
    );
  }

  /** @param {(plane: Rows, kernel: number, channel: number) => Rows} each */
  #replace(each) {
    this.#tell(this.#kernels.map((planes, kernel) => planes.map((plane, channel) => each(plane, kernel, channel))));
  }

  /** In as many dimensions as are needed. @param {Rows[][]} kernels  @param {Record<string, unknown>} [others] */
  #tell(kernels, others = {}) {
    const depth = shapeOf(this.#weight).length;
    const weight = kernels.length > 1 || depth === 4 ? kernels : depth === 3 ? kernels[0] : kernels[0][0];
    this.change({ weight, ...others });
  }

  /** @param {string} label */
  #side(label) {
    const input = make("input", {
      type: "number",
      min: "1",
      max: String(MOST_SIDE),
      "aria-label": _("Kernel {side}", { side: label }),
    });
    input.addEventListener("change", () => {
      const height = side(this.rows),
        width = side(this.columns);
      this.#replace((plane) => resized(plane, height, width));
    });
    return input;
  }

  #tools() {
    return [
      tool(TOOL_ICONS.rotate, _("Rotate by 90 degrees"), () => this.#replace(rotated)),
      tool(TOOL_ICONS.transpose, _("Swap rows and columns"), () => this.#replace(transposed)),
      tool(TOOL_ICONS.negate, _("Change every sign"), () => this.#replace(negated)),
      tool(TOOL_ICONS.normalise, _("Divide by the sum of the kernel"), () => this.#normalise()),
      tool(TOOL_ICONS.paste, _("Paste a matrix"), () => this.#openSheet()),
    ];
  }

  /** The numbers stay as drawn; the divisor makes them sum to one. */
  #normalise() {
    const total = Number(sum(this.#rows).toPrecision(12));
    if (total) this.change({ divisor: total });
  }

  #pasteSheet() {
    const text = make("textarea", {
      rows: "4",
      spellcheck: "false",
      "aria-label": _("Matrix as text"),
      placeholder: "1 0 -1\n2 0 -2\n1 0 -1",
    });
    const complaint = make("p", { class: "complaint", role: "alert", hidden: true });
    const use = make("button", { type: "button", class: "button" }, _("Use this matrix"));
    use.addEventListener("click", () => {
      const rows = readMatrix(text.value);
      complaint.hidden = rows !== null && rows.length <= MOST_SIDE && rows[0].length <= MOST_SIDE;
      complaint.textContent = rows
        ? _("A kernel is at most {most} x {most}.", { most: MOST_SIDE })
        : _("Write rows of numbers, each as long as the first.");
      if (!rows || !complaint.hidden) return;
      this.sheet.hidden = true;
      this.#write(rows);
    });
    return make("div", { class: "sheet", hidden: true }, text, complaint, use);
  }

  #openSheet() {
    this.sheet.hidden = !this.sheet.hidden;
    this.sheet.querySelector("textarea")?.focus();
  }

  /** Which kernel and channel is shown, and what a kernel without channels means. */
  #showPlanes() {
    const kernels = this.#kernels,
      depth = shapeOf(this.#weight).length;
    const choosers = [
      ...(kernels.length > 1
        ? [
            chooser(_("Kernel"), kernels.length, this.#kernel, (at) => {
              this.#kernel = at;
            }),
          ]
        : []),
      ...(kernels[0].length > 1
        ? [
            chooser(_("Channel"), kernels[0].length, this.#channel, (at) => {
              this.#channel = at;
            }),
          ]
        : []),
    ];
    for (const select of choosers)
      select.addEventListener("change", () =>
        this.show(
          this.#weight,
          this.#channels,
          [this.rows, this.columns].map(({ max }) => Number(max)),
        ),
      );
    this.planes.replaceChildren(...choosers);
    this.planes.hidden = choosers.length === 0;
    this.others.replaceChildren(...this.#planeButtons(kernels, depth));
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
    const spread = () =>
      this.change({ weight: Array.from({ length: this.#channels }, () => this.#rows), groups: undefined });
    const gathered = () => this.change({ weight: this.#rows, groups: undefined });
    const whole = depth === 2 ? [Array.from({ length: this.#channels }, () => this.#rows)] : kernels;
    const add = () => this.#tell([...whole, whole[this.#kernel]]);
    const remove = () => this.#tell(kernels.toSpliced(this.#kernel, 1));
    return [
      ...(this.#channels > 1 && depth === 2 ? [small(_("Sum over channels"), spread)] : []),
      ...(this.#channels > 1 && depth === 3 ? [small(_("Each channel by itself"), gathered)] : []),
      ...(kernels.length < 64 ? [small(_("Add a kernel"), add)] : []),
      ...(kernels.length > 1 ? [small(_("Remove this kernel"), remove)] : []),
    ];
  }
}

/** @param {HTMLInputElement} input */
const side = (input) => Math.max(1, Math.min(Number(input.max), Math.round(input.valueAsNumber) || 1));

/** @param {string} path  @param {string} label  @param {() => void} act */
function tool(path, label, act) {
  const button = make("button", { type: "button", class: "tool", title: label, "aria-label": label }, icon(path));
  button.addEventListener("click", act);
  return button;
}

/** @param {string} label  @param {() => void} act */
function small(label, act) {
  const button = make("button", { type: "button", class: "link" }, label);
  button.addEventListener("click", act);
  return button;
}

/** @param {string} label  @param {number} count  @param {number} chosen  @param {(at: number) => void} choose */
function chooser(label, count, chosen, choose) {
  const options = Array.from(
    { length: count },
    (_item, at) => new Option(`${label} ${at + 1}`, String(at), at === chosen, at === chosen),
  );
  const select = make("select", { "aria-label": label }, ...options);
  select.addEventListener("change", () => choose(select.selectedIndex));
  return select;
}
