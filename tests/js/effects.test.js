/** What lets a slow step be felt: where light, turns and the landing sum are drawn, and when. */
import "./dom.js";
import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { Effects } from "../../static/stage/effects.js";
import { recorder, told } from "./canvas.js";
import { PALETTE } from "./scenes.js";
import { handClock } from "./stand_ins.js";

afterEach(() => mock.restoreAll());

const part = (/** @type {string} */ name, /** @type {number} */ x, /** @type {any} */ more = {}) => ({
  part: name,
  x,
  y: 0,
  cell: 20,
  rows: 2,
  columns: 2,
  ...more,
});
const ROW = [part("window", 0), part("kernel", 60), part("products", 120)];

/** A plane whose cells are ten pixels wide, in a sheet of its pane. */
function viewOf(/** @type {any} */ planes = [0]) {
  return {
    marks: recorder(null),
    palette: PALETTE,
    lettering: { size: 0 },
    grid: { wrapped: false },
    side: { width: 80, height: 60 },
    places: planes.map((/** @type {number} */ plane) => ({ plane, x: 100 * plane, y: 0 })),
    blockAt: (
      /** @type {number[]} */ [plane, row, column],
      /** @type {number} */ down,
      /** @type {number} */ across,
    ) => ({
      x: 100 * plane + 10 * column,
      y: 10 * row,
      width: 10 * across,
      height: 10 * down,
    }),
  };
}

/** @param {string} tag  @param {string} name  @param {number[]} box */
function boxed(tag, name, [left, top, width, height]) {
  const node = /** @type {any} */ (document.createElement(tag));
  node.className = name;
  node.box = { left, top, width, height };
  return node;
}

/**
 * A stage of 900 pixels: the input on the left, its arithmetic in the middle, the output on the right.
 * @param {{ rows?: any[][], output?: number[], planes?: number[] }} [given]
 */
function staged({ rows = [ROW], output = [700, 0, 80, 60], planes = [0] } = {}) {
  const time = handClock();
  const node = boxed("div", "stage", [0, 0, 900, 300]);
  const pane = (/** @type {number[]} */ box) => {
    const made = boxed("div", "pane", box);
    made.append(boxed("div", "sheet", box));
    return made;
  };
  const board = boxed("div", "arithmetic", [300, 100, 300, 200]);
  const room = boxed("div", "board", [300, 100, 300, 100]);
  room.append(boxed("canvas", "", [300, 100, 300, 100]));
  const result = boxed("p", "result", [300, 220, 300, 30]);
  result.append(boxed("b", "output", [500, 220, 40, 30]));
  board.append(room, result);
  node.append(board);
  const pictures = {
    input: { view: viewOf(planes), node: pane([0, 0, 80, 60]) },
    output: { view: viewOf(), node: pane(output) },
  };
  const context = recorder(null);
  const frames = /** @type {any[]} */ ([]);
  const stage = /** @type {any} */ ({ node, clock: time.clock, model: { palette: PALETTE }, pictures });
  stage.board = { plan: { rows: rows.map((parts) => ({ parts })), planes }, node: board, type: 1 };
  const made = new Effects(stage, {
    sizeCanvas: () => /** @type {any} */ (context),
    drawFrame: (_context, box, colour) => void frames.push({ ...box, colour }),
  });
  const shown = /** @type {any} */ ({
    step: {},
    reads: { planes, rows: [1, 2], columns: [3, 4] },
    writes: { planes: [0], rows: [2], columns: [5] },
    offset: { row: 0, column: 0 },
  });
  let now = 1000;
  mock.method(performance, "now", () => now);
  /** Draw what stands so many milliseconds after the step began. @param {number} after */
  const at = async (after) => {
    if (now === 1000) made.begin();
    now = 1000 + after;
    context.calls.length = 0;
    frames.length = 0;
    made.over(shown);
    await Promise.resolve();
    return { frames, lines: told(context, "lineTo").map(({ args }) => args), dots: told(context, "arc") };
  };
  return { made, stage, shown, at, context, frames, time };
}

test("products have their turn one after another: each lights its cell in window, kernel and products", async () => {
  const { at } = staged();
  for (const [after, row, column] of [
    [0, 0, 0],
    [26, 0, 1],
    [51, 1, 0],
    [99, 1, 1],
  ]) {
    const { frames } = await at(after);
    assert.deepEqual(
      frames.map(({ x, y, width, colour }) => [x, y, width, colour]),
      [0, 60, 120].map((x, place) => [
        300 + x + 20 * column + 1,
        100 + 20 * row + 1,
        18,
        [PALETTE.input, PALETTE.kernel, PALETTE.output][place],
      ]),
    );
  }
  assert.deepEqual((await at(101)).frames, []);
});

test("several channels have their turn one after another, in three tenths of a second at the most", async () => {
  const { at } = staged({ rows: [ROW, ROW.map((one) => ({ ...one, y: 50 })), ROW.map((one) => ({ ...one, y: 100 }))] });
  assert.equal((await at(0)).frames[0].y, 101);
  assert.equal((await at(101)).frames[0].y, 151);
  assert.equal((await at(299)).frames[0].y, 221);
  assert.deepEqual((await at(301)).frames, []);
});

test("very many products, or a single one, are not gone through", async () => {
  const many = ROW.map((one) => ({ ...one, rows: 5, columns: 6 }));
  const single = ROW.map((one) => ({ ...one, rows: 1, columns: 1 }));
  for (const row of [many, single]) assert.deepEqual((await staged({ rows: [row] }).at(0)).frames, []);
});

test("the sum goes its way after the products, and the cell that takes it flashes and rests", async () => {
  const { at, context } = staged();
  assert.deepEqual((await at(0)).dots[0].args.slice(0, 2), [546, 235], "it waits beside the sum");
  const [x] = (await at(160)).dots[0].args;
  assert.ok(x > 546 && x < 755, `${x} is on the way`);
  const landed = await at(221);
  assert.equal(landed.dots.length, 0);
  const [flash] = told(context, "fillRect");
  assert.deepEqual(flash.args, [750, 20, 10, 10]);
  assert.ok(flash.alpha > 0.5);
  const [frame] = landed.frames;
  assert.ok(frame.x < 750 && frame.width > 10, "the frame shrinks onto the cell");
  const rests = await at(470);
  assert.deepEqual([told(context, "fillRect").length, rests.frames.length], [0, 0]);
});

test("the way ends under a cell beside the sum, or above it at the foot of a cell over it", async () => {
  const end = async (/** @type {number[]} */ output) => {
    const { lines } = await staged({ output }).at(400);
    return lines[24].map(Math.round);
  };
  assert.deepEqual(await end([700, 0, 80, 60]), [755, 34], "from below, as the sum stands lower");
  assert.deepEqual(await end([700, 210, 80, 60]), [746, 235], "straight into its side");
  assert.deepEqual(await end([300, 0, 80, 60]), [355, 34], "up to a picture over the sum");
});

test("light joins the window with its grid, and moves with a window that glides", async () => {
  const { at, shown } = staged();
  const before = (await at(600)).lines.slice(25, 29);
  assert.deepEqual(before[1], [300, 100]);
  assert.deepEqual(before[2], [340, 100]);
  assert.deepEqual(
    [before[0], before[3]],
    [
      [30, 30],
      [50, 30],
    ],
  );
  shown.offset = { row: 0, column: -1 };
  assert.deepEqual((await at(601)).lines.slice(25, 29)[0], [20, 30]);
});

test("of more than three channels none is joined, of small grids none but a single one", async () => {
  const lines = async (/** @type {any} */ given) => (await staged(given).at(600)).lines.length;
  const small = ROW.map((one) => ({ ...one, cell: 10 }));
  const alone = await lines({ rows: [small] });
  const none = await lines({ rows: [ROW, ROW, ROW, ROW], planes: [0, 1, 2, 3] });
  assert.ok(alone > none);
  assert.equal(await lines({ rows: [small, small], planes: [0, 1] }), none);
  assert.ok(
    (await lines({
      rows: [ROW.map((one) => ({ ...one, cell: 22 })), ROW.map((one) => ({ ...one, cell: 22 }))],
      planes: [0, 1],
    })) > alone,
  );
});

test("no light crosses the sum that stands above its grids on a phone", async () => {
  const lines = async (/** @type {string} */ width) => {
    const { stage, at } = staged();
    const frame = boxed("div", width, [0, 0, 340, 700]);
    stage.node.className = "panes many";
    frame.append(stage.node);
    return (await at(600)).lines.length;
  };
  assert.ok((await lines("narrow")) < (await lines("wide")));
});

test("a picture steps back around the window in every plane, wholly where no window lies", () => {
  const { made, stage, shown } = staged({ planes: [0] });
  const { view } = stage.pictures.input;
  view.places.push({ plane: 1, x: 100, y: 0 });
  made.under(shown);
  assert.deepEqual(
    told(view.marks, "rect").map(({ args }) => args),
    [
      [0, 0, 80, 60],
      [30, 10, 20, 20],
      [100, 0, 80, 60],
    ],
  );
  assert.deepEqual(
    told(view.marks, "fill").map(({ args, alpha }) => [...args, alpha]),
    [
      ["evenodd", 0.22],
      ["evenodd", 0.22],
    ],
  );
  for (const change of [{ grid: { wrapped: true } }, { lettering: { size: 9 } }]) {
    const other = staged();
    Object.assign(other.stage.pictures.input.view, change);
    other.made.under(other.shown);
    assert.equal(told(other.stage.pictures.input.view.marks, "fill").length, 0);
  }
  const nowhere = staged();
  nowhere.made.under({ ...nowhere.shown, reads: { planes: [], rows: [], columns: [] } });
  assert.equal(told(nowhere.stage.pictures.input.view.marks, "fill").length, 0);
});

test("without a sum or a cell nothing lands, and a stage that is not laid out draws nothing", async () => {
  const { at, stage, context } = staged();
  stage.board.node.querySelector(".result").remove();
  assert.deepEqual((await at(50)).dots, []);
  stage.node.box.width = 0;
  await at(60);
  assert.deepEqual(context.calls, []);
});

test("a scene that a slider passes is not joined with its sum, one that it rests on is", async () => {
  const { at, stage, context } = staged();
  const lines = async () => {
    await Promise.resolve();
    return told(context, "lineTo").length;
  };
  mock.timers.enable({ apis: ["setTimeout"] });
  assert.notEqual((await at(2000)).lines.length, 0);
  for (let scene = 0; scene < 3; scene += 1) {
    stage.model = { ...stage.model };
    assert.equal((await at(2000)).lines.length, 0);
    mock.timers.tick(100);
    assert.equal(await lines(), 0, "the next comes before it has rested");
  }
  mock.timers.tick(20);
  assert.notEqual(await lines(), 0);
  assert.notEqual((await at(2000)).lines.length, 0, "and so is each further step");
  mock.timers.reset();
});
