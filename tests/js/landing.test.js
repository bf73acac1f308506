import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Landing } from "../../static/painters/landing.js";
import { Stamps } from "../../static/painters/stamps.js";

/** Layers whose stamps overlap, are cut by padding, share channels, leave gaps, or come as columns of a matrix. */
const LAYERS = /** @type {Record<string, Partial<StartLine>>} */ ({
  overlapping: { input_shape: [1, 3, 4], output_shape: [1, 5, 6] },
  strided: { input_shape: [1, 3, 3], output_shape: [1, 7, 7], stride: [2, 2] },
  "cut by padding": { input_shape: [1, 3, 3], output_shape: [1, 3, 3], padding: pads(1) },
  "with gaps": { input_shape: [1, 2, 2], output_shape: [1, 7, 7], stride: [4, 4] },
  dilated: { input_shape: [1, 3, 3], output_shape: [1, 7, 7], dilation: [2, 2] },
  "of several channels": { input_shape: [2, 2, 3], output_shape: [3, 4, 5] },
  grouped: { input_shape: [4, 2, 2], output_shape: [2, 4, 4], groups: 2 },
  "of columns": { input_shape: [1, 18, 6], output_shape: [2, 4, 5], walked_shape: [1, 1, 6] },
});

/** @param {number} side  @returns {[[number, number], [number, number]]} */
function pads(side) {
  return [
    [side, side],
    [side, side],
  ];
}

/** A scatter worked out by hand: every stamp is one constant block, whose value is a power of two of its number.
 * @param {Partial<StartLine>} given */
function scatterOf(given) {
  const start = /** @type {StartLine} */ ({
    kind: "scatter",
    kernel_size: [3, 3],
    stride: [1, 1],
    dilation: [1, 1],
    padding: pads(0),
    groups: 1,
    ...given,
  });
  const [channels, high, wide] = start.output_shape;
  const stamped = start.walked_shape
    ? { rows: 2, columns: 3 }
    : { rows: start.input_shape[1], columns: start.input_shape[2] };
  const walked = (start.walked_shape ?? start.input_shape)[0];
  start.steps = walked * stamped.rows * stamped.columns;
  const groups = start.groups ?? 1;
  /** @param {number} index */
  const covers = (index) => {
    const channel = Math.floor(index / (stamped.rows * stamped.columns));
    const group = Math.floor(channel / (walked / groups));
    const row = Math.floor(index / stamped.columns) % stamped.rows;
    const column = index % stamped.columns;
    const [down, across] = /** @type {number[]} */ (start.stride);
    const [tall, broad] = /** @type {number[]} */ (start.dilation);
    const cut = /** @type {number[][]} */ (start.padding)[0][0];
    const cells = [];
    for (let plane = 0; plane < channels / groups; plane += 1)
      for (let y = 0; y < 3; y += 1)
        for (let x = 0; x < 3; x += 1)
          cells.push({
            place: plane,
            y,
            x,
            at: [group * (channels / groups) + plane, row * down - cut + y * tall, column * across - cut + x * broad],
          });
    return { channel, cells };
  };
  /** The output after so many stamps, NaN where none came. @param {number} count */
  const sums = (count) => {
    const values = new Float64Array(channels * high * wide).fill(NaN);
    for (let index = 0; index < count; index += 1)
      for (const {
        at: [plane, y, x],
      } of covers(index).cells) {
        if (y < 0 || x < 0 || y >= high || x >= wide) continue;
        const cell = (plane * high + y) * wide + x;
        values[cell] = (Number.isNaN(values[cell]) ? 0 : values[cell]) + 2 ** index;
      }
    return values;
  };
  /** A step as the server tells it. @param {number} index */
  const step = (index) => {
    const [known, { channel, cells }] = [sums(index + 1), covers(index)];
    const after = Array.from({ length: channels / groups }, () => [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    for (const {
      place,
      y,
      x,
      at: [plane, row, column],
    } of cells)
      after[place][y][x] =
        row >= 0 && column >= 0 && row < high && column < wide
          ? known[(plane * high + row) * wide + column]
          : 2 ** index;
    return /** @type {Step} */ ({ type: "step", index, at: [channel, 0, 0], after });
  };
  /** @type {number[]} */
  const asked = [];
  const soFar = async (/** @type {number} */ count) => {
    asked.push(count);
    return sums(count).map((value) => value || 0);
  };
  const model = /** @type {any} */ ({ start, output: { data: sums(start.steps).map((value) => value || 0) }, soFar });
  return { model, start, sums, step, asked };
}

/** Every cell's value in memory order. @param {Landing} landing  @param {number[]} shape */
const shown = (landing, [channels, high, wide]) =>
  Array.from({ length: channels * high * wide }, (_, cell) =>
    landing.valueAt(Math.floor(cell / (high * wide)), Math.floor(cell / wide) % high, cell % wide),
  );

/** 1 where no stamp ever comes. @param {ReturnType<typeof scatterOf>} scatter */
const untouched = ({ sums, start }) => sums(start.steps).map((value) => Number(Number.isNaN(value)));

for (const [name, given] of Object.entries(LAYERS)) {
  test(`stamps ${name} walked one by one are known without asking`, () => {
    const scatter = scatterOf(given);
    const landing = new Landing(scatter.model);
    const never = untouched(scatter);
    for (let count = 1; count <= scatter.start.steps; count += 1) {
      landing.update(count, scatter.step(count - 1));
      const right = [...scatter.sums(count)].map((sum, cell) => (never[cell] ? 0 : Number.isNaN(sum) ? null : sum));
      assert.deepEqual(shown(landing, scatter.start.output_shape), right);
    }
    assert.deepEqual(scatter.asked, []);
  });

  test(`stamps ${name} show nothing false after any jump, and everything once it was asked for`, async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const scatter = scatterOf(given);
    const landing = new Landing(scatter.model);
    const never = untouched(scatter);
    let seed = 7;
    for (let jump = 0; jump < 24; jump += 1) {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      const count = 1 + (seed % scatter.start.steps);
      landing.update(count, jump % 3 ? scatter.step(count - 1) : null);
      const right = [...scatter.sums(count)].map((sum, cell) => (never[cell] ? 0 : Number.isNaN(sum) ? null : sum));
      const before = shown(landing, scatter.start.output_shape);
      for (const [cell, value] of before.entries()) assert.ok(value === null || value === right[cell], `cell ${cell}`);
      if (jump % 2) continue;
      mock.timers.tick(1000);
      for (let turn = 0; turn < 5; turn += 1) await null;
      assert.deepEqual(shown(landing, scatter.start.output_shape), right);
    }
    mock.timers.reset();
  });
}

test("a figure whose steps all came with it is walked back and forth without asking", () => {
  const scatter = scatterOf(LAYERS.overlapping);
  const steps = Array.from({ length: scatter.start.steps }, (_, index) => scatter.step(index));
  const landing = new Landing({ ...scatter.model, opening: { steps } });
  for (const count of [5, 2, 3, 12, 1, 7]) {
    landing.update(count, steps[count - 1]);
    const right = [...scatter.sums(count)].map((sum) => (Number.isNaN(sum) ? null : sum));
    assert.deepEqual(shown(landing, scatter.start.output_shape), right);
  }
  assert.deepEqual(scatter.asked, []);
});

test("sums that come late are taken where no stamp has changed them meanwhile", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const scatter = scatterOf(LAYERS.overlapping);
  let filled = 0;
  let answer = () => {};
  const slow = {
    ...scatter.model,
    soFar: (/** @type {number} */ count) =>
      new Promise((settle) => {
        answer = () => settle(scatter.sums(count).map((value) => value || 0));
      }),
  };
  const landing = new Landing(slow, () => {
    filled += 1;
  });
  landing.update(8, null);
  mock.timers.tick(1000);
  landing.update(9, scatter.step(8));
  answer();
  for (let turn = 0; turn < 5; turn += 1) await null;
  assert.equal(filled, 1);
  const right = [...scatter.sums(9)].map((sum) => (Number.isNaN(sum) ? null : sum));
  assert.deepEqual(shown(landing, scatter.start.output_shape), right);
  mock.timers.reset();
});

test("a server that does not answer leaves cells pending and breaks nothing", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const scatter = scatterOf(LAYERS.overlapping);
  const landing = new Landing({ ...scatter.model, soFar: () => Promise.reject(new Error("gone")) });
  landing.update(8, null);
  mock.timers.tick(1000);
  for (let turn = 0; turn < 5; turn += 1) await null;
  assert.ok(shown(landing, scatter.start.output_shape).includes(null));
  mock.timers.reset();
});

test("far jumps do not go through the stamps one by one", () => {
  const start = /** @type {StartLine} */ ({
    kind: "scatter",
    input_shape: [1, 1000, 1000],
    output_shape: [1, 1000, 1000],
    kernel_size: [1, 1],
    steps: 10 ** 6,
  });
  const landing = new Landing(/** @type {any} */ ({ start, output: { data: new Float64Array(10 ** 6).fill(5) } }));
  let visited = 0;
  landing.stamps.cells = () => {
    visited += 1;
  };
  landing.update(900_000, null);
  assert.equal(visited, 0);
  assert.equal(landing.valueAt(0, 0, 0), 5, "what all stamps have reached is complete");
  assert.equal(landing.valueAt(0, 999, 999), null);
});

test("stamps that reach a cell and cells that a stamp reaches are two views of one relation", () => {
  for (const given of Object.values(LAYERS)) {
    const { start } = scatterOf(given);
    const stamps = new Stamps(start);
    const [channels, high, wide] = start.output_shape;
    const reaching = Array.from({ length: channels * high * wide }, () => /** @type {number[]} */ ([]));
    for (let index = 0; index < start.steps; index += 1) stamps.cells(index, (cell) => reaching[cell].push(index));
    for (const [cell, indices] of reaching.entries()) {
      const ends = stamps.on(Math.floor(cell / (high * wide)), Math.floor(cell / wide) % high, cell % wide);
      assert.deepEqual(ends, indices.length ? [indices[0], indices.at(-1)] : [-1, -1]);
    }
  }
});
