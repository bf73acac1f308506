/** A plane of numbers as a small picture, a pixel a cell. */
import { make } from "../../page/elements.js";

export class Plane {
  root = make("canvas", { class: "plane" });

  /** @param {readonly (readonly number[])[]} rows  @param {import("../../drawing/scale.js").Scale} scale */
  draw(rows, scale) {
    const [height, width] = [rows.length, rows[0].length];
    this.root.width = width;
    this.root.height = height;
    const context = this.root.getContext("2d");
    if (!context) return;
    const sheet = context.createImageData(width, height);
    new Uint32Array(sheet.data.buffer).set(rows.flatMap((row) => row.map((value) => scale.pixel(value))));
    context.putImageData(sheet, 0, 0);
  }
}
