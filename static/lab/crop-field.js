/** The region of a picture that is walked: drawn on a small view of the whole picture, or written as four numbers. */
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { between, heldAt, movedBy, orWhole } from "./region.js";
import { address, inputAlone } from "./server.js";

/** @typedef {import("./region.js").Crop} Crop */
/** @typedef {import("./region.js").Pair} Pair */

const VIEW = 256; // longest side of the small view, in its pixels
const NEAR = 14; // CSS pixels from a corner that still take hold of it

export class CropField {
  /** @type {Pair} */
  #extent = [1, 1];
  /** @type {Crop} */
  #crop = [0, 0, 1, 1];
  #source = "";
  /** @type {Crop | undefined} */
  #told;
  /** What follows the pointer. @type {((point: Pair) => Crop) | null} */
  #drawing = null;

  /** @param {(source: string) => Promise<Pair>} extentOf  @param {(crop: Crop | undefined) => void} change */
  constructor(extentOf, change) {
    this.extentOf = extentOf;
    this.change = change;
    this.picture = make("img", { alt: "", draggable: "false" });
    this.frame = make("div", { class: "crop-frame" });
    this.view = make("div", { class: "crop-view" }, this.picture, this.frame);
    this.fields = [_("Top"), _("Left"), _("Height"), _("Width")].map((label) => {
      const input = make("input", { type: "number", inputmode: "numeric", step: "1" });
      input.addEventListener("change", () => this.#written(input));
      return { input, root: make("label", { class: "crop-side" }, label, input) };
    });
    this.shifts = [_("Shift down"), _("Shift right")].map((label, axis) => {
      const slider = make("input", { type: "range", class: "slider", min: "0", step: "1", "aria-label": label });
      slider.addEventListener("input", () => this.#shift(axis, slider.valueAsNumber));
      return { slider, root: make("div", { class: "crop-shift" }, label, slider) };
    });
    this.complaint = make("p", { class: "complaint", role: "alert", hidden: true });
    this.whole = make("button", { type: "button", class: "link" }, _("Whole picture"));
    this.whole.addEventListener("click", () => this.#tell([0, 0, ...this.#extent]));
    this.root = make(
      "details",
      { class: "crop" },
      make("summary", {}, _("Region of the picture")),
      make("p", { class: "quiet" }, _("Drag on the picture to choose a region; drag it or its corners to change it.")),
      this.view,
      make("div", { class: "crop-sides" }, ...this.fields.map(({ root }) => root)),
      ...this.shifts.map(({ root }) => root),
      this.complaint,
      this.whole,
    );
    this.view.addEventListener("pointerdown", (event) => this.#began(event));
    this.view.addEventListener("pointermove", (event) => this.#drawing && this.#follow(this.#drawing(this.#at(event))));
    this.view.addEventListener("pointerup", () => this.#ended());
    this.view.addEventListener("pointercancel", () => this.#cancelled());
    this.root.addEventListener("toggle", () => this.#showPicture());
  }

  /** @param {string} source  @param {Crop | undefined} crop */
  show(source, crop) {
    if (this.#drawing) return;
    if (crop && this.#source !== source) this.root.open = true;
    this.#source = source;
    this.#told = crop;
    this.whole.hidden = crop === undefined;
    this.#showPicture();
  }

  /** Nothing is asked for a picture that is not in sight. */
  async #showPicture() {
    const source = this.#source;
    if (!this.root.open || !source) return;
    const extent = await this.extentOf(source).catch(() => null);
    if (!extent || source !== this.#source || this.#drawing) return;
    this.#extent = extent;
    this.view.style.aspectRatio = `${extent[1]} / ${extent[0]}`;
    this.view.style.setProperty("--shape", String(extent[1] / extent[0]));
    this.#draw(this.#told ?? [0, 0, ...extent]);
    const src = address("api/input", { scene: inputAlone(`${this.#source} ${VIEW}`), layer: 0, format: "png" });
    if (this.picture.getAttribute("src") !== src) this.picture.src = src;
  }

  /** @param {Crop} crop */
  #draw(crop) {
    this.#crop = crop;
    const [top, left, height, width] = crop,
      [rows, columns] = this.#extent;
    Object.assign(this.frame.style, {
      top: `${(100 * top) / rows}%`,
      left: `${(100 * left) / columns}%`,
      height: `${(100 * height) / rows}%`,
      width: `${(100 * width) / columns}%`,
    });
    this.complaint.hidden = true;
    for (const [axis, { slider, root }] of this.shifts.entries()) {
      const room = this.#extent[axis] - crop[axis + 2];
      slider.max = String(room);
      slider.value = String(crop[axis]);
      root.hidden = room === 0;
    }
    const most = [rows - 1, columns - 1, rows - top, columns - left];
    for (const [place, { input }] of this.fields.entries()) {
      input.min = place < 2 ? "0" : "1";
      input.max = String(most[place]);
      input.removeAttribute("aria-invalid");
      if (document.activeElement !== input) input.value = String(crop[place]);
    }
  }

  /** A point of the picture under the pointer. @param {PointerEvent} event  @returns {Pair} */
  #at({ clientX, clientY }) {
    const box = this.view.getBoundingClientRect();
    return [((clientY - box.top) / box.height) * this.#extent[0], ((clientX - box.left) / box.width) * this.#extent[1]];
  }

  /** @param {PointerEvent} event */
  #began(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.view.setPointerCapture(event.pointerId);
    const start = this.#at(event),
      extent = this.#extent,
      crop = this.#crop;
    const { height, width } = this.view.getBoundingClientRect();
    const held = heldAt(crop, start, [(NEAR * extent[0]) / height, (NEAR * extent[1]) / width]);
    const whole = orWhole(crop, extent) === undefined;
    if (held === "inside" && !whole)
      this.#drawing = (point) => movedBy(crop, [point[0] - start[0], point[1] - start[1]], extent);
    else if (held && held !== "inside" && !whole) this.#drawing = (point) => between(held.opposite, point, extent);
    else this.#drawing = (point) => between(start, point, extent);
  }

  /** The map follows the hand; the whole way is one change of the history. @param {Crop} crop */
  #follow(crop) {
    if (crop.join() === this.#crop.join()) return;
    this.view.dispatchEvent(new Event("hold", { bubbles: true }));
    this.#tell(crop);
  }

  /** The region slides over the picture. @param {number} axis  @param {number} place */
  #shift(axis, place) {
    this.#tell(/** @type {Crop} */ (/** @type {unknown} */ (this.#crop.with(axis, place))));
  }

  #ended() {
    if (!this.#drawing) return;
    this.#drawing = null;
    this.#tell(this.#crop);
    this.view.dispatchEvent(new Event("release", { bubbles: true }));
  }

  #cancelled() {
    this.#drawing = null;
    this.view.dispatchEvent(new Event("release", { bubbles: true }));
  }

  /** @param {Crop} crop */
  #tell(crop) {
    this.#draw(crop);
    this.change(orWhole(crop, this.#extent));
  }

  /** @param {HTMLInputElement} input */
  #written(input) {
    const crop = /** @type {Crop} */ (this.fields.map(({ input }) => input.valueAsNumber));
    if (crop.every(Number.isInteger) && this.#isInside(crop)) return this.#tell(crop);
    const [rows, columns] = this.#extent;
    input.setAttribute("aria-invalid", "true");
    this.complaint.textContent = _("The picture has {rows} rows and {columns} columns: the region must lie inside.", {
      rows,
      columns,
    });
    this.complaint.hidden = false;
  }

  /** @param {Crop} crop */
  #isInside([top, left, height, width]) {
    const [rows, columns] = this.#extent;
    return top >= 0 && left >= 0 && height >= 1 && width >= 1 && top + height <= rows && left + width <= columns;
  }
}
