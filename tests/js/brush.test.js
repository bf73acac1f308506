/** A board that is painted on, the fields of its sides, and a region that is drawn on a picture. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Brush } from "../../static/lab/brush.js";
import { SizeFields } from "../../static/lab/size-fields.js";
import { told } from "./canvas.js";
import { fire } from "./dom.js";

const zeros = (/** @type {number} */ rows, /** @type {number} */ columns) =>
  Array.from({ length: rows }, () => new Array(columns).fill(0));

/** A board of 10 pixels a cell. */
function board(rows = zeros(4, 6)) {
  /** @type {number[][][]} */
  const changes = [];
  const brush = new Brush((now) => changes.push(now));
  document.body.replaceChildren(brush.root);
  const node = /** @type {any} */ (brush.board);
  node.box = { left: 100, top: 50, width: 10 * rows[0].length, height: 10 * rows.length };
  brush.show(rows);
  const seen = /** @type {string[]} */ ([]);
  for (const kind of ["hold", "release"]) document.body.addEventListener(kind, () => void seen.push(kind));
  const at = (/** @type {number} */ row, /** @type {number} */ column) => ({
    button: 0,
    pointerId: 3,
    clientX: 100 + 10 * column + 5,
    clientY: 50 + 10 * row + 5,
  });
  const key = (/** @type {string} */ name, more = {}) => fire(node, "keydown", { key: name, ...more });
  return { brush, changes, node, seen, at, key };
}

test("a stroke paints each cell on its way, and is one change of the history", () => {
  const { changes, node, seen, at } = board();
  fire(node, "pointerdown", at(0, 0));
  fire(node, "pointermove", at(3, 3));
  fire(node, "pointerup", at(3, 3));
  assert.deepEqual(changes.at(-1), [
    [1, 0, 0, 0, 0, 0],
    [0, 1, 0, 0, 0, 0],
    [0, 0, 1, 0, 0, 0],
    [0, 0, 0, 1, 0, 0],
  ]);
  assert.deepEqual([seen, node.captured], [["hold", "release"], 3]);
  fire(node, "pointermove", at(3, 5));
  fire(node, "pointerup", at(3, 5));
  assert.deepEqual([changes.length, seen.length], [2, 2]);
});

test("however fast the hand is a stroke has no gaps: each cell touches the next, between any two places", () => {
  for (let from = 0; from < 64; from += 7)
    for (let to = 0; to < 64; to += 3) {
      const { changes, node, at } = board(zeros(8, 8));
      fire(node, "pointerdown", at(from >> 3, from & 7));
      fire(node, "pointermove", at(to >> 3, to & 7));
      const rows = changes.at(-1) ?? [];
      const far = Math.max(Math.abs((from >> 3) - (to >> 3)), Math.abs((from & 7) - (to & 7)));
      assert.equal(
        rows.flat().reduce((sum, cell) => sum + cell, 0),
        far + 1,
        `${from} to ${to}`,
      );
      assert.deepEqual([rows[from >> 3][from & 7], rows[to >> 3][to & 7]], [1, 1]);
    }
});

test("outside the board the nearest cell is painted; another button than the first paints nothing", () => {
  const { changes, node, at } = board();
  fire(node, "pointerdown", { ...at(0, 0), button: 2 });
  assert.equal(changes.length, 0);
  fire(node, "pointerdown", { ...at(0, 0), clientX: -900, clientY: 9000 });
  assert.equal(changes.at(-1)?.[3][0], 1);
  fire(node, "pointermove", { ...at(0, 0), clientX: 9000, clientY: 9000 });
  assert.deepEqual(changes.at(-1)?.[3], [1, 1, 1, 1, 1, 1]);
});

test("the brush has the largest number at first, but never less than one, and then what was written", () => {
  assert.equal(board([[3, 7]]).brush.value.value, "7");
  assert.equal(board([[-3, 0]]).brush.value.value, "1");
  const { brush, changes, key } = board([[3, 7]]);
  brush.value.value = "-2.5";
  key(" ");
  assert.deepEqual(changes, [[[-2.5, 7]]]);
  brush.show([[3, 70]]);
  assert.equal(brush.value.value, "-2.5");
  brush.value.value = "";
  key(" ");
  assert.equal(changes.length, 1, "nothing is painted with no number");
});

test("arrows stay on the board and Space paints; a cell that holds the number already is no change", () => {
  const { changes, key, node } = board([
    [5, 0],
    [0, 0],
  ]);
  key("ArrowLeft");
  key(" ");
  assert.equal(changes.length, 0);
  for (const name of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"]) assert.ok(key(name).defaultPrevented);
  key(" ");
  assert.deepEqual(changes.at(-1), [
    [5, 0],
    [0, 5],
  ]);
  assert.match(node.ariaLabel, /row 2, column 2: 5/);
  const others = [key("x"), key("ArrowUp", { ctrlKey: true }), key("ArrowUp", { altKey: true }), key("Tab")];
  assert.deepEqual(
    others.map(({ defaultPrevented, stopped }) => defaultPrevented || stopped),
    [false, false, false, false],
  );
  assert.match(node.ariaLabel, /row 2, column 2/);
});

test("a smaller matrix takes the cursor with it; while it is painted the board is the hand's", () => {
  const { brush, node, key, at, changes } = board();
  for (let turn = 0; turn < 9; turn += 1) key("ArrowDown");
  brush.show(zeros(2, 2));
  assert.match(node.ariaLabel, /row 2, column 1/);
  assert.deepEqual([node.width, node.height, node.style.aspectRatio], [2, 2, "2 / 2"]);
  fire(node, "pointerdown", at(0, 0));
  brush.show(zeros(3, 3));
  fire(node, "pointermove", { ...at(1, 1), clientX: 9000, clientY: 9000 });
  assert.equal(changes.at(-1)?.length, 2);
});

test("the least number is black and the largest white; zeros are black and negatives not white", () => {
  const greys = (/** @type {number[][]} */ rows) => {
    const { node } = board(rows);
    const [picture] = told(node.getContext(), "putImageData").at(-1).args;
    return [...picture.data].filter((_, place) => place % 4 === 0);
  };
  assert.deepEqual(greys([[0, 2, 4]]), [0, 128, 255]);
  assert.deepEqual(greys([[0, 0]]), [0, 0]);
  assert.deepEqual(greys([[-1, 0, 1]]), [0, 128, 255]);
  assert.deepEqual(greys([[-1, -2, 0]]), [85, 0, 170]);
});

test("clear makes every cell zero", () => {
  const { brush, changes } = board([
    [1, 2],
    [3, 4],
  ]);
  /** @type {any} */ (brush.root.querySelector("button.link")).click();
  assert.deepEqual(changes, [zeros(2, 2)]);
});

/** Fields of the sides of a matrix. */
function sides() {
  const seen = /** @type {any[]} */ ([]);
  const fields = new SizeFields(
    ["Rows", "Columns"],
    (height, width) => seen.push([height, width]),
    (sentence) => seen.push(sentence),
  );
  document.body.replaceChildren(fields.root);
  fields.show([3, 5], [], 16);
  const write = (/** @type {number} */ place, /** @type {string} */ text) => {
    fields.inputs[place].value = text;
    fire(fields.inputs[place], "change");
    return fields.inputs.map((input) => input.hasAttribute("aria-invalid"));
  };
  return { fields, seen, write };
}

test("a side that is written changes with the other one; both stand as the matrix has them", () => {
  const { fields, seen, write } = sides();
  assert.deepEqual(
    fields.inputs.map(({ value }) => value),
    ["3", "5"],
  );
  assert.deepEqual(write(1, "7"), [false, false]);
  write(0, "16");
  assert.deepEqual(seen, [
    [3, 7],
    [16, 7],
  ]);
});

test("what a side cannot be is said and marked at that side, and the number stays as it was written", () => {
  for (const [text, sentence] of [
    ["17", /^Rows: at most 16 fit here/],
    ["0", /^Rows: at least 1\./],
    ["-4", /^Rows: at least 1\./],
    ["2.5", /^Rows: write a whole number/],
    ["", /^Rows: write a whole number/],
  ]) {
    const { fields, seen, write } = sides();
    assert.deepEqual(write(0, /** @type {string} */ (text)), [true, false], `${text}`);
    assert.match(seen[0], /** @type {RegExp} */ (sentence));
    assert.equal(fields.inputs[0].value, text);
    fields.inputs[0].blur();
    assert.deepEqual([fields.inputs[0].value, fields.inputs[0].hasAttribute("aria-invalid")], ["3", false]);
  }
});

test("a side that somebody writes in is left alone, the other is renewed", () => {
  const { fields } = sides();
  fields.inputs[0].focus();
  fields.inputs[0].value = "1";
  fields.show([9, 9], [12, undefined], 16);
  assert.deepEqual(
    fields.inputs.map(({ value }) => value),
    ["1", "9"],
  );
  assert.deepEqual(
    fields.inputs.map(({ max }) => max),
    ["12", "16"],
  );
});

test("one slider changes both sides, as far as both fit, and is not there where only one size does", () => {
  const { fields, seen } = sides();
  assert.deepEqual([fields.slider.max, fields.slider.value], ["11", "5"]);
  fields.slider.value = "4";
  fire(fields.slider, "input");
  assert.deepEqual(seen, [[4, 4]]);
  fields.show([3, 3], [7, 6], 16);
  assert.deepEqual([fields.slider.max, fields.slider.hidden], ["6", false]);
  fields.show([2, 2], [2, 6], 16);
  assert.equal(fields.slider.hidden, false);
  fields.show([1, 3], [1, 6], 16);
  assert.equal(fields.slider.hidden, true);
});
