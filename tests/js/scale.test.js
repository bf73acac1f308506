import assert from "node:assert/strict";
import { test } from "node:test";
import { divergingScale, scaleOf } from "../../static/drawing/scale.js";

/** @param {number} pixel  little endian RGBA */
const bands = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, pixel >>> 24];

test("a grey picture keeps every grey", () => {
  const scale = scaleOf([0, 255], "picture", false);
  for (let grey = 0; grey < 256; grey += 1) assert.deepEqual(bands(scale.pixel(grey)), [grey, grey, grey, 255]);
});

test("zero is white on paper and black in the dark", () => {
  assert.deepEqual(bands(scaleOf([-1020, 3], "map", false).pixel(0)), [255, 255, 255, 255]);
  assert.deepEqual(bands(scaleOf([-1020, 3], "map", true).pixel(0)), [0, 0, 0, 255]);
});

test("a signed scale is symmetric about zero, whichever side reaches further", () => {
  for (const range of [
    [-3, 10],
    [-10, 3],
  ]) {
    const { low, high } = scaleOf(range, "map", false);
    assert.deepEqual([low, high], [-10, 10]);
  }
});

test("a map of nothing but zeros, or of one value, still has a scale", () => {
  assert.deepEqual(bands(scaleOf([0, 0], "map", false).pixel(0)), [0, 0, 0, 255]);
  assert.deepEqual(bands(scaleOf([7, 7], "map", false).pixel(7)), [255, 255, 255, 255]);
  assert.equal(divergingScale(0, false).high, 1);
});

test("what is no number has no colour", () => {
  const scale = scaleOf([-1, 1], "map", false);
  assert.equal(scale.pixel(NaN), 0);
  assert.equal(scale.pixel(null), 0);
});

test("digits reach a contrast of 4.5 on every colour of every scale", () => {
  for (const dark of [false, true]) {
    for (const scale of [scaleOf([0, 255], "picture", dark), scaleOf([0, 9], "table", dark), divergingScale(1, dark)]) {
      scale.pixels.forEach((pixel, entry) => {
        const [red, green, blue] = bands(pixel).map((band) =>
          band / 255 <= 0.04045 ? band / 255 / 12.92 : ((band / 255 + 0.055) / 1.055) ** 2.4,
        );
        const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        const value = scale.low + (entry / (scale.pixels.length - 1)) * (scale.high - scale.low);
        assert.equal(scale.colour(value), `rgb(${bands(pixel).slice(0, 3).join(" ")})`);
        const contrast = scale.ink(value) === "#000" ? (light + 0.05) / 0.05 : 1.05 / (light + 0.05);
        assert.ok(contrast >= 4.5, `${scale.colour(value)} ${contrast}`);
      });
    }
  }
});

test("zero is in the middle of the largest numbers, and both ends are the ends of the colours", () => {
  for (const reach of [1.7e308, 1e308, Number.POSITIVE_INFINITY]) {
    const scale = divergingScale(reach, false);
    assert.deepEqual([scale.entry(scale.low), scale.entry(0), scale.entry(scale.high)], [0, 128, 256]);
  }
});
