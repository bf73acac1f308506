import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { convolution, counted, lookedUp, sceneOf, sides } from "./scenes.js";

/** What is told of a line of four cells, 10 to 13, two places beyond either end. @param {object} start */
function beyond(start) {
  const scene = sceneOf(
    {
      input_shape: [1, 1, 4],
      output_shape: [1, 1, 4],
      kernel_size: [1, 1],
      padding: sides(2),
      weight: [[[[1]]]],
      ...start,
    },
    [10, 11, 12, 13],
    [0, 0, 0, 0],
  );
  const { bordered } = lookedUp(scene).input;
  return [-2, -1, 4, 5].map((column) => bordered(0, 0, column));
}

test("the border shows what the window will read there", () => {
  assert.deepEqual(beyond({ padding_mode: "zeros" }), [0, 0, 0, 0]);
  assert.deepEqual(beyond({ padding_mode: "zeros", padding_value: 7 }), [7, 7, 7, 7]);
  assert.deepEqual(beyond({ padding_mode: "reflect" }), [12, 11, 12, 11]);
  assert.deepEqual(beyond({ padding_mode: "symmetric" }), [11, 10, 13, 12]);
  assert.deepEqual(beyond({ padding_mode: "replicate" }), [10, 10, 13, 13]);
  assert.deepEqual(beyond({ padding_mode: "circular" }), [12, 13, 10, 11]);
});

test("pooling reads nothing in its border, so nothing is shown there", () => {
  assert.deepEqual(beyond({ weight: null }), [null, null, null, null]);
});

test("one cell is repeated in every mode, and nothing is read outside", () => {
  for (const padding_mode of ["reflect", "symmetric", "replicate", "circular"]) {
    const scene = sceneOf(
      {
        input_shape: [1, 1, 1],
        output_shape: [1, 1, 1],
        kernel_size: [1, 1],
        padding: sides(2),
        weight: [[[[1]]]],
        padding_mode,
      },
      [5],
      [5],
    );
    const { bordered } = lookedUp(scene).input;
    assert.deepEqual(
      [-2, -1, 1, 2].map((place) => bordered(0, place, place)),
      [5, 5, 5, 5],
      padding_mode,
    );
  }
});

test("only a gather shows a border round its input", () => {
  const start = { input_shape: [1, 2, 2], output_shape: [1, 2, 2], padding: sides(1), weight: [[[[1]]]] };
  const border = (/** @type {string} */ kind) =>
    lookedUp(sceneOf({ ...start, kind }, [1, 2, 3, 4], [1, 2, 3, 4])).input.border;
  assert.deepEqual(border("gather"), { top: 1, bottom: 1, left: 1, right: 1 });
  assert.deepEqual(border("scatter"), { top: 0, bottom: 0, left: 0, right: 0 });
});

test("a photograph has grey, a table stays close to paper, signed numbers diverge", () => {
  const photograph = sceneOf({ input_shape: [1, 2, 2], output_shape: [1, 2, 2] }, [0, 50, 100, 200], [1, 2, 3, 4]);
  photograph.opening.input.type = "uint8";
  assert.equal(lookedUp(photograph).input.scale.colour(0), "rgb(0 0 0)");
  assert.equal(lookedUp(photograph).input.scale.high, 255);
  const table = lookedUp(sceneOf({ input_shape: [1, 2, 2], output_shape: [1, 2, 2] }, [0, 1, 2, 3], [1, 2, 3, 4]));
  assert.notEqual(table.input.scale.colour(0), "rgb(0 0 0)");
  assert.equal(lookedUp(convolution()).output.scale.signed, true);
});

test("channels of a colour picture are R, G and B, others are counted from one", () => {
  const colours = sceneOf({ input_shape: [3, 1, 2], output_shape: [1, 1, 2] }, [0, 50, 100, 200, 210, 220], [1, 2]);
  colours.opening.input.type = "uint8";
  assert.deepEqual(
    [0, 1, 2].map((channel) => lookedUp(colours).input.letter(channel)),
    ["R", "G", "B"],
  );
  const plain = sceneOf({ input_shape: [3, 1, 2], output_shape: [1, 1, 2] }, counted([3, 1, 2]), [1, 2]);
  assert.deepEqual(
    [0, 2].map((channel) => lookedUp(plain).input.letter(channel)),
    ["1", "3"],
  );
});

test("grids have room for their widest numbers", () => {
  const { widest } = lookedUp(
    convolution({
      weight: [
        [
          [
            [10, 0],
            [0, -100],
          ],
        ],
      ],
    }),
  );
  assert.deepEqual(widest.window, [2]);
  assert.deepEqual(widest.kernel, ["−100".length]);
  assert.deepEqual(widest.products, ["−1900".length]);
});

test("numbers that are no integers may have fewer digits", () => {
  const scene = sceneOf(
    { input_shape: [1, 1, 2], output_shape: [1, 1, 2], weight: [[[[1]]]] },
    [0.5, -0.25],
    [0.5, -0.25],
  );
  assert.equal(lookedUp(scene).widest.window.length, 3);
});

test("dark palettes have dark scales", () => {
  const [light, dark] = [false, true].map((night) => lookedUp(convolution(), { dark: night }).output.scale.colour(0));
  assert.deepEqual([light, dark], ["rgb(255 255 255)", "rgb(0 0 0)"]);
});
