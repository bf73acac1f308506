import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawSum, partAt, planRows, rowsThatFit } from "../../static/painters/rows.js";
import { middle } from "./drawn.js";

const BOX = { width: 420, height: 300 };

/** @param {object} [more]  @returns {any} */
const wish = (more = {}) => ({
  parts: ["window", "kernel", "products"].map((part, place) => ({
    part,
    rows: 3,
    columns: 3,
    sign: ["", "⊙", "="][place],
    letters: [4],
  })),
  channels: [0],
  names: ["1"],
  sums: false,
  more: "",
  heads: { window: "window", kernel: "kernel", products: "products" },
  ...more,
});

test("grids never overlap, and stay inside their box", () => {
  for (const width of [180, 260, 330, 420, 700])
    for (const height of [120, 200, 330, 500])
      for (const channels of [[0], [0, 1], [0, 1, 2]]) {
        const plan = planRows(wish({ channels, names: ["1", "2", "3"], sums: channels.length > 1 }), { width, height });
        const boxes = plan.rows.flatMap(({ parts }) =>
          parts.map(({ x, y, cell, rows, columns }) => ({ x, y, right: x + columns * cell, bottom: y + rows * cell })),
        );
        for (const box of boxes) assert.ok(box.x >= 0 && box.right <= width + 1, `${width}x${height}: ${box.right}`);
        for (const [place, one] of boxes.entries())
          for (const other of boxes.slice(place + 1))
            assert.ok(one.right <= other.x || other.right <= one.x || one.bottom <= other.y || other.bottom <= one.y);
      }
});

test("window, kernel and products always stand in one row", () => {
  for (const width of [150, 230, 420, 900]) {
    const [window, kernel, products] = planRows(wish(), { width, height: 330 }).rows[0].parts;
    assert.ok(window.y === kernel.y && kernel.y === products.y && window.x < kernel.x && kernel.x < products.x);
  }
});

test("a place in a grid is found again, a place between grids is none", () => {
  const plan = planRows(wish(), BOX);
  for (const part of plan.rows[0].parts)
    for (let row = 0; row < 3; row += 1)
      for (let column = 0; column < 3; column += 1) {
        const [x, y] = middle(part, row, column);
        const found = partAt(plan.rows, x, y);
        assert.deepEqual([found?.part.part, found?.down, found?.across], [part.part, row, column]);
      }
  const [window, kernel] = plan.rows[0].parts;
  assert.equal(partAt(plan.rows, (window.x + 3 * window.cell + kernel.x) / 2, window.y + 5), null);
});

test("so many rows are planned as keep their digits, and always one", () => {
  assert.equal(rowsThatFit(40, 3), 1);
  assert.ok(rowsThatFit(300, 3) >= 3);
  assert.ok(rowsThatFit(900, 5) > rowsThatFit(300, 5));
});

test("a sum after a row ends inside its box, however long it is", () => {
  for (const width of [180, 300, 336, 420])
    for (const sum of [5, -0.314, -0.000123, -123456.5]) {
      const parts = wish().parts.map((/** @type {object} */ part) => ({ ...part, letters: [7] }));
      const several = { parts, channels: [0, 1], names: ["1", "2"], sums: true };
      const [row] = planRows(wish(several), { width, height: 900 }).rows;
      /** @type {any} */
      const context = {
        font: "",
        clearRect() {},
        /** @param {string} text  @param {number} x */
        fillText(text, x) {
          const size = Number(/([\d.]+)px/.exec(this.font)?.[1]);
          assert.ok(x + 0.602 * size * text.length <= width + 0.5, `${text} in ${width}: ${x}, ${size}px`);
          assert.ok(size >= 9 || text.length > 9, `${text} in ${width}: ${size}px`);
        },
      };
      drawSum(context, row, sum, /** @type {any} */ ({ mono: "monospace" }));
    }
});
