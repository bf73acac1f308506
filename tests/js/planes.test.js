import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { lightMark } from "../../static/stage/lighting.js";
import { drawMark, drawPeek, drawTrail, drawWinner } from "../../static/stage/marks.js";
import { told } from "./canvas.js";
import { planeLaidOut, planeShown as shown } from "./plane-views.js";
import { convolution, lookedUp, sceneOf } from "./scenes.js";

const output = (/** @type {any} */ given = {}) => lookedUp(convolution(given)).output;

test("so many cells are shown, each in its value's colour, and no other", () => {
  const picture = output();
  const view = shown(picture);
  for (const count of [5, 12, 3, 0, 7]) {
    view.reveal(count);
    const [{ pixels }] = view.tiles;
    const right = Array.from(picture.data, (value, cell) => (cell < count ? picture.scale.pixel(value) : 0));
    assert.deepEqual([...pixels], right);
  }
});

test("walking on touches only the cells that are new", () => {
  const view = shown(output());
  view.reveal(4);
  view.ink.calls.length = 0;
  view.tiles[0].context.calls.length = 0;
  view.reveal(6);
  assert.equal(told(view.ink, "fillText").length, 2);
  const [, , , , row, , height] = told(view.tiles[0].context, "putImageData")[0].args;
  assert.deepEqual([row, height], [1, 1], "of the second row alone");
});

test("a cell that is taken back loses its number", () => {
  const view = shown(output());
  view.reveal(4);
  view.ink.calls.length = 0;
  view.reveal(3);
  assert.equal(told(view.ink, "clearRect").length, 1);
  assert.equal(told(view.ink, "fillText").length, 0);
});

test("values that still change are written anew, cell by cell", () => {
  const view = shown(output());
  view.reveal(2, () => (row, column) => (row === 0 ? column * 10 : null));
  const texts = told(view.ink, "fillText").map(({ args: [text] }) => text);
  assert.deepEqual(texts, ["0", "10", "20", "30"]);
});

test("what draws lines, names and veils is not there where none of them is", () => {
  const small = { input_shape: [1, 60, 60], output_shape: [1, 60, 60], kernel_size: [1, 1], weight: [[[[1]]]] };
  const { output: picture } = lookedUp(sceneOf(small, Array(3600).fill(1), Array(3600).fill(1)));
  assert.equal(shown(picture).sheet.ink.hidden, true);
  assert.equal(shown({ ...picture, missed: { rows: [], cols: [] } }).sheet.ink.hidden, true);
  assert.equal(shown({ ...picture, missed: { rows: [59], cols: [] } }).sheet.ink.hidden, false);
  assert.equal(shown(output()).sheet.ink.hidden, false);
});

test("cells too small for numbers have none", () => {
  const large = lookedUp(
    sceneOf(
      { input_shape: [1, 60, 60], output_shape: [1, 60, 60], kernel_size: [1, 1], weight: [[[[1]]]] },
      Array(3600).fill(1),
      Array(3600).fill(1),
    ),
  );
  const view = shown(large.output);
  view.reveal(100);
  assert.equal(told(view.ink, "fillText").length, 0);
});

test("only the planes that are asked for are drawn, each by its own values", () => {
  const picture = output({ weight: [[[[1]]], [[[-1]]], [[[2]]]] });
  const view = shown(picture, [1, 2]);
  view.reveal(picture.data.length);
  assert.deepEqual(
    view.tiles.map(({ plane }) => plane),
    [1, 2],
  );
  assert.equal(view.tiles[0].pixels[3], picture.scale.pixel(-3));
  assert.equal(view.tiles[1].pixels[3], picture.scale.pixel(6));
});

test("added cells are half there, and zeros among them not at all", () => {
  const zeros = shown(
    lookedUp(
      convolution({
        padding: 1,
        weight: [
          [
            [
              [1, 1, 1],
              [1, 1, 1],
              [1, 1, 1],
            ],
          ],
        ],
      }),
    ).input,
  );
  assert.equal(zeros.tiles[0].pixels[0], 0);
  const model = lookedUp(
    convolution({
      padding: 1,
      padding_mode: "replicate",
      weight: [
        [
          [
            [1, 1, 1],
            [1, 1, 1],
            [1, 1, 1],
          ],
        ],
      ],
    }),
  );
  const view = shown(model.input);
  const { pixels } = view.tiles[0];
  assert.equal(pixels[view.columns - 1] >>> 24, 0x80, "the corner repeats the last cell of the first row, which is 4");
  assert.equal(pixels[view.columns - 1] & 0xffffff, model.input.scale.pixel(4) & 0xffffff);
});

test("lines that no window covers are veiled", () => {
  const picture = { ...output(), missed: { rows: [2], cols: [0, 3] } };
  const view = planeLaidOut(picture);
  const boxes = told(view.ink, "rect").map(({ args }) => args);
  assert.deepEqual(
    boxes.map(([, , width, height]) => [width, height]),
    [
      [view.cell * 4, view.cell],
      [view.cell, view.cell * 3],
      [view.cell, view.cell * 3],
    ],
  );
});

test("a view that is laid out again shows what it had shown", () => {
  const picture = output();
  const view = shown(picture);
  view.reveal(6);
  view.layOut({ width: 200, height: 200 }, [0]);
  assert.equal([...view.tiles[0].pixels].filter(Boolean).length, 6);
});

// --- marks

/** Outlines drawn in a colour. @param {any} view  @param {string} colour */
const frames = (view, colour) =>
  told(view.marks, "strokeRect")
    .filter((call) => call.colour === colour)
    .map(({ args }) => args);

test("a window is framed where it lies", () => {
  const view = shown(lookedUp(convolution()).input);
  drawMark(view, { planes: [0], rows: [1, 2], columns: [2, 3] }, "blue");
  const { x, y, width, height } = /** @type {any} */ (view.blockAt([0, 1, 2], 2, 2));
  assert.deepEqual(frames(view, "blue"), [[x, y, width, height]]);
});

test("a window on its way is framed between two places", () => {
  const view = shown(lookedUp(convolution()).input);
  drawMark(view, { planes: [0], rows: [1, 2], columns: [2, 3] }, "blue", { row: 0, column: -0.5 });
  const [[x]] = frames(view, "blue");
  assert.equal(x, /** @type {any} */ (view.blockAt([0, 1, 2])).x - view.cell / 2);
});

test("of a dilated window the cells that are touched are framed, and its outline", () => {
  const view = shown(lookedUp(convolution()).input);
  drawMark(view, { planes: [0], rows: [0, 2], columns: [0, 2] }, "blue");
  const sizes = frames(view, "blue").map(([, , width]) => Math.round(width / view.cell));
  assert.deepEqual(sizes.sort(), [1, 1, 1, 1, 3]);
});

test("a mark with nothing in it draws nothing, and one on a hidden plane neither", () => {
  const view = shown(lookedUp(convolution({ input_shape: [2, 4, 5], weight: [[[[1]], [[1]]]] })).input, [0]);
  drawMark(view, { planes: [0], rows: [], columns: [1] }, "blue");
  drawMark(view, { planes: [1], rows: [1], columns: [1] }, "blue");
  assert.deepEqual(frames(view, "blue"), []);
});

test("a vector's cells are framed in their rows", () => {
  const cells = Array.from({ length: 40 }, (_, cell) => cell);
  const flat = lookedUp(
    sceneOf({ kind: "rearrange", input_shape: [1, 4, 10], output_shape: [40, 1, 1] }, cells, cells),
  );
  const view = shown(flat.output);
  drawMark(view, { planes: [17], rows: [0], columns: [0] }, "teal");
  const { x, y } = /** @type {any} */ (view.boxOf(view.places[0], 2, 1)); // rows of eight
  assert.deepEqual(frames(view, "teal")[0].slice(0, 2), [x, y]);
});

test("a trail fades behind the window, and does not begin outside the picture", () => {
  const view = shown(lookedUp(convolution()).input);
  drawTrail(view, { planes: [0], rows: [0, 1], columns: [2, 3] }, "blue");
  const shades = told(view.marks, "fillRect").map(({ alpha }) => alpha);
  assert.equal(shades.length, 2);
  assert.ok(shades[0] < shades[1]);
});

test("cells side by side are lit as one block, a far too large mark as a whole", () => {
  const view = shown(lookedUp(convolution()).input);
  lightMark(view, { planes: [0], rows: [0, 1, 3], columns: [0, 1] }, "amber");
  assert.equal(told(view.marks, "fillRect").length, 2);
  view.marks.calls.length = 0;
  const every = Array.from({ length: 200 }, (_, place) => place * 2);
  lightMark(view, { planes: [0], rows: every, columns: every }, "amber");
  assert.equal(told(view.marks, "fillRect").length, 1);
});

test("the cell that gave the maximum is ringed, by its place or by its channel", () => {
  const view = shown(lookedUp(convolution({ input_shape: [2, 4, 5], weight: [[[[1]], [[1]]]] })).input, [0, 1]);
  const reads = { planes: [0], rows: [0], columns: [0] };
  drawWinner(view, reads, /** @type {any} */ ({ winner: [1, 2] }), "teal");
  drawWinner(view, reads, /** @type {any} */ ({ channel: 1 }), "teal");
  drawWinner(view, reads, /** @type {any} */ ({}), "teal");
  const at = (/** @type {number[]} */ place) => {
    const { x, y } = /** @type {any} */ (view.blockAt(place));
    return [x, y];
  };
  assert.deepEqual(
    frames(view, "teal").map(([x, y]) => [x, y]),
    [at([0, 1, 2]), at([1, 0, 0])],
  );
});

test("a cell that is looked at before it is written shows its value", () => {
  const picture = output();
  const view = shown(picture);
  drawPeek(view, [0, 1, 1], picture.data[5]);
  assert.equal(told(view.marks, "fillRect")[0].colour, picture.scale.colour(picture.data[5]));
  assert.equal(told(view.marks, "fillText").length, 1);
  view.marks.calls.length = 0;
  drawPeek(view, [0, 1, 1], null);
  assert.equal(view.marks.calls.length, 0);
});
