import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { LinkTable } from "../../static/views/chain/link-table.js";
import { fire } from "./dom.js";
import { convolution, DEEDS, viewed } from "./scenes.js";

const LINKS = [
  [1, 1, 0],
  [0, 1, 1],
];

/** A layer of two maps, each of which sees two of three channels. @param {number[][] | undefined} links */
function linked(links) {
  const scene = convolution();
  const start = { ...scene.opening.start, links, output_shape: [2, 3, 4], steps: 24 };
  return viewed({ ...scene, opening: { ...scene.opening, start } });
}

/** The marked cells of the table as 1. @param {any} table  @param {string} name */
const having = (table, name) =>
  table.root
    .querySelectorAll("tbody tr")
    .map((/** @type {any} */ row) =>
      row.querySelectorAll("td").map((/** @type {any} */ cell) => Number(cell.classList.contains(name))),
    );

test("a row for each channel, a column for each map, and the walked map's column is lit", () => {
  const table = new LinkTable(DEEDS);
  table.adopt(linked(LINKS));
  assert.equal(table.root.hidden, false);
  assert.deepEqual(having(table, "linked"), [
    [1, 0],
    [1, 1],
    [0, 1],
  ]);
  table.show(/** @type {any} */ ({ at: [1, 2, 3] }));
  assert.deepEqual(having(table, "walked"), [
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
  table.adopt(linked(undefined));
  assert.equal(table.root.hidden, true, "a layer that sees all has no table");
});

test("a column that is pointed at shows the step of its map, a click walks there, a row shows who uses it", () => {
  const told = /** @type {any[]} */ ([]);
  const table = new LinkTable({ ...DEEDS, look: (step) => told.push(step), seek: (step) => told.push(`to ${step}`) });
  table.adopt(linked(LINKS));
  table.show(/** @type {any} */ ({ at: [0, 2, 3] }));
  const buttons = /** @type {any[]} */ (table.root.querySelectorAll("button"));
  fire(buttons[1], "focusin");
  assert.deepEqual(told, [23], "map 2, row 3, column 4");
  assert.deepEqual(having(table, "pointed"), [
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
  buttons[1].click();
  assert.equal(told.at(-1), "to 23");
  const rows = /** @type {any[]} */ (table.root.querySelectorAll("tbody th"));
  fire(rows[2], "pointerover");
  assert.deepEqual(having(table, "pointed-row")[2], [1, 1]);
  assert.equal(told.at(-1), null);
});
