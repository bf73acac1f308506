/** A pad to draw a digit on, with mouse, finger, pen or keys; what a network is given of it is shown beside it. */
import { DIRECTIONS } from "../page/directions.js";
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { DIGIT_SIDE, prepared } from "./drawn-digit.js";
import { link } from "./pieces.js";

/** @typedef {import("./drawn-digit.js").Rows} Rows */
/** @typedef {[number, number]} Point  column and row, in cells of the pad */
/** @typedef {{ erases: boolean, points: Point[] }} Stroke */
/**
 * @typedef {object} PadActs
 * @property {(rows: Rows) => Promise<string>} change  while it is drawn; resolves to the refusal, or to nothing
 * @property {(picture: Blob) => Promise<void>} keep  one that is finished
 * @property {(sentence: string) => void} refuse
 */

/** Cells of the pad along a side: three for each that the network is given. */
const PAD_CELLS = 84;
const BRUSH = 7;
const KEY_STEP = 3; // cells that an arrow goes

export class Pad {
  /** @type {Stroke[]} */
  #strokes = [];
  /** @type {Stroke | null} */
  #drawing = null;
  /** Where the keys are. @type {Point} */
  #at = [PAD_CELLS / 2, PAD_CELLS / 2];
  #erases = false;
  #telling = false;
  /** What the server has not been told yet. @type {Rows | null} */
  #untold = null;

  /** @param {PadActs} acts */
  constructor(acts) {
    this.acts = acts;
    this.board = make("canvas", { tabindex: "0", role: "application" });
    this.board.ariaLabel = _("Draw a digit: arrows move, Space draws or lifts the pen");
    this.given = make("canvas", { role: "img", "aria-label": _("What the network is given") });
    Object.assign(this.board, { width: PAD_CELLS, height: PAD_CELLS });
    Object.assign(this.given, { width: DIGIT_SIDE, height: DIGIT_SIDE });
    this.eraser = make("button", { type: "button", class: "button", "aria-pressed": "false" }, _("Eraser"));
    this.eraser.addEventListener("click", () => this.#erase(!this.#erases));
    this.button = make("button", { type: "button", class: "button", "aria-pressed": "false" }, _("Draw a digit"));
    this.button.addEventListener("click", () => this.#open(Boolean(this.root.hidden)));
    const tools = make(
      "div",
      { class: "pad-tools" },
      this.eraser,
      link(_("Undo"), () => this.#undo()),
    );
    tools.append(link(_("Clear"), () => this.#clear()));
    const about = make("p", { class: "quiet" });
    about.textContent = _("As the digits were: in a box of 20 × 20, its centre of mass in the middle of 28 × 28.");
    const boards = make("div", { class: "pad-boards" }, this.board, this.given);
    this.root = make("div", { class: "digit-pad", hidden: true }, boards, tools, about);
    this.board.addEventListener("pointerdown", (event) => this.#began(event));
    this.board.addEventListener("pointermove", (event) => this.#moved(event));
    for (const kind of ["pointerup", "pointercancel"]) this.board.addEventListener(kind, () => this.#ended());
    this.board.addEventListener("keydown", (event) => this.#key(event));
    this.board.addEventListener("blur", () => this.#ended());
    this.#paint();
  }

  /** @param {boolean} open */
  #open(open) {
    this.root.hidden = !open;
    this.button.ariaPressed = String(open);
    if (open) this.board.focus();
  }

  /** @param {boolean} erases */
  #erase(erases) {
    this.#erases = erases;
    this.eraser.ariaPressed = String(erases);
  }

  /** @param {PointerEvent} event  @returns {Point} */
  #pointOf({ clientX, clientY }) {
    const { left, top, width, height } = this.board.getBoundingClientRect();
    return [((clientX - left) / width) * PAD_CELLS, ((clientY - top) / height) * PAD_CELLS];
  }

  /** @param {PointerEvent} event */
  #began(event) {
    event.preventDefault();
    this.board.focus();
    this.board.setPointerCapture(event.pointerId);
    this.#begin(this.#pointOf(event));
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    if (!this.#drawing || !event.buttons) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) this.#drawing.points.push(this.#pointOf(each));
    this.#changed();
  }

  /** @param {Point} point */
  #begin(point) {
    this.board.dispatchEvent(new Event("hold", { bubbles: true }));
    this.#drawing = { erases: this.#erases, points: [point] };
    this.#strokes.push(this.#drawing);
    this.#changed();
  }

  #ended() {
    if (!this.#drawing) return;
    this.#drawing = null;
    this.#finish();
  }

  #undo() {
    this.#strokes.pop();
    this.#changed();
    this.#finish();
  }

  #clear() {
    this.#strokes = [];
    this.#erase(false);
    this.#changed();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const way = DIRECTIONS[event.key];
    if (event.key === " ") this.#drawing ? this.#ended() : this.#begin([...this.#at]);
    else if (way) {
      const [across, down] = this.#at;
      this.#at = [onPad(across + way[1] * KEY_STEP), onPad(down + way[0] * KEY_STEP)];
      this.#drawing?.points.push([...this.#at]);
      this.#changed();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Everything as it is now, on the pad and as the network is given it. */
  #paint() {
    const context = /** @type {CanvasRenderingContext2D} */ (this.board.getContext("2d", { willReadFrequently: true }));
    context.fillStyle = "#000";
    context.fillRect(0, 0, PAD_CELLS, PAD_CELLS);
    Object.assign(context, { lineWidth: BRUSH, lineCap: "round", lineJoin: "round" });
    for (const { erases, points } of this.#strokes) {
      context.strokeStyle = erases ? "#000" : "#fff";
      context.beginPath();
      context.moveTo(...points[0]);
      for (const point of points.length > 1 ? points.slice(1) : points) context.lineTo(...point);
      context.stroke();
    }
    const { data } = context.getImageData(0, 0, PAD_CELLS, PAD_CELLS);
    const rows = prepared(
      Array.from({ length: PAD_CELLS }, (_row, r) =>
        Array.from({ length: PAD_CELLS }, (_column, c) => data[4 * (r * PAD_CELLS + c)] / 255),
      ),
    );
    this.#show(rows);
    if (document.activeElement === this.board) this.#cursor(context);
    return rows;
  }

  /** Where the keys would draw. @param {CanvasRenderingContext2D} context */
  #cursor(context) {
    context.strokeStyle = "#8ab4ff";
    context.lineWidth = 1;
    context.strokeRect(this.#at[0] - BRUSH / 2, this.#at[1] - BRUSH / 2, BRUSH, BRUSH);
  }

  /** @param {Rows} rows */
  #show(rows) {
    const context = /** @type {CanvasRenderingContext2D} */ (this.given.getContext("2d"));
    const image = context.createImageData(DIGIT_SIDE, DIGIT_SIDE);
    for (const [place, value] of rows.flat().entries()) image.data.set([value, value, value, 255], 4 * place);
    context.putImageData(image, 0, 0);
  }

  /** What was drawn goes to the server as fast as it answers; the last always does. */
  async #changed() {
    this.#untold = this.#paint();
    if (this.#telling) return;
    this.#telling = true;
    while (this.#untold) {
      const rows = this.#untold;
      this.#untold = null;
      const refusal = await this.acts.change(rows);
      if (refusal) this.acts.refuse(refusal);
    }
    this.#telling = false;
    if (!this.#drawing) this.#finish();
  }

  /** A finished drawing is kept as a picture, so that its address stays short. */
  async #finish() {
    if (this.#telling) return;
    this.board.dispatchEvent(new Event("release", { bubbles: true }));
    const picture = await new Promise((resolve) => this.given.toBlob(resolve, "image/png"));
    if (picture && !this.#drawing) await this.acts.keep(picture);
  }
}

/** @param {number} place */
const onPad = (place) => Math.max(0, Math.min(PAD_CELLS, place));
