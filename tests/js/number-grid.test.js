import "./dom.js";
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { NumberGrid } from "../../static/lab/number-grid.js";
import { fire } from "./dom.js";

/** A server that reads numbers, a comma as a decimal point, and asks what 1,250 means. */
const READ = /** @type {any} */ (
  async (/** @type {string} */ _address, /** @type {RequestInit} */ { body }) => {
    const { text } = JSON.parse(String(body));
    if (text === "1,250") {
      const readings = [1.25, 1250].map((value) => ({ values: [[value]] }));
      return Response.json({ detail: "1.25 or 1250?", readings }, { status: 422 });
    }
    const value = Number(text.replace("−", "-").replace(",", "."));
    return Number.isNaN(value)
      ? Response.json({ detail: `${text} is no number` }, { status: 422 })
      : Response.json({ values: [[value]] });
  }
);

/** A grid in a page, and what comes of writing into it. @param {number[][]} [rows] */
function grid(
  rows = [
    [1, 2],
    [3, 4],
  ],
) {
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.fetch = READ;
  const told = /** @type {any[]} */ ([]);
  const made = new NumberGrid("Kernel", "weight", {
    change: (changed) => told.push(changed),
    answer: ({ sentence }) => told.push(sentence),
    paste: (text) => told.push(`paste ${text}`),
  });
  document.body.replaceChildren(made.root);
  made.show(rows);
  const cells = () => /** @type {any[]} */ (made.root.children);
  /** Type into a cell and wait until it was read. */
  const type = async (/** @type {number} */ place, /** @type {string} */ text) => {
    cells()[place].focus();
    cells()[place].value = text;
    fire(cells()[place], "input");
    mock.timers.tick(1000);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((go) => setImmediate(go));
  };
  return { made, told, cells, type };
}

test("a number that is written changes its cell alone", async () => {
  const { told, type, cells } = grid();
  await type(2, "-7");
  assert.deepEqual(told, [
    [
      [1, 2],
      [-7, 4],
    ],
  ]);
  assert.equal(cells()[2].hasAttribute("aria-invalid"), false);
  mock.timers.reset();
});

test("what is half typed counts only when it is whole", async () => {
  const { told, type } = grid();
  for (const text of ["-", "-0", "-0,"]) await type(0, text);
  assert.deepEqual(told, []);
  await type(0, "-0,5");
  assert.deepEqual(told, [
    [
      [-0.5, 2],
      [3, 4],
    ],
  ]);
  mock.timers.reset();
});

test("what is no number is said and stays to be mended, and leaving the cell brings the old one back", async () => {
  const { told, type, cells } = grid();
  await type(1, "two");
  assert.deepEqual([told, cells()[1].getAttribute("aria-invalid")], [["two is no number"], "true"]);
  cells()[1].blur();
  assert.equal(cells()[1].value, "2");
  mock.timers.reset();
});

test("what may mean two things is asked, and neither is taken", async () => {
  const { told, type } = grid();
  await type(1, "1,250");
  assert.deepEqual(told, ["1.25 or 1250?"]);
  mock.timers.reset();
});

test("arrows walk from cell to cell at the edge of a number, and Enter goes down", () => {
  const { cells } = grid();
  const press = (/** @type {any} */ cell, /** @type {string} */ key, start = 0, end = start) => {
    Object.assign(cell, { selectionStart: start, selectionEnd: end });
    return fire(cell, "keydown", { key });
  };
  const at = () => cells().indexOf(document.activeElement);
  cells()[0].focus();
  press(cells()[0], "ArrowRight", 0, 1);
  assert.equal(at(), 1, "a chosen number is left at once");
  press(cells()[1], "ArrowDown", 1);
  assert.equal(at(), 3);
  press(cells()[3], "ArrowUp", 1);
  assert.equal(at(), 1);
  press(cells()[1], "Enter", 1);
  assert.equal(at(), 3);
  cells()[0].value = "12";
  assert.equal(press(cells()[0], "ArrowRight", 1).defaultPrevented, false, "inside a number the caret moves");
  mock.timers.reset();
});

test("several numbers are pasted as a table, one into its cell", () => {
  const { told, cells } = grid();
  const paste = (/** @type {string} */ text) => fire(cells()[0], "paste", { clipboardData: { getData: () => text } });
  assert.equal(paste("1\t0\t-1\n2\t0\t-2").defaultPrevented, true);
  assert.equal(paste("0,5").defaultPrevented, false);
  assert.deepEqual(told, ["paste 1\t0\t-1\n2\t0\t-2"]);
  mock.timers.reset();
});

test("a grid of another size is built anew, and the focus goes to the nearest cell", () => {
  const { made, cells } = grid([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ]);
  cells()[8].focus();
  made.show([
    [1, 2],
    [3, 4],
  ]);
  assert.equal(cells().length, 4);
  assert.equal(document.activeElement, cells()[3]);
  assert.equal(cells()[1].getAttribute("aria-label"), "row 1, column 2");
  mock.timers.reset();
});

test("a kernel's cells wear the colours of their weights, a picture's none", () => {
  const { made, cells } = grid();
  assert.equal(cells()[0].style.background, undefined);
  made.show(
    [
      [1, -2],
      [0, 4],
    ],
    [1, -2, 0, 4],
  );
  assert.match(cells()[1].style.background, /^light-dark\(/);
  mock.timers.reset();
});

test("the sign of the cell that is written into can be changed without a key for it", async () => {
  const { made, cells } = grid();
  cells()[1].focus();
  made.changeSign();
  assert.equal(cells()[1].value, "−2");
  made.changeSign();
  assert.equal(cells()[1].value, "2");
  mock.timers.reset();
});
