/** A pad to draw a digit on, with mouse, finger, pen or keys; what a network is given of it is shown beside it. */
import { DIRECTIONS } from "../page/directions.js";
import { icon, make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { DIGIT_SIDE, preparation } from "./drawn-digit.js";
import { Newest } from "./newest.js";
import { link } from "./pieces.js";

/** @typedef {import("./drawn-digit.js").Rows} Rows */
/** @typedef {[number, number]} Point  column and row, in cells of the pad */
/** @typedef {{ erases: boolean, points: Point[] }} Stroke */
/**
 * @typedef {object} PadActs
 * @property {(rows: Rows) => Promise<string>} change  while it is drawn; resolves to the refusal, or to nothing
 * @property {(picture: Blob) => Promise<void>} keep  one that is finished
 * @property {(sentence: string) => void} refuse
 * @property {string} address  of the script that shows what a network makes of it
 */

/** Cells of the pad along a side: three for each that the network is given. */
const PAD_CELLS = 84;
const BRUSH = 7;
const KEY_STEP = 3; // cells that an arrow goes

/** Milliseconds that a hand rests before the whole scene follows it. */
const REST = 160;
const ERASER_OF_A_PEN = 32; // in the buttons of an event
const BRUSH_ICON = "M4 20c4 0 5-2 5-4l9-11 2 2-9 11M9 16l2 2";
const ERASER_ICON = "M9 20l-5-5 9-10 7 6-8 9zM9 10l7 6";

export class Pad {
  /** @type {Stroke[]} */
  #strokes = [];
  /** @type {Stroke | null} */
  #drawing = null;
  /** Where the keys are. @type {Point} */
  #at = [PAD_CELLS / 2, PAD_CELLS / 2];
  #erases = false;
  /** Drawings that the server is told. @type {Newest<Rows>} */
  #told = new Newest((rows) => this.#tell(rows));
  #rest = 0;
  /** Comes when the pad opens. @type {import("./shown-digit.js").ShownDigit | null} */
  #shown = null;
  /** @type {Opening | null} */
  #opening = null;

  /** @param {PadActs} acts */
  constructor(acts) {
    this.acts = acts;
    this.board = make("canvas", { tabindex: "0", role: "application" });
    this.board.ariaLabel = _("Draw a digit: arrows move, Space draws or lifts the pen");
    this.given = make("canvas", { role: "img", "aria-label": _("What the network is given") });
    Object.assign(this.board, { width: PAD_CELLS, height: PAD_CELLS });
    Object.assign(this.given, { width: DIGIT_SIDE, height: DIGIT_SIDE });
    this.brush = this.#tool(BRUSH_ICON, _("Brush"), false);
    this.eraser = this.#tool(ERASER_ICON, _("Eraser"), true);
    this.button = make("button", { type: "button", class: "button", "aria-pressed": "false" }, _("Draw a digit"));
    this.button.addEventListener("click", () => this.#open(Boolean(this.root.hidden)));
    const tools = make(
      "div",
      { class: "pad-tools" },
      make("div", { class: "pad-pens", role: "group", "aria-label": _("What draws") }, this.brush, this.eraser),
      link(_("Undo"), () => this.#undo()),
    );
    tools.append(link(_("Clear"), () => this.#clear()));
    const about = make("p", { class: "quiet" });
    about.textContent = _("As the digits were: in a box of 20 × 20, its centre of mass in the middle of 28 × 28.");
    this.boards = make("div", { class: "pad-boards" }, this.board);
    this.root = make("div", { class: "digit-pad", hidden: true }, this.boards, tools, about);
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
    if (!open) return;
    this.board.focus();
    this.#bring();
  }

  /** What shows the preparation and the answers. */
  async #bring({ address } = this.acts) {
    if (this.#shown) return this.#adopt();
    const { ShownDigit } = await import(address);
    this.#shown ??= new ShownDigit(this.given);
    this.boards.append(/** @type {HTMLElement} */ (this.#shown?.answers));
    this.root.append(/** @type {HTMLElement} */ (this.#shown?.steps));
    this.#adopt();
    this.#paint();
  }

  /** The scene that is walked now. @param {Opening} opening */
  show(opening) {
    this.#opening = opening;
    if (!this.root.hidden && !this.#drawing) this.#adopt();
  }

  #adopt() {
    if (this.#opening) this.#shown?.adopt(this.#opening);
  }

  /** @param {string} path  @param {string} word  @param {boolean} erases */
  #tool(path, word, erases) {
    const button = make(
      "button",
      { type: "button", class: "button", "aria-pressed": String(!erases) },
      icon(path),
      word,
    );
    button.addEventListener("click", () => this.#erase(erases));
    return button;
  }

  /** @param {boolean} erases */
  #erase(erases) {
    this.#erases = erases;
    this.brush.ariaPressed = String(!erases);
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
    this.#begin(this.#pointOf(event), this.#erases || Boolean(event.buttons & ERASER_OF_A_PEN));
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    if (!this.#drawing || !event.buttons) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) this.#drawing.points.push(this.#pointOf(each));
    this.#changed();
  }

  /** @param {Point} point  @param {boolean} erases */
  #begin(point, erases) {
    this.board.dispatchEvent(new Event("hold", { bubbles: true }));
    this.#drawing = { erases, points: [point] };
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
    if (event.key === " ") this.#drawing ? this.#ended() : this.#begin([...this.#at], this.#erases);
    else if (way) {
      const [across, down] = this.#at;
      this.#at = [onPad(across + way[1] * KEY_STEP), onPad(down + way[0] * KEY_STEP)];
      this.#drawing?.points.push([...this.#at]);
      this.#drawing ? this.#changed() : this.#paint();
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
    const ink = Array.from({ length: PAD_CELLS }, (_row, r) =>
      Array.from({ length: PAD_CELLS }, (_column, c) => data[4 * (r * PAD_CELLS + c)] / 255),
    );
    const made = preparation(ink);
    this.#show(made.rows);
    this.#shown?.show(ink, made);
    if (document.activeElement === this.board) this.#cursor(context);
    return made.rows;
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

  /** While a hand moves, the answers alone follow it; the scene does so where it rests. */
  #changed() {
    const rows = this.#paint();
    this.#told.waiting = rows;
    clearTimeout(this.#rest);
    if (!this.#shown?.answering) return void this.#follow();
    this.#shown.tell(rows);
    this.#rest = window.setTimeout(() => this.#follow(), REST);
  }

  async #follow() {
    if ((await this.#told.run()) && !this.#drawing) this.#finish();
  }

  /** @param {Rows} rows */
  async #tell(rows) {
    const refusal = await this.acts.change(rows);
    if (refusal) this.acts.refuse(refusal);
  }

  /** A finished drawing is kept as a picture, so that its address stays short. */
  async #finish() {
    clearTimeout(this.#rest);
    if (this.#told.busy) return;
    this.#told.waiting = null;
    this.board.dispatchEvent(new Event("release", { bubbles: true }));
    const picture = await new Promise((resolve) => this.given.toBlob(resolve, "image/png"));
    if (picture && !this.#drawing) await this.acts.keep(picture);
  }
}

/** @param {number} place */
const onPad = (place) => Math.max(0, Math.min(PAD_CELLS, place));
