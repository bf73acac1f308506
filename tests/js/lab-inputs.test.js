/** Where inputs come from: a webcam and a pad for digits. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pad } from "../../static/lab/digit-pad.js";
import { centreOfMass } from "../../static/lab/drawn-digit.js";
import { Webcam } from "../../static/lab/webcam.js";
import { fire, happen } from "./dom.js";
import { PageEvent } from "./events.js";
import { settled } from "./stand_ins.js";

/** A camera of 320 x 240 whose whole picture has one colour. */
function camera({ denied = "", colour = [10, 20, 30] } = {}) {
  const streams = /** @type {any[]} */ ([]);
  const gates = /** @type {(() => void)[]} */ ([]);
  const state = { denied, slow: false, refusal: "", asked: /** @type {any[]} */ ([]) };
  const mediaDevices = {
    async getUserMedia(/** @type {any} */ wanted) {
      state.asked.push(wanted);
      if (state.slow) await new Promise((go) => gates.push(() => go(undefined)));
      if (state.denied) throw Object.assign(new Error("no"), { name: state.denied });
      const track = Object.assign(new EventTarget(), { live: true, stop: () => Object.assign(track, { live: false }) });
      streams.push({ track, getTracks: () => [track], getVideoTracks: () => [track] });
      return streams.at(-1);
    },
  };
  Object.defineProperty(globalThis, "navigator", { value: { mediaDevices }, configurable: true });
  const frames = /** @type {any[]} */ ([]);
  const refused = /** @type {string[]} */ ([]);
  const webcam = new Webcam(
    async (rows) => {
      frames.push(rows);
      return state.refusal;
    },
    (sentence) => refused.push(sentence),
  );
  const events = /** @type {string[]} */ ([]);
  document.body.replaceChildren(webcam.button);
  for (const kind of ["hold", "release"]) webcam.button.addEventListener(kind, () => void events.push(kind));
  Object.assign(webcam.video, { videoWidth: 320, videoHeight: 240, play: async () => {} });
  /** @type {any} */ (webcam.picture).context = {
    drawImage() {},
    getImageData: (/** @type {any} */ ...[, , width, height]) => ({
      data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, place) => [...colour, 255][place % 4]),
    }),
  };
  return { webcam, streams, gates, state, frames, refused, events };
}

test("a webcam's frames are small and grey as the server makes them, and end with another press", async () => {
  const { webcam, streams, frames, events, state } = camera();
  webcam.button.click();
  await settled();
  assert.deepEqual([frames.length, frames[0].length, frames[0][0].length], [1, 24, 32]);
  const grey = (19595 * 10 + 38470 * 20 + 7471 * 30 + 32768) >> 16;
  assert.ok(frames[0].flat().every((/** @type {number} */ cell) => cell === grey));
  assert.deepEqual([webcam.button.ariaPressed, state.asked[0].audio], ["true", false]);
  webcam.button.click();
  assert.deepEqual([webcam.button.ariaPressed, streams[0].track.live, events], ["false", false, ["hold", "release"]]);
});

test("its own frame leaves it on; another input, a page that is left and an unplugged camera turn it off", async () => {
  for (const act of [
    (/** @type {any} */ { webcam }) => webcam.saw("cat"),
    () => happen(new PageEvent("pagehide")),
    (/** @type {any} */ { streams }) => streams[0].track.dispatchEvent(new Event("ended")),
  ]) {
    const on = camera();
    on.webcam.saw("cat");
    on.webcam.button.click();
    await settled();
    on.webcam.saw(on.frames[0]);
    assert.equal(on.streams[0].track.live, true);
    act(on);
    assert.deepEqual([on.streams[0].track.live, on.webcam.button.ariaPressed], [false, "false"]);
  }
});

test("why there is no picture is said: not allowed, no camera, a page that may have none, a refusal", async () => {
  for (const [denied, sentence] of [
    ["NotAllowedError", /not allowed/],
    ["SecurityError", /not allowed/],
    ["NotFoundError", /no webcam/],
  ]) {
    const { webcam, refused } = camera({ denied: String(denied) });
    webcam.button.click();
    await settled();
    assert.match(refused.join(), /** @type {RegExp} */ (sentence));
    assert.equal(webcam.button.ariaPressed, "false");
  }
  const { webcam, refused, streams, state } = camera();
  state.refusal = "Too many.";
  webcam.button.click();
  await settled();
  assert.deepEqual([refused, streams[0].track.live], [["Too many."], false]);
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  webcam.button.click();
  assert.match(refused[1], /https/);
});

test("who presses twice before it is allowed has one camera, and it goes off with the next press", async () => {
  const { webcam, gates, state, streams } = camera();
  state.slow = true;
  webcam.button.click();
  webcam.button.click();
  for (const go of gates) go();
  await settled();
  assert.equal(streams.length, 1);
  webcam.button.click();
  assert.deepEqual(
    streams.map(({ track }) => track.live),
    [false],
  );
});

/** A pad of 84 pixels, a pixel a cell. */
function pad() {
  const told = /** @type {number[][][]} */ ([]);
  const kept = /** @type {any[]} */ ([]);
  const refused = /** @type {string[]} */ ([]);
  const gates = /** @type {(() => void)[]} */ ([]);
  const state = { slow: false, refusal: "" };
  const digits = new Pad({
    change: async (rows) => {
      told.push(rows);
      if (state.slow) await new Promise((go) => gates.push(() => go(undefined)));
      return state.refusal;
    },
    keep: async (picture) => void kept.push(picture),
    refuse: (sentence) => refused.push(sentence),
    address: "../../static/lab/shown-digit.js",
  });
  document.body.replaceChildren(digits.root);
  const board = /** @type {any} */ (digits.board);
  board.box = { left: 0, top: 0, width: 84, height: 84 };
  /** @type {any} */ (digits.given).toBlob = (/** @type {any} */ done) => done("picture");
  const events = /** @type {string[]} */ ([]);
  for (const kind of ["hold", "release"]) digits.root.addEventListener(kind, () => void events.push(kind));
  const point = (/** @type {number} */ x, /** @type {number} */ y) => ({
    clientX: x,
    clientY: y,
    pointerId: 1,
    buttons: 1,
  });
  const draw = async (/** @type {number[][]} */ ...points) => {
    fire(board, "pointerdown", point(points[0][0], points[0][1]));
    for (const [x, y] of points.slice(1)) fire(board, "pointermove", point(x, y));
    fire(board, "pointerup", {});
    await settled();
  };
  const [, , undo, clear] = digits.root.querySelectorAll("button");
  return { digits, told, kept, refused, gates, state, board, events, point, draw, undo, clear };
}
const ink = (/** @type {number[][]} */ rows) => rows.flat().reduce((sum, cell) => sum + cell, 0);

test("the pad opens with its button and the focus, and closes again", () => {
  const { digits, board } = pad();
  assert.equal(digits.root.hidden, true);
  digits.button.click();
  assert.deepEqual([digits.root.hidden, digits.button.ariaPressed], [false, "true"]);
  assert.equal(document.activeElement, board);
  digits.button.click();
  assert.deepEqual([digits.root.hidden, digits.button.ariaPressed], [true, "false"]);
});

test("what is drawn is told as 28 x 28 with its mass in the middle, wherever it was drawn", async () => {
  for (const points of [
    [
      [10, 10],
      [10, 60],
    ],
    [
      [70, 20],
      [80, 20],
      [80, 28],
    ],
    [
      [5, 5],
      [79, 79],
    ],
    [[40, 40]],
  ]) {
    const { draw, told, kept } = pad();
    await draw(...points);
    const rows = told[told.length - 1];
    assert.deepEqual([rows.length, rows[0].length, kept], [28, 28, ["picture"]]);
    for (const centre of centreOfMass(rows)) assert.ok(Math.abs(centre - 14) <= 0.75, `${centre}`);
    assert.ok(rows.flat().every((cell) => Number.isInteger(cell) && cell >= 0 && cell <= 255));
    assert.ok(ink(rows) > 0);
  }
});

test("a stroke is one change of the history, and a pointer without a button draws nothing", async () => {
  const { board, point, draw, told, events } = pad();
  fire(board, "pointermove", point(3, 3));
  assert.equal(told.length, 0);
  await draw([20, 20], [30, 30]);
  assert.deepEqual([events, told.length], [["hold", "release"], 2]);
  fire(board, "pointerdown", point(3, 3));
  fire(board, "pointermove", { ...point(40, 40), buttons: 0 });
  await settled();
  assert.equal(told.length, 3);
});

test("strokes between two frames are not lost", async () => {
  const { board, point, told } = pad();
  fire(board, "pointerdown", point(20, 20));
  fire(board, "pointermove", { ...point(60, 60), getCoalescedEvents: () => [point(20, 60), point(60, 60)] });
  await settled();
  const direct = pad();
  await direct.draw([20, 20], [20, 60], [60, 60]);
  assert.deepEqual(told[told.length - 1], direct.told[direct.told.length - 1]);
});

test("the eraser takes ink away, undo takes the last stroke, clear takes all and puts the eraser down", async () => {
  const { digits, draw, told, undo, clear } = pad();
  await draw([20, 40], [60, 40]);
  const before = told[told.length - 1];
  digits.eraser.click();
  assert.deepEqual([digits.eraser.ariaPressed, digits.brush.ariaPressed], ["true", "false"]);
  await draw([40, 20], [40, 60]);
  assert.notDeepEqual(told[told.length - 1], before);
  undo.click();
  await settled();
  assert.deepEqual(told[told.length - 1], before);
  clear.click();
  await settled();
  assert.deepEqual([ink(told[told.length - 1]), digits.eraser.ariaPressed], [0, "false"]);
  undo.click();
  await settled();
  assert.equal(ink(told[told.length - 1]), 0);
});

test("keys draw as well: arrows go, Space puts the pen down and lifts it, and nobody leaves the pad", async () => {
  const { board, told, events } = pad();
  board.focus();
  const press = (/** @type {string} */ key) => fire(board, "keydown", { key });
  assert.deepEqual([press("x").defaultPrevented, press("Tab").defaultPrevented], [false, false]);
  press(" ");
  for (let turn = 0; turn < 16; turn += 1) assert.ok(press("ArrowLeft").defaultPrevented);
  press(" ");
  await settled();
  const rows = told[told.length - 1];
  const used = rows.flatMap((row, place) => (row.some(Boolean) ? [place] : []));
  assert.ok(used.length < 10, "a level line");
  assert.deepEqual(events, ["hold", "release"]);
  press(" ");
  board.blur();
  await settled();
  assert.deepEqual(events, ["hold", "release", "hold", "release"], "the pen is lifted when the focus goes");
});

test("while the server answers only the last of what is drawn is told next, and it is kept once", async () => {
  const { board, point, told, kept, gates, state } = pad();
  state.slow = true;
  fire(board, "pointerdown", point(20, 20));
  for (let place = 21; place < 50; place += 1) fire(board, "pointermove", point(place, 20));
  fire(board, "pointerup", {});
  await settled();
  assert.deepEqual([told.length, kept.length], [1, 0]);
  state.slow = false;
  for (const go of gates) go();
  await settled();
  assert.deepEqual([told.length, kept.length], [2, 1]);
});

test("what the server refuses is said", async () => {
  const { draw, state, refused } = pad();
  state.refusal = "Busy.";
  await draw([20, 20]);
  assert.deepEqual(refused, ["Busy."]);
});
