/** What lets a slow step be felt: sight lines between the panes, a quiet picture, the sum that lands in its cell. */
import { beam, dot, placed, wayOf } from "./beams.js";
import { glance } from "./glance.js";
import { lightMark } from "./lighting.js";

/** Of a picture outside the window. */
const VEIL = 0.22;

/** Of the way of the sum. */
const WAY = 0.5;

/** Milliseconds for each product in turn, and in all at the most; of the sum on its way, and of the flash. */
const TURN = 25;
const TURNS = 300;
const FLIGHT = 120;
const FLASH = 240;

/** More steps a second than frames cannot be read: their numbers are written once in so many milliseconds. */
const FRAMES = 60;
const BETWEEN = 100;

/** Milliseconds in which a new scene stands without what its step joins: one that a slider passes never has it. */
const AFTER_CHANGE = 120;

/** Grids of more cells are not gone through. */
const MANY = 27;

/** Straight parts of a way that bends. */
const PARTS = 24;

/** Windows of more channels are not joined with their grids, nor several that are smaller than this. */
const BEAMS = 3;
const LEAST_BEAM = 44;

/** Grids have so much room around them, which nothing crosses. */
const ROUND = 8;

/**
 * @typedef {object} Shown  a step as it stands on the stage
 * @property {Step} step  @property {Mark} reads  @property {Mark} writes
 * @property {{ row: number, column: number }} offset  of a window that is still on its way
 */
/** @typedef {{ inspected: boolean, playing: boolean, speed: number, index: number }} Manner  how a step is walked to */
/** @typedef {import("./planes.js").PlaneView} PlaneView */
/** @typedef {Pick<typeof import("../drawing/cells.js"), "drawFrame" | "sizeCanvas">} Pencils */

export class Effects {
  light = lightMark;
  #canvas = document.createElement("canvas");
  #since = -Infinity;
  #due = false;
  #written = 0;
  #rested = 0;
  /** What of the newest step is written later. @type {{ timer: number, write: () => void } | null} */
  #owed = null;
  /** @type {Shown | null} */
  #shown = null;

  /** @param {import("./stage.js").Stage} stage  @param {Pencils} pencils  those of the stage, which are here already */
  constructor(stage, pencils) {
    this.stage = stage;
    this.model = stage.model;
    this.pencils = pencils;
    this.#canvas.className = "effects";
    this.#canvas.setAttribute("aria-hidden", "true");
    stage.node.append(this.#canvas);
  }

  /** A step begins that somebody watches. */
  begin() {
    this.#since = performance.now();
    this.stage.clock.add(this.#move);
  }

  close() {
    clearTimeout(this.#rested);
    this.stage.clock.delete(this.#move);
  }

  /**
   * Whether a step passes without its numbers; the last of those that do is written after it.
   * @param {Step} step  @param {Manner} manner  @param {import("./timeline.js").Timeline} timeline
   */
  paces(step, { inspected, playing, speed, index }, timeline) {
    const now = performance.now();
    const silent = playing && !inspected && speed > FRAMES && now - this.#written < BETWEEN;
    this.#forget();
    const write = () => {
      this.#forget();
      if (this.stage.step !== step) return; // another scene
      this.stage.board.show(step);
      timeline.showStep(index, playing);
    };
    if (silent) this.#owed = { timer: setTimeout(write, BETWEEN), write };
    else this.#written = now;
    return silent;
  }

  #forget() {
    clearTimeout(this.#owed?.timer);
    this.#owed = null;
  }

  #move = () => {
    if (!this.#shown || performance.now() - this.#since > this.#turns + FLIGHT + FLASH)
      this.stage.clock.delete(this.#move);
    if (!this.#due) this.#draw();
  };

  /** Under the marks: the picture steps back where the window is not. @param {Shown} shown */
  under({ reads, offset }) {
    const view = this.stage.pictures.input.view;
    if (!view || view.lettering.size || view.grid.wrapped || !reads.rows.length) return;
    const { marks, palette } = view;
    const { width, height } = view.side;
    marks.fillStyle = palette.paper;
    marks.globalAlpha = VEIL;
    for (const place of view.places) {
      const block = blockOf(view, reads, place.plane, offset);
      marks.beginPath();
      marks.rect(place.x, place.y, width, height);
      if (block) marks.rect(block.x, block.y, block.width, block.height);
      marks.fill("evenodd");
    }
    marks.globalAlpha = 1;
  }

  /** Over the panes: what the step joins, once all of it is written: before that, to ask where it lies would cost a
   * layout. @param {Shown | null} shown  null: too fast to be followed */
  over(shown) {
    this.#shown = shown;
    if (shown) this.#owed?.write(); // a walk that rests has its numbers
    this.stage.board.node.classList.remove("awaited");
    const drawn = Boolean(shown) && !this.#rests();
    if (this.#canvas.hidden === drawn) this.#canvas.hidden = !drawn;
    if (!drawn || this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.#draw();
    });
  }

  /** Whether the scene is so new that its first step is not joined yet. */
  #rests() {
    const { model } = this.stage;
    if (model === this.model) return false;
    this.model = model;
    clearTimeout(this.#rested);
    this.#rested = setTimeout(() => this.over(this.#shown), AFTER_CHANGE);
    return true;
  }

  /** A step is pointed at whose numbers are on their way. @param {number} index */
  glance(index) {
    this.over(null);
    glance(this.stage, index);
  }

  /** Milliseconds until all products had their turn. */
  get #turns() {
    const part = this.stage.board.plan?.rows?.[0]?.parts?.[0];
    const count = part ? part.rows * part.columns * this.stage.board.plan.rows.length : 0;
    return count > 1 && count <= MANY ? Math.min(TURNS, TURN * count) : 0;
  }

  #draw() {
    const { stage } = this;
    const [shown, { model }] = [this.#shown, stage];
    if (!shown || !model) return;
    const { offsetWidth, offsetHeight } = stage.node;
    if (!offsetWidth) return;
    const context = this.pencils.sizeCanvas(this.#canvas, offsetWidth, offsetHeight, model.palette.ratio);
    const time = performance.now() - this.#since;
    const turns = this.#turns;
    this.#land(context, shown, model.palette, Math.max(0, time - turns));
    this.#spare(context);
    this.#joinWindow(context, shown, model.palette);
    if (time < turns) this.#turn(context, time / turns, model.palette);
  }

  /** Where a node of the panes lies, in their own pixels. @param {Element | null} node  @returns {Box | null} */
  #boxOf(node) {
    const [own, whole] = [node?.getBoundingClientRect(), this.stage.node.getBoundingClientRect()];
    if (!own?.width) return null;
    const scale = this.stage.node.offsetWidth / whole.width || 1;
    return {
      x: (own.left - whole.left) * scale,
      y: (own.top - whole.top) * scale,
      width: own.width * scale,
      height: own.height * scale,
    };
  }

  /** Where a block of cells lies on the panes.
   * @param {"input" | "output"} name  @param {Mark} mark  @param {number} plane  @param {Shown["offset"]} [offset] */
  #cellsOf(name, mark, plane, offset) {
    const { view, node } = this.stage.pictures[name];
    const sheet = this.#boxOf(node.querySelector(".sheet"));
    const block = view && blockOf(view, mark, plane, offset);
    return sheet && block ? { ...block, x: sheet.x + block.x, y: sheet.y + block.y } : null;
  }

  /** Where the grids of the arithmetic lie: their canvas, and how much larger it is drawn. */
  #board() {
    const { plan, node, type } = this.stage.board;
    const box = this.#boxOf(node.querySelector(".board canvas"));
    return box && plan?.rows
      ? { box, rows: /** @type {import("../painters/rows.js").Row[]} */ (plan.rows), type }
      : null;
  }

  /** The way of the sum goes behind grids and titles. @param {CanvasRenderingContext2D} context */
  #spare(context) {
    const board = this.#board();
    const boxes = board?.rows.length === 1 ? board.rows[0].parts.map((part) => placed(part, board)) : [];
    const [from, to] = [Math.min(...boxes.map(({ x }) => x)), Math.max(...boxes.map(({ x, width }) => x + width))];
    for (const node of this.stage.board.node.querySelectorAll(".board, .title > *")) {
      const box = this.#boxOf(node);
      if (!box) continue;
      const grids = boxes.length > 0 && node.matches(".board");
      const [left, right] = grids ? [from - ROUND, to + ROUND] : [box.x, box.x + box.width];
      context.clearRect(left - 2, box.y, right - left + 4, box.height);
    }
  }

  /** Light from each window to its grid. @param {CanvasRenderingContext2D} context  @param {Shown} shown
   * @param {Palette} palette */
  #joinWindow(context, { reads, offset }, palette) {
    const board = this.#board();
    const planes = this.stage.board.plan?.planes ?? reads.planes;
    const across = this.stage.node.matches(".narrow .many"); // where the sum stands between a picture and its grids
    if (!board || planes.length > BEAMS || across) return;
    board.rows.forEach((row, place) => {
      const part = row.parts.find(({ part: name }) => name === "window");
      const cells = this.#cellsOf("input", reads, planes[Math.min(place, planes.length - 1)], offset);
      const clear = board.rows.length === 1 || (part?.cell ?? 0) * (part?.columns ?? 0) >= LEAST_BEAM;
      if (part && cells && clear) beam(context, cells, placed(part, board), palette.input);
    });
  }

  /** Window, weight and product that belong together, one after another.
   * @param {CanvasRenderingContext2D} context  @param {number} share  @param {Palette} palette */
  #turn(context, share, palette) {
    const board = this.#board();
    if (!board) return;
    const [{ rows, columns }] = board.rows[0].parts;
    const place = Math.floor(share * board.rows.length * rows * columns);
    const row = board.rows[Math.floor(place / (rows * columns))];
    const [down, across] = [Math.floor((place % (rows * columns)) / columns), place % columns];
    for (const part of row?.parts ?? []) {
      const { x, y, width } = placed(part, board);
      const cell = width / part.columns;
      const colour = part.part === "window" ? palette.input : part.part === "kernel" ? palette.kernel : palette.output;
      const box = { x: x + across * cell + 1, y: y + down * cell + 1, width: cell - 2, height: cell - 2 };
      this.pencils.drawFrame(context, box, colour, palette.paper, 3);
    }
  }

  /** The sum on its way to its cell, and the cell that takes it.
   * @param {CanvasRenderingContext2D} context  @param {Shown} shown  @param {Palette} palette
   * @param {number} time  since it was added up */
  #land(context, { writes }, palette, time) {
    const told = [...this.stage.board.node.querySelectorAll(".result *")];
    const sum = this.#boxOf(told.findLast((node) => node.matches(".output")) ?? null);
    const last = this.#boxOf(told[told.length - 1] ?? null); // a direction may stand behind the sum
    const cell = this.#cellsOf("output", writes, writes.planes[0]);
    if (!sum || !last || !cell) return;
    const at = wayOf(sum, Math.max(sum.x + sum.width, last.x + last.width), cell);
    const gone = Math.min(1, time / FLIGHT);
    context.strokeStyle = context.fillStyle = palette.output;
    context.lineWidth = 1.5;
    context.globalAlpha = WAY;
    context.beginPath();
    for (let part = 0; part <= PARTS; part += 1) context.lineTo(...at((gone * part) / PARTS));
    context.stroke();
    context.globalAlpha = 1;
    if (gone < 1) dot(context, at(gone));
    const flash = gone < 1 ? 0 : 1 - (time - FLIGHT) / FLASH;
    if (flash <= 0) return;
    context.globalAlpha = 0.6 * flash;
    context.fillRect(cell.x, cell.y, cell.width, cell.height);
    context.globalAlpha = 1;
    const grown = 8 * flash;
    this.pencils.drawFrame(
      context,
      { x: cell.x - grown, y: cell.y - grown, width: cell.width + 2 * grown, height: cell.height + 2 * grown },
      palette.output,
      palette.paper,
      2,
    );
  }
}

/** @param {PlaneView} view  @param {Mark} mark  @param {number} plane  @param {Shown["offset"]} [offset] */
function blockOf(view, { planes, rows, columns }, plane, offset = { row: 0, column: 0 }) {
  if (!planes.includes(plane) || !rows.length || !columns.length) return null;
  const [down, across] = [rows[rows.length - 1] - rows[0] + 1, columns[columns.length - 1] - columns[0] + 1];
  return view.blockAt([plane, rows[0] + offset.row, columns[0] + offset.column], down, across);
}
