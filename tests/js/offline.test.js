import assert from "node:assert/strict";
import test from "node:test";
import { Answers, keyOf } from "../../static/offline/answers.js";
import { rowsOf } from "../../static/offline/columns.js";
import { nearBlocks } from "../../static/player/ahead.js";
import { Player } from "../../static/player/player.js";
import { Route } from "../../static/player/route.js";

const COLUMNS = {
  each: { index: { from: 0, by: 2 }, window: { list: [{ raw: [3, 5, 9] }, { same: 4 }] }, at: { same: [0, 1] } },
};
const ROWS = [
  { index: 0, window: [3, 4], at: [0, 1] },
  { index: 2, window: [5, 4], at: [0, 1] },
  { index: 4, window: [9, 4], at: [0, 1] },
];
const NPY = Buffer.from("\x93NUMPY whatever it is", "latin1");
const CARRIED = {
  scenes: [
    {
      line: "cat 3 | relu",
      layers: [
        {
          opening: { start: { steps: 5, every: 2 }, step: 0 },
          input: NPY.toString("base64"),
          output: "",
          count: 3,
          steps: COLUMNS,
        },
      ],
    },
    {
      line: "cat 3 | sigmoid",
      layers: [
        { opening: { start: { steps: 1 }, step: 0 }, input: "", output: "", count: 1, steps: { same: { index: 7 } } },
      ],
    },
  ],
  answers: { 'POST /api/fields [["layer","0"],["scene","cat 3 | relu"]]': { fields: [] } },
  scripts: {},
  words: { "element/ko": { Input: "입력" } },
  absent: "not here",
};

/** @param {string} path  @param {string} [method]  @param {string} [body] */
function ask(path, method = "GET", body) {
  return new Answers(/** @type {any} */ (CARRIED)).respond(method, new URL(path, "https://kernelwalk.invalid"), body);
}

test("columns are rows again, whatever their form", () => {
  assert.deepEqual(rowsOf(COLUMNS, 3), ROWS);
  assert.deepEqual(rowsOf({ same: null }, 2), [null, null]);
  assert.deepEqual(rowsOf({ each: { index: { from: 7, by: -1 } } }, 2), [{ index: 7 }, { index: 6 }]);
});

test("each of two scenes has its own steps", async () => {
  for (const [line, rows] of /** @type {[string, any[]][]} */ ([
    ["cat 3 | relu", ROWS],
    ["cat 3 | sigmoid", [{ index: 7 }]],
  ])) {
    const told = await ask(`/api/steps?scene=${encodeURIComponent(line)}&layer=0`).text();
    assert.deepEqual(
      told
        .trim()
        .split("\n")
        .map((text) => JSON.parse(text)),
      rows,
    );
  }
  assert.equal(ask("/api/steps?scene=cat%203&layer=0").status, 404);
});

test("a question is the same in any order of its words", () => {
  assert.equal(
    keyOf("POST", "/api/fields", { scene: "a", layer: 1 }),
    keyOf("POST", "/api/fields", { layer: 1, scene: "a" }),
  );
  assert.notEqual(keyOf("GET", "/api/fields", { scene: "a" }), keyOf("POST", "/api/fields", { scene: "a" }));
});

test("steps are answered as lines: a range of them, each how-manieth", async () => {
  const lines = async (/** @type {string} */ words) =>
    (await ask(`/api/steps?scene=cat+3+|+relu&layer=0${words}`).text())
      .split("\n")
      .filter(Boolean)
      .map((one) => JSON.parse(one));
  assert.deepEqual(await lines(""), ROWS);
  assert.deepEqual(await lines("&start=1&stop=4"), [ROWS[1]]);
  assert.deepEqual(await lines("&start=1&stop=4&every=2"), []);
  assert.deepEqual(await lines("&start=2&stop=5"), ROWS.slice(1));
  assert.deepEqual(await lines("&start=0&stop=5&every=4"), [ROWS[0], ROWS[2]]);
});

test("an opening stands where it is wanted, within its layer", async () => {
  for (const [step, at] of [
    [3, 3],
    [99, 4],
    [-1, 4],
    [-99, 0],
  ]) {
    const told = await ask("/api/opening", "POST", JSON.stringify({ scene: "cat 3 | relu", layer: 0, step })).json();
    const inAddress = await ask(`/api/opening?scene=cat+3+|+relu&layer=0&step=${step}`).json();
    assert.deepEqual([told.step, inAddress.step], [at, at]);
  }
});

test("arrays, words and what views asked for are there, and what is not is said", async () => {
  assert.deepEqual(Buffer.from(await ask("/api/input?scene=cat+3+|+relu&layer=0&format=npy").arrayBuffer()), NPY);
  assert.deepEqual(await ask("/static/words/element/ko.json").json(), { Input: "입력" });
  assert.deepEqual(await ask("/static/words/views/ko.json").json(), {});
  const fields = JSON.stringify({ layer: 0, scene: "cat 3 | relu" });
  assert.deepEqual(await ask("/api/fields", "POST", fields).json(), { fields: [] });
  for (const path of [
    "/api/steps?scene=dog+|+relu&layer=0",
    "/api/feature-map?scene=cat+3+|+relu&layer=0&steps=2",
    "/api/steps?scene=cat+3+|+relu&layer=4",
  ]) {
    const told = ask(path);
    assert.deepEqual([told.status, await told.json()], [404, { detail: "not here" }], path);
  }
});

test("where each fourth step is there, a walk goes from one to the next, and to the last", () => {
  const route = new Route(11, 4);
  assert.deepEqual(
    [0, 3, 4, 7, 9, 10, 99].map((index) => route.nearest(index)),
    [0, 0, 4, 4, 8, 10, 10],
  );
  assert.deepEqual([route.beside(4, 1), route.beside(4, -1), route.beside(8, 1), route.beside(10, -1)], [8, 0, 12, 8]);
  const whole = new Route(11);
  assert.deepEqual([whole.nearest(7), whole.beside(7, 1), whole.beside(7, -1)], [7, 8, 6]);
});

test("a player of each fourth step asks for blocks of those", () => {
  const numbers = {
    numberOf: (/** @type {number} */ index, /** @type {number} */ level) => Math.floor(index / (64 * 2 ** level)),
  };
  assert.deepEqual(
    nearBlocks(numbers, 512, 10_000, 4),
    [512, 448, 576].map((near) => ({ level: 2, number: Math.floor(near / 256) })),
  );
  assert.equal(nearBlocks(numbers, 9_999, 10_000, 4)[0].level, 0, "the last, which is not one of them");
  assert.deepEqual(
    nearBlocks(numbers, 70, 1000),
    [70, 54, 86].map((near) => ({ level: 0, number: near >> 6 })),
  );
});

test("it shows what there is when it steps, seeks and looks", async () => {
  /** @type {number[]} */
  const shown = [];
  const player = new Player({
    steps: 11,
    index: 3,
    every: 4,
    source: async function* (start, stop, every) {
      for (const index of [0, 4, 8, 10])
        if (index >= start && index < stop && (index - start) % every === 0) yield/** @type {any} */ ({ index });
    },
    clock: /** @type {any} */ ({ add() {}, delete() {} }),
    audience: { show: ({ index }) => shown.push(index), change() {}, end() {}, fail: assert.fail, found() {} },
  });
  const come = () => new Promise((resolve) => setTimeout(resolve, 5));
  player.begin();
  await come();
  player.walk(1);
  player.walk(1);
  player.walk(5);
  await come();
  player.walk(-1);
  player.inspect(6);
  await come();
  assert.deepEqual(shown, [0, 4, 8, 10, 8, 4]);
});
