/** Planes of a picture, laid out on a sheet of their own. */
import { PlaneView } from "../../static/stage/planes.js";
import { PALETTE } from "./scenes.js";

/** @param {import("../../static/stage/planes.js").Picture} picture  @param {number[]} [planes] */
export function planeLaidOut(picture, planes = [0], room = { width: 300, height: 300 }) {
  const [node, ink, marks] = ["div", "canvas", "canvas"].map((tag) => document.createElement(tag));
  const view = new PlaneView(/** @type {any} */ ({ node, ink, marks }), picture, PALETTE);
  view.layOut(room, planes);
  return view;
}

/** The same, its lines and names drawn already. @param {import("../../static/stage/planes.js").Picture} picture
 * @param {number[]} [planes] */
export function planeShown(picture, planes, room) {
  const view = planeLaidOut(picture, planes, room);
  view.ink.calls.length = 0;
  return view;
}
