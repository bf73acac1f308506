/** Looking and choosing with the pointer: a cell, a weight, a plane. */
import { pointIn } from "../page/pointer.js";

/** @typedef {import("./pane.js").Pane} Pane */
/**
 * @typedef {object} PointingEvents
 * @property {(index: number | null) => void} hover  a step is looked at; null: no longer
 * @property {(index: number) => void} pick  a step is chosen
 * @property {(probe: Probe | null) => void} [probe]  a number of the arithmetic is pointed at
 */
/** @typedef {{ model?: Model, painter?: Painter, step: Step | null,
 *              light: (lit: { input?: Mark, output?: Mark, colour?: string }) => void }} Lit */

export class Pointing {
  /** @param {Lit} stage  @param {PointingEvents} events */
  constructor(stage, events) {
    this.stage = stage;
    this.events = events;
  }

  /** @param {Pane} pane */
  listen(pane) {
    const at = (/** @type {PointerEvent | MouseEvent} */ event) => {
      if (!pane.view) return null;
      const { x, y } = pointIn(pane.view.sheet.node, event);
      return pane.view.atPoint(x, y);
    };
    const pick = (/** @type {PointerEvent | MouseEvent} */ event) => {
      const index = this.#chosen(pane, at(event));
      if (index >= 0) this.events.pick(index);
    };
    let pressed = /** @type {{ clientX: number, clientY: number } | null} */ (null);
    pane.node.addEventListener("pointerdown", (event) => {
      pressed = event.button === 0 ? event : null;
    });
    pane.node.addEventListener("pointermove", (event) => {
      if (event.buttons & 1 && pressed && apart(event, pressed)) pick(event);
      else if (event.pointerType !== "touch") this.#hover(pane, at(event));
    });
    pane.node.addEventListener("pointerleave", () => this.#hover(pane, null));
    pane.node.addEventListener("click", pick);
  }

  /** @param {Pane} pane  @param {number[] | null} at */
  #hover(pane, at) {
    const { model, painter } = this.stage;
    if (!model || !painter) return;
    const index = this.#stepAt(pane, at);
    this.events.hover(index < 0 ? null : index);
    if (!at || index >= 0 || !inside(pane, at)) this.stage.light({});
    else if (pane.role === "input")
      this.stage.light({ output: painter.feeds(model, at), colour: model.palette.output });
    else if (painter.stampedBy) this.stage.light({ input: painter.stampedBy(model, at), colour: model.palette.input });
  }

  /** @param {Pane} pane  @param {number[] | null} at */
  #stepAt(pane, at) {
    const { model, painter } = this.stage;
    if (!at || !model || !painter || !inside(pane, at)) return -1;
    const index = painter.stepAt(model, pane.role, at);
    return index < model.start.steps ? index : -1;
  }

  /**
   * A click on an input cell picks the middle one of the steps that read it.
   * @param {Pane} pane  @param {number[] | null} at
   */
  #chosen(pane, at) {
    const { model, painter } = this.stage;
    const index = this.#stepAt(pane, at);
    if (index >= 0 || !at || !model || !painter || pane.role !== "input" || !inside(pane, at)) return index;
    const { planes, rows, columns } = painter.feeds(model, at);
    if (!rows.length || !columns.length) return -1;
    return painter.stepAt(model, "output", [planes[0], rows[rows.length >> 1], columns[columns.length >> 1]]);
  }

  /** A weight lights every input cell it ever multiplies, a window's cell lights itself. @param {Probe | null} probe */
  probed(probe) {
    const { model, painter, step } = this.stage;
    if (!probe || !painter || !model || !step) return this.stage.light({});
    if (probe.part === "input") {
      const at = [probe.channel, probe.row, probe.column];
      return this.stage.light({ output: painter.feeds(model, at), colour: model.palette.output });
    }
    if (probe.part === "kernel" && painter.multiplies) {
      return this.stage.light({ input: painter.multiplies(model, step, probe), colour: model.palette.kernel });
    }
    const { rows, columns, planes } = painter.reads(model, step);
    const plane = planes[Math.min(probe.channel, planes.length - 1)];
    const cell = { planes: [plane], rows: [rows[probe.row]], columns: [columns[probe.column]] };
    return this.stage.light(rows.length > probe.row ? { input: cell, colour: model.palette.input } : {});
  }

  /** A thumbnail: the same place in another plane. @param {"input" | "output"} role  @param {number} plane */
  choosePlane(role, plane) {
    const { model, painter, step } = this.stage;
    if (!model || !painter || !step) return;
    const at = [plane, step.at[1], step.at[2]];
    const fed = role === "input" ? painter.feeds(model, at).planes : [];
    const index =
      role === "output" || painter.stepAt(model, role, at) >= 0
        ? painter.stepAt(model, role, at)
        : fed.length === 1
          ? painter.stepAt(model, "output", [fed[0], at[1], at[2]])
          : -1;
    if (index >= 0 && index < model.start.steps) this.events.pick(index);
  }
}

/** A finger that is put down trembles: so many pixels are no drag. */
const STILL_WITHIN = 5;

/** @typedef {{ clientX: number, clientY: number }} Point */

/** @param {Point} one  @param {Point} other */
function apart(one, other) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) > STILL_WITHIN;
}

/** @param {Pane} pane  @param {readonly number[]} at */
function inside({ view }, at) {
  return Boolean(view && at.every((place, axis) => place >= 0 && place < view.picture.shape[axis]));
}
