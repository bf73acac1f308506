/** A pane of planes by itself: its names, its legend, and the small pictures of planes that are not drawn large. */
import "./dom.js";
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { COLOURED } from "../../static/stage/chosen.js";
import { Pane } from "../../static/stage/pane.js";
import { told } from "./canvas.js";
import { counted, lookedUp, sceneOf } from "./scenes.js";

const ROOM = { width: 300, height: 300 };

/** A pane with the map of so many channels. @param {number[]} shape */
function paneOf(
  shape,
  { role = /** @type {"input" | "output"} */ ("output"), values = counted(shape), more = {} } = {},
) {
  const chosen = /** @type {number[]} */ ([]);
  const pane = new Pane(role, (plane) => chosen.push(plane));
  const scene = sceneOf({ input_shape: shape, output_shape: shape }, values, values, more);
  const model = lookedUp(scene);
  pane.adopt(model);
  const find = (/** @type {string} */ selector) => /** @type {any} */ (pane.node.querySelector(selector));
  const buttons = () => /** @type {any[]} */ (find(".thumbs").querySelectorAll("button"));
  const names = () => buttons().map(({ title }) => title);
  const pressed = () => buttons().flatMap((button, place) => (button.ariaPressed === "true" ? [place] : []));
  return { pane, model, chosen, find, buttons, names, pressed };
}

/** Pixels of a thumbnail as it was last inked, and how often that was. @param {any} button */
function inked(button) {
  const puts = told(button.firstElementChild.getContext("2d"), "putImageData");
  const image = puts.at(-1)?.args[0];
  return { pixels: image ? [...new Uint32Array(image.data.buffer)] : [], times: puts.length };
}

test("a pane has the name of its map and its shape, and both are read out", () => {
  const { find, pane } = paneOf([2, 3, 4]);
  assert.deepEqual([find("b").textContent, find(".title span").textContent], ["Feature map", "2×3×4"]);
  assert.equal(pane.node.className, "pane output");
  assert.match(find(".sheet").getAttribute("aria-label"), /^Feature map, 2×3×4\. Cells not yet computed/);
  const input = paneOf([1, 1, 1], { role: "input" });
  assert.match(input.find(".sheet").getAttribute("aria-label"), /^Input, 1×1×1\. The frame shows/);
});

test("the input is there at once, the output cell by cell", () => {
  assert.equal(paneOf([1, 3, 4], { role: "input" }).pane.view?.written, 12);
  assert.equal(paneOf([1, 3, 4]).pane.view?.written, 0);
});

/** @param {any} found */
const legend = ({ find }) => find(".legend").children.map((/** @type {any} */ part) => part.textContent);

test("a legend has its ends, zero where the scale has two sides, and says where it is clipped", () => {
  assert.deepEqual(legend(paneOf([1, 1, 3], { values: [0, 4, 8] })), ["0", "", "8"]);
  const signed = paneOf([1, 1, 3], { values: [-4, 0, 8] });
  assert.deepEqual(legend(signed), ["−8", "0", "8"], "as far on both sides");
  assert.match(signed.find(".bar i").style.backgroundImage, /^linear-gradient\(/);
  const { pane, model, find } = signed;
  pane.adopt({
    ...model,
    output: { ...model.output, scale: Object.assign(Object.create(model.output.scale), { clipped: true }) },
  });
  assert.equal([...find(".legend").children].at(-1).textContent, "clipped");
});

test("planes that are all drawn large, and panes too low, have no small pictures", () => {
  const three = paneOf([3, 4, 4]);
  three.pane.fit(ROOM, [0, 1, 2], undefined);
  assert.deepEqual([three.find(".thumbs").hidden, three.buttons().length], [true, 0]);
  three.pane.fit(ROOM, [1], undefined);
  assert.deepEqual([three.find(".thumbs").hidden, three.buttons().length], [false, 3]);
  three.pane.fit({ width: 300, height: 119 }, [1], undefined);
  assert.equal(three.find(".thumbs").hidden, true);
});

test("small pictures take their room from the planes, which keep some whatever happens", () => {
  const height = (/** @type {number} */ room, planes = [0]) => {
    const { pane } = paneOf([8, 4, 4]);
    pane.fit({ width: 300, height: room }, planes, undefined);
    return pane.view?.height ?? 0;
  };
  assert.ok(height(120) <= 70);
  assert.ok(height(119) > 70, "lower: no small pictures, more room for the plane");
  assert.ok(height(300) <= 250);
  assert.ok(height(10) > 0);
});

test("six small pictures at most, the plane that is walked among them, and the rest is counted", () => {
  const found = paneOf([20, 2, 2]);
  for (const [plane, first] of [
    [0, 0],
    [3, 0],
    [4, 1],
    [10, 7],
    [17, 14],
    [19, 14],
  ]) {
    found.pane.fit(ROOM, [plane], undefined);
    const names = Array.from({ length: 6 }, (_, place) => `Channel ${first + place + 1}`);
    assert.deepEqual([found.names(), found.pressed()], [names, [plane - first]], `plane ${plane}`);
    assert.match(found.find(".thumbs").textContent, /\+14$/);
  }
  found.pane.fit(ROOM, [3, 4], undefined);
  assert.deepEqual(found.pressed(), [3, 4], "all that are drawn large");
  const six = paneOf([6, 2, 2]);
  six.pane.fit(ROOM, [5], undefined);
  assert.deepEqual([six.names().length, six.pressed(), six.find(".thumbs").textContent], [6, [5], ""]);
});

test("each small picture has a name to be read out and leads to its plane", () => {
  const { pane, buttons, chosen } = paneOf([20, 2, 2]);
  pane.fit(ROOM, [10], undefined);
  assert.equal(buttons()[0].getAttribute("aria-label"), "Channel 8");
  buttons()[0].click();
  buttons()[5].click();
  assert.deepEqual(chosen, [7, 12]);
});

test("planes that a figure has names for say which stands there", () => {
  const names = ["cat", "dog", "cow"];
  const { pane, find, names: shown } = paneOf([3, 2, 2], { more: { planes: { output: names.map((en) => ({ en })) } } });
  pane.fit(ROOM, [1], undefined);
  assert.deepEqual([shown(), find(".thumbs .plane").textContent], [names, "dog"]);
});

test("small pictures show what is written by then, a little later and all at once", (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { pane, model, buttons } = paneOf([5, 2, 2]);
  pane.fit(ROOM, [0], undefined);
  const { data, scale } = model.output;
  const right = (/** @type {number} */ plane, /** @type {number} */ count) =>
    Array.from({ length: 4 }, (_, cell) => (4 * plane + cell < count ? scale.pixel(data[4 * plane + cell]) : 0));
  const shown = () => buttons().map((button) => inked(button).pixels);
  for (const count of [3, 6, 7]) pane.reveal(count, undefined);
  assert.deepEqual(shown()[0], [], "not at every step");
  mock.timers.tick(100);
  assert.deepEqual(shown().slice(0, 2), [right(0, 7), right(1, 7)]);
  const [, second] = buttons();
  assert.deepEqual([inked(second).times, inked(buttons()[0]).times, inked(buttons()[3]).times], [1, 1, 0]);
  pane.reveal(2, undefined);
  mock.timers.tick(100);
  assert.deepEqual(shown().slice(0, 2), [right(0, 2), right(1, 2)], "and are taken back");
});

test("values that still change are drawn anew in every small picture", (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { pane, model, buttons } = paneOf([5, 2, 2]);
  pane.fit(ROOM, [0], undefined);
  let by = 1;
  const changing = (/** @type {number} */ plane) => (/** @type {number} */ row, /** @type {number} */ column) =>
    plane === 4 ? null : by * (2 * row + column);
  for (by of [1, 3]) {
    for (const count of [1, 2]) pane.reveal(count, changing);
    mock.timers.tick(100);
    const right = [0, 1, 2, 3].map((value) => model.output.scale.pixel(by * value));
    assert.deepEqual(inked(buttons()[1]).pixels, right);
    assert.deepEqual(inked(buttons()[4]).pixels, [0, 0, 0, 0], "what is not there yet");
  }
  assert.equal(inked(buttons()[1]).times, 2, "once for all that was told by then");
});

test("without small pictures nothing is waited for", (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { pane, buttons } = paneOf([5, 2, 2]);
  pane.fit(ROOM, [0], undefined);
  const [before] = buttons();
  pane.fit({ width: 300, height: 100 }, [0], undefined);
  pane.reveal(20, undefined);
  mock.timers.tick(1000);
  assert.equal(inked(before).times, 0);
});

test("a pane without a scene needs nothing and shows nothing", () => {
  const pane = new Pane("output", () => {});
  assert.equal(pane.needsThumbs([]), false);
  pane.reveal(3, undefined);
  assert.equal(pane.view, null);
});

test("a picture in colour is one plane of its three channels, and each channel a plane of its own", () => {
  const shape = [3, 40, 40];
  const values = counted(shape).fill(0);
  for (const [plane, first, second] of [
    [0, 255, 0],
    [1, 128, 10],
    [2, 0, 255],
  ])
    values.splice(1600 * plane, 2, first, second);
  const scene = sceneOf({ input_shape: shape, output_shape: shape, kind: "pointwise" }, values, values);
  Object.assign(scene.opening.input, { type: "uint8", range: [0, 255] });
  const pane = new Pane("input", () => {});
  pane.adopt(lookedUp(scene));
  pane.fit(ROOM, [COLOURED, 1], undefined);
  const [whole, green] = /** @type {any} */ (pane.view).tiles;
  const bytes = (/** @type {Uint32Array} */ pixels) =>
    [...pixels.slice(0, 2)].map((pixel) => [0, 8, 16, 24].map((by) => (pixel >>> by) & 255));
  assert.deepEqual(bytes(whole.pixels), [
    [255, 128, 0, 255],
    [0, 10, 255, 255],
  ]);
  const [[red, most, blue]] = bytes(green.pixels);
  assert.ok(red === blue && most > 1.9 * red, "a plane of green looks green");
  const names = /** @type {any[]} */ (pane.node.querySelectorAll(".thumbs button")).map(({ title }) => title);
  assert.deepEqual(names, ["R", "G", "B"]);
});
