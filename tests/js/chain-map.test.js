/** A place of the chain alone: tiles of channels, bars of a vector, what is framed and what lies under a pointer. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { ChainMap } from "../../static/views/chain/chain-map.js";
import { Bars, MapPicture } from "../../static/views/chain/map-picture.js";
import { askMaps, inColours } from "../../static/views/chain/maps.js";
import { isBars, isVector, Tiles } from "../../static/views/chain/tiles.js";
import { answering } from "./answering.js";
import { told } from "./canvas.js";
import { counted } from "./scenes.js";

test("what has one cell a channel is a vector; a short one is bars, a single number is none", () => {
  const kinds = (/** @type {number[]} */ shape) => [isVector(shape), isBars(shape)];
  assert.deepEqual(kinds([1, 1, 1]), [true, false]);
  assert.deepEqual(kinds([2, 1, 1]), [true, true]);
  assert.deepEqual(kinds([16, 1, 1]), [true, true]);
  assert.deepEqual(kinds([17, 1, 1]), [true, false]);
  assert.deepEqual(kinds([3, 1, 2]), [false, false]);
  assert.deepEqual(kinds([3, 2, 1]), [false, false]);
});

test("every cell of a sheet belongs to one cell of the map, whatever its shape", () => {
  for (const [shape, open] of /** @type {[number[], boolean][]} */ ([
    [[1, 1, 1], false],
    [[1, 1, 9], true],
    [[3, 4, 5], true],
    [[4, 4, 5], true],
    [[16, 2, 3], false],
    [[40, 2, 3], false],
    [[128, 1, 1], false],
  ])) {
    const tiles = new Tiles(shape, open, 72);
    const { rows, columns } = tiles.sheet;
    const found = new Set();
    for (let row = 0; row < rows; row += 1)
      for (let column = 0; column < columns; column += 1) {
        const cell = tiles.cellAt((column + 0.5) / columns, (row + 0.5) / rows);
        if (cell) assert.equal(found.size + 1, found.add(String(cell)).size, `${shape}: ${cell} twice`);
      }
    assert.equal(found.size, tiles.count * shape[1] * shape[2], `${shape}`);
  }
});

test("beyond the sheet lies no cell", () => {
  const tiles = new Tiles([2, 3, 3], true, 72);
  for (const [x, y] of [
    [-0.01, 0.5],
    [0.5, -0.01],
    [1, 0.5],
    [0.5, 1],
  ])
    assert.equal(tiles.cellAt(x, y), null, `${x} ${y}`);
});

test("open channels lie in one row up to three, in two from four on; closed ones in a square", () => {
  const laid = (/** @type {number} */ channels, /** @type {boolean} */ open) => {
    const { across, down } = new Tiles([channels, 4, 4], open, 72);
    return [across, down];
  };
  assert.deepEqual(
    [1, 3, 4, 7, 16, 99].map((count) => laid(count, true)),
    [
      [1, 1],
      [3, 1],
      [2, 2],
      [4, 2],
      [8, 2],
      [8, 2],
    ],
  );
  assert.deepEqual(
    [1, 3, 4, 9, 16, 99].map((count) => laid(count, false)),
    [
      [1, 1],
      [3, 1],
      [2, 2],
      [3, 3],
      [4, 4],
      [4, 4],
    ],
  );
});

test("a map keeps the proportions of its planes, but none is too thin to be pointed at", () => {
  const size = (/** @type {number[]} */ shape) => {
    const { width, height } = new Tiles(shape, false, 72);
    return [width, height];
  };
  assert.deepEqual(size([1, 4, 8]), [72, 36]);
  assert.deepEqual(size([1, 1, 100]), [72, 10]);
  assert.deepEqual(size([1, 100, 1]), [10, 72]);
  assert.deepEqual(size([5, 1, 1]), [10, 50]);
  assert.deepEqual(size([100, 1, 1]), [40, 72]);
  assert.equal(new Tiles([8, 4, 4], true, 72).width, 144, "open: as high as it may be, and as long as it gets");
});

const BOX = { top: 1, bottom: 2, left: 0, right: 1 };

/** A picture of a map at a place of the page. @param {number[]} shape */
function pictured(shape, { open = false, whole = false } = {}) {
  const picture = new MapPicture(shape, { open, side: 72, whole });
  const root = /** @type {any} */ (picture.root);
  root.box = { left: 10, top: 20, width: 80, height: 60 };
  const frames = () => root.querySelector(".field").getAttribute("d") ?? "";
  const puts = () => told(root.querySelector("canvas").getContext("2d"), "putImageData");
  const image = () => puts().at(-1)?.args[0];
  const pixels = () => [...new Uint32Array(image().data.buffer)];
  return { picture, root, frames, puts, image, pixels };
}

test("seen cells are framed in each channel, in some of them, or nowhere", () => {
  const { picture, frames } = pictured([2, 4, 4], { open: true });
  picture.show(BOX);
  assert.equal(frames(), "M0 1h2v2h-2zM5 1h2v2h-2z");
  picture.show(BOX, [1]);
  assert.equal(frames(), "M5 1h2v2h-2z");
  picture.show(BOX, [7]);
  assert.equal(frames(), "", "a channel that is not drawn");
  picture.show({ ...BOX, right: -1 });
  assert.equal(frames(), "", "none of its columns is seen");
  picture.show(BOX);
  picture.show(null);
  assert.equal(frames(), "");
});

test("a pointer is on the cell that it is over, in whatever size the map is shown", () => {
  const { picture, root } = pictured([1, 3, 4]);
  const at = (/** @type {number} */ clientX, /** @type {number} */ clientY) =>
    picture.cellAt(/** @type {any} */ ({ clientX, clientY }));
  assert.deepEqual(
    [at(11, 21), at(89, 79), at(51, 41)],
    [
      [0, 0, 0],
      [0, 2, 3],
      [0, 1, 2],
    ],
  );
  assert.deepEqual([at(9, 30), at(91, 30)], [null, null]);
  root.scale = 2;
  assert.deepEqual(at(169, 139), [0, 2, 3]);
});

/** @param {number[]} shape  @param {number[]} cells  @param {object} [more] */
const smallMap = (shape, cells, more) =>
  /** @type {any} */ ({
    ...{ shape, shown: shape, low: 0, high: 254 },
    cells: btoa(String.fromCharCode(...cells)),
    ...more,
  });

test("each channel is painted on its own tile, and the gap between them is left clear", () => {
  const { picture, pixels, image, root } = pictured([2, 2, 2], { open: true });
  picture.draw(smallMap([2, 2, 2], [0, 254, 254, 0, 254, 0, 0, 254]), 1, false);
  const [dark, light] = pixels();
  assert.deepEqual([image().width, image().height, dark !== light], [5, 2, true]);
  assert.deepEqual(pixels(), [dark, light, 0, light, dark, light, dark, 0, dark, light]);
  const heaps = [16, 17].map((count) => pictured([count, 2, 2]).root.classList.contains("several"));
  assert.deepEqual([...heaps, root.classList.contains("several")], [false, true, false]);
});

test("a map that the server did not compute stays as it is", () => {
  const { picture, puts } = pictured([1, 2, 2]);
  picture.draw(smallMap([1, 2, 2], [], { cells: null }), 0, false);
  assert.equal(puts().length, 0);
});

test("only the input of three channels of bytes is one picture in colours", () => {
  const map = (/** @type {object} */ more) => smallMap([3, 1, 2], [254, 0, 0, 0, 0, 254], { high: 255, ...more });
  assert.equal(inColours(map({}), 0), true);
  assert.equal(inColours(map({}), 1), false, "what a layer makes is no photograph");
  assert.equal(inColours(map({ high: 1 }), 0), false);
  assert.equal(inColours(map({ low: -255 }), 0), false);
  assert.equal(inColours(map({ shape: [1, 1, 2] }), 0), false);
  const { picture, root, pixels } = pictured([3, 1, 2], { whole: true });
  assert.ok(root.classList.contains("several"), "until it is known");
  picture.draw(map({}), 0, false);
  assert.deepEqual([root.classList.contains("several"), pixels()], [false, [0xff0000ff, 0xffff0000]]);
});

/** Bars of so many numbers. @param {number} count  @param {string} [lang] */
function barred(count, lang = "en") {
  const bars = new Bars([count, 1, 1]);
  const page = document.createElement("div");
  page.setAttribute("lang", lang);
  page.append(bars.root);
  const rows = () => /** @type {any[]} */ (bars.root.children);
  const texts = () => rows().map((row) => [row.children[0].textContent, row.children[2].textContent]);
  const spans = () => rows().map((row) => ["--from", "--long"].map((name) => Number(row.children[1].style[name])));
  return { bars, rows, texts, spans };
}
const vector = (/** @type {(number | null)[]} */ values, more = {}) =>
  /** @type {any} */ ({ low: -2, high: 2, values, ...more });

test("a bar goes from zero to its number, to the left where it is negative; what is no number has none", () => {
  const { bars, spans, texts } = barred(4);
  bars.draw(/** @type {any} */ ({ low: 0, high: 1 }));
  assert.deepEqual(texts()[1], ["1", ""], "they have not come");
  bars.draw(vector([2, -1, 0, null]));
  assert.deepEqual(spans(), [
    [0.5, 0.5],
    [0.25, 0.25],
    [0.5, 0],
    [0.5, 0],
  ]);
  assert.deepEqual(texts(), [
    ["0", "2"],
    ["1", "−1"],
    ["2", "0"],
    ["3", "–"],
  ]);
});

test("bars have the names of their classes in the language of the page; digits need no wider place", () => {
  const classes = [{ en: "cat", ko: "고양이" }, { en: "dog" }];
  const english = barred(2);
  english.bars.draw(vector([1, 0], { classes, answer: 0 }));
  assert.deepEqual(
    english.texts().map(([name]) => name),
    ["cat", "dog"],
  );
  assert.deepEqual(
    english.rows().map((row) => row.classList.contains("most")),
    [true, false],
  );
  assert.ok(english.bars.root.classList.contains("named"));
  english.bars.draw(vector([0, 1], { answer: 1 }));
  assert.deepEqual(
    english.rows().map((row) => row.classList.contains("most")),
    [false, true],
  );
  assert.equal(english.bars.root.classList.contains("named"), false);
  const korean = barred(2, "ko");
  korean.bars.draw(vector([1, 0], { classes }));
  assert.equal(korean.texts()[0][0], "고양이");
});

test("of bars those are lit that a cell sees, and a pointer finds the one that it is on", () => {
  const { bars, rows } = barred(3);
  const lit = () => rows().map((row) => row.classList.contains("lit"));
  bars.show(BOX);
  assert.deepEqual(lit(), [true, true, true]);
  bars.show(BOX, [1]);
  assert.deepEqual(lit(), [false, true, false]);
  bars.show(null, [1]);
  assert.deepEqual(lit(), [false, false, false]);
  const at = (/** @type {any} */ target) => bars.cellAt(/** @type {any} */ ({ target }));
  assert.deepEqual([at(rows()[2].children[1]), at(bars.root), at(null)], [[2, 0, 0], null, null]);
});

/** @param {number[]} shape */
const placed = (shape, walked = true, walks = true) => {
  const map = new ChainMap({ name: "relu", shape, walked }, walks);
  const text = (/** @type {string} */ selector) => map.root.querySelector(selector)?.textContent ?? null;
  return { map, text, box: /** @type {any} */ (map.box) };
};

test("a layer can be walked, the input cannot; how many channels are not drawn is said", () => {
  const layer = placed([20, 4, 4]);
  assert.deepEqual([layer.box.localName, layer.box.getAttribute("aria-current")], ["button", "true"]);
  assert.deepEqual([layer.text(".map-name"), layer.text(".map-shape"), layer.text(".more")], ["relu", "20×4×4", "+4"]);
  assert.equal(placed([16, 4, 4]).text(".more"), null);
  assert.equal(placed([200, 1, 1]).text(".more"), null, "a vector wraps");
  assert.equal(placed([20, 4, 4], false).box.hasAttribute("aria-current"), false);
  assert.equal(placed([1, 4, 4], false, false).box.localName, "span");
});

test("how much of a map is seen is said in rows and columns; of a vector, or of nothing, it is not", () => {
  const { map, text } = placed([2, 5, 5]);
  map.show({ top: 0, bottom: 2, left: 1, right: 1 });
  assert.equal(text(".seen"), "3×1");
  map.show({ top: 0, bottom: -1, left: 0, right: 1 });
  assert.equal(text(".seen"), "");
  map.show(BOX);
  map.show(null);
  assert.equal(text(".seen"), "");
  const short = placed([9, 1, 1]);
  short.map.show({ top: 0, bottom: 0, left: 0, right: 0 });
  assert.equal(short.text(".seen"), "");
});

test("the maps of four scenes are remembered, the one asked for longest ago goes, a failure is none", async () => {
  const asked = answering({ "api/maps": { maps: counted([2]) } });
  const ask = (/** @type {string} */ line) => askMaps("http://maps.example", line);
  for (const line of ["a", "b", "a", "c", "d"]) assert.deepEqual(await ask(line), [0, 1]);
  assert.equal(asked.length, 4);
  for (const line of ["e", "a"]) await ask(line);
  assert.equal(asked.length, 5, "a was looked at after b");
  await ask("b");
  assert.equal(asked.length, 6);
  answering({});
  await assert.rejects(ask("f"));
  const again = answering({ "api/maps": { maps: [] } });
  await ask("f");
  assert.equal(again.length, 1);
});
