/** The region of a picture: drawn, moved, pulled, slid and written, and what is refused. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { CropField } from "../../static/lab/crop-field.js";
import { fire } from "./dom.js";
import { settled } from "./stand_ins.js";

/** A field of a picture of 100 rows and 200 columns, shown at half its size. */
async function field({ crop = /** @type {any} */ (undefined), extent = /** @type {any} */ ([100, 200]) } = {}) {
  const told = /** @type {any[]} */ ([]);
  const asked = /** @type {string[]} */ ([]);
  const gates = /** @type {(() => void)[]} */ ([]);
  const state = { slow: false, broken: false };
  const crops = new CropField(
    async (source) => {
      asked.push(source);
      if (state.slow) await new Promise((go) => gates.push(() => go(undefined)));
      if (state.broken) throw new Error("gone");
      return source === "small" ? [10, 10] : extent;
    },
    (region) => told.push(region),
  );
  document.body.replaceChildren(crops.root);
  const view = /** @type {any} */ (crops.view);
  view.box = { left: 10, top: 20, width: 100, height: 50 };
  const events = /** @type {string[]} */ ([]);
  for (const kind of ["hold", "release"]) crops.root.addEventListener(kind, () => void events.push(kind));
  crops.root.open = true;
  crops.show("cat", crop);
  await settled();
  const point = (/** @type {number} */ row, /** @type {number} */ column) => ({
    button: 0,
    pointerId: 1,
    clientX: 10 + column / 2,
    clientY: 20 + row / 2,
  });
  const drag = (/** @type {number[]} */ from, /** @type {number[]} */ to) => {
    fire(view, "pointerdown", point(from[0], from[1]));
    fire(view, "pointermove", point(to[0], to[1]));
    fire(view, "pointerup", point(to[0], to[1]));
  };
  const values = () => crops.fields.map(({ input }) => input.value);
  return { crops, told, asked, gates, state, view, events, point, drag, values };
}

test("without a region the frame is the whole picture, and nothing need be taken back", async () => {
  const { crops, values } = await field();
  assert.deepEqual(values(), ["0", "0", "100", "200"]);
  const { top, left, height, width } = /** @type {any} */ (crops.frame.style);
  assert.deepEqual([top, left, height, width], ["0%", "0%", "100%", "100%"]);
  assert.deepEqual([crops.whole.hidden, crops.shifts.map(({ root }) => root.hidden)], [true, [true, true]]);
  assert.match(crops.picture.src, /api\/input\?scene=cat\+256.*&layer=0&format=png/);
  assert.deepEqual([crops.view.style.aspectRatio, crops.view.style.getPropertyValue("--shape")], ["200 / 100", "2"]);
  assert.equal(crops.complaint.hidden, true);
});

test("a drag draws a region, told as it grows, as one change of the history", async () => {
  const { drag, told, events, values, view } = await field();
  drag([20, 40], [60, 120]);
  assert.deepEqual(told, [
    [20, 40, 40, 80],
    [20, 40, 40, 80],
  ]);
  assert.deepEqual([events, values(), view.captured], [["hold", "release"], ["20", "40", "40", "80"], 1]);
});

test("a drag that leaves the picture ends at its edge, whichever way it goes", async () => {
  const { drag, told } = await field();
  drag([60, 120], [-40, -900]);
  assert.deepEqual(told.at(-1), [0, 0, 60, 120]);
  drag([60, 150], [9000, 9000]);
  assert.deepEqual(told.at(-1), [60, 150, 40, 50]);
});

test("a region is moved by its inside and never over an edge; near a corner the corner is pulled", async () => {
  const { drag, told } = await field({ crop: [30, 50, 40, 80] });
  drag([50, 90], [60, 100]);
  assert.deepEqual(told.at(-1), [40, 60, 40, 80]);
  drag([60, 100], [-500, 5000]);
  assert.deepEqual(told.at(-1), [0, 120, 40, 80]);
  drag([40, 120], [70, 100]);
  assert.deepEqual(told.at(-1), [0, 100, 70, 100], "the lower left corner goes, the upper right one stays");
});

test("away from the region a new one is drawn; the whole picture has no inside to move", async () => {
  const { drag, told } = await field({ crop: [0, 0, 20, 20] });
  drag([60, 100], [80, 140]);
  assert.deepEqual(told.at(-1), [60, 100, 20, 40]);
  const whole = await field();
  whole.drag([0, 0], [10, 10]);
  assert.deepEqual(whole.told.at(-1), [0, 0, 10, 10]);
});

test("the whole picture is told as no region at all", async () => {
  const { crops, drag, told } = await field({ crop: [1, 1, 50, 50] });
  assert.equal(crops.whole.hidden, false);
  crops.whole.click();
  assert.deepEqual(told, [undefined]);
  drag([0, 0], [100, 200]);
  assert.equal(told.at(-1), undefined);
});

test("a pointer that stays on its pixel tells nothing, and a cancelled one ends without a change", async () => {
  const { view, point, told, events } = await field({ crop: [30, 50, 40, 80] });
  fire(view, "pointerdown", point(50, 90));
  fire(view, "pointermove", point(50.2, 90.2));
  assert.deepEqual([told, events], [[], []]);
  fire(view, "pointercancel", {});
  fire(view, "pointermove", point(90, 190));
  fire(view, "pointerup", point(90, 190));
  assert.deepEqual([told, events], [[], ["release"]]);
  fire(view, "pointerdown", { ...point(50, 90), button: 2 });
  fire(view, "pointermove", point(90, 190));
  assert.deepEqual(told, []);
});

test("four numbers are taken where the region lies inside, to the last row and column", async () => {
  const { crops, told } = await field({ crop: [30, 50, 40, 80] });
  const write = (/** @type {number} */ place, /** @type {string} */ text) => {
    crops.fields[place].input.value = text;
    fire(crops.fields[place].input, "change");
  };
  write(0, "60");
  assert.deepEqual(told.at(-1), [60, 50, 40, 80]);
  assert.deepEqual(
    crops.fields.map(({ input }) => `${input.min}-${input.max}`),
    ["0-99", "0-199", "1-40", "1-150"],
  );
  for (const [place, text] of [
    [0, "61"],
    [2, "71"],
    [3, "151"],
    [1, "121"],
    [2, "0"],
    [3, "-1"],
    [0, "-1"],
    [2, "3.5"],
    [3, ""],
  ]) {
    const before = told.length;
    const input = crops.fields[Number(place)].input;
    const good = input.value;
    write(Number(place), String(text));
    assert.deepEqual([told.length, crops.complaint.hidden], [before, false], `${place} ${text}`);
    assert.equal(input.getAttribute("aria-invalid"), "true");
    assert.match(crops.complaint.textContent ?? "", /100 rows and 200 columns/);
    write(Number(place), good);
    assert.deepEqual([crops.complaint.hidden, input.hasAttribute("aria-invalid")], [true, false]);
  }
});

test("one row and one column at the very edge are a region, and so is all of the picture", async () => {
  for (const region of [
    [0, 0, 1, 1],
    [99, 199, 1, 1],
    [0, 0, 99, 200],
  ]) {
    const { crops, told } = await field({ crop: [0, 0, 1, 1] });
    for (const [place, { input }] of crops.fields.entries()) input.value = String(region[place]);
    fire(crops.fields[0].input, "change");
    assert.deepEqual(told, [region]);
  }
});

test("a corner is taken hold of from fourteen pixels of the screen, not of the picture", async () => {
  for (const [away, taken] of [
    [13, true],
    [15, false],
  ]) {
    const { drag, told } = await field({ crop: [10, 20, 40, 80] });
    drag([50 + 2 * Number(away), 100], [90, 180]);
    assert.equal(told.at(-1).join() === "10,20,80,160", taken, `${away}`);
  }
});

test("sliders shift the region as far as there is room", async () => {
  const { crops, told } = await field({ crop: [30, 50, 40, 200] });
  const [down, right] = crops.shifts;
  assert.deepEqual([down.slider.max, down.slider.value, right.root.hidden], ["60", "30", true]);
  down.slider.value = "55";
  fire(down.slider, "input");
  assert.deepEqual(told, [[55, 50, 40, 200]]);
});

test("a picture that is not in sight is not asked for; opening it asks", async () => {
  const { crops, asked } = await field();
  crops.root.open = false;
  crops.show("dog", undefined);
  await settled();
  assert.deepEqual(asked, ["cat"]);
  crops.root.open = true;
  fire(crops.root, "toggle");
  await settled();
  assert.deepEqual(asked, ["cat", "dog"]);
  crops.root.open = false;
  crops.show("small", [1, 2, 3, 4]);
  assert.equal(crops.root.open, true, "a region of another picture is in sight");
});

test("an answer about the picture before comes to nothing, and one that does not come changes nothing", async () => {
  const { crops, gates, state, values } = await field();
  state.slow = true;
  crops.show("dog", undefined);
  state.slow = false;
  crops.show("small", [1, 2, 3, 4]);
  await settled();
  gates[0]();
  await settled();
  assert.deepEqual(values(), ["1", "2", "3", "4"]);
  assert.match(crops.picture.src, /small/);
  state.broken = true;
  crops.show("lost", undefined);
  await settled();
  assert.match(crops.picture.src, /small/);
});

test("while it is drawn what the scene says is not shown", async () => {
  const { crops, view, point, values } = await field({ crop: [30, 50, 40, 80] });
  fire(view, "pointerdown", point(50, 90));
  crops.show("cat", [0, 0, 5, 5]);
  await settled();
  assert.deepEqual(values(), ["30", "50", "40", "80"]);
});
