/** What painters write for a step, on canvases that remember it. */
import { recorder, told } from "./canvas.js";

const BOX = { width: 420, height: 300 };

/** Texts that a painter writes for a step. @param {any} painter  @param {Model} model  @param {Step} step */
export function drawn(painter, model, step, box = BOX) {
  const plan = painter.plan(model, step, box);
  const [still, moving] = [recorder(null), recorder(null)];
  painter.still(still, plan, model, step);
  painter.moving(moving, plan, model, step);
  const texts = (/** @type {any} */ context) => told(context, "fillText").map(({ args: [text] }) => text);
  return { plan, still, moving, labels: texts(still), numbers: texts(moving) };
}

/** The middle of a cell of a part. @param {any} part  @param {number} row  @param {number} column */
export const middle = (part, row, column) => [part.x + (column + 0.5) * part.cell, part.y + (row + 0.5) * part.cell];

/** @param {any} plan  @param {string} name */
export const partOf = (plan, name) => plan.rows[0].parts.find((/** @type {any} */ part) => part.part === name);
