/** The form of the input: pictures, sizes, colours, numbers, and what each of them writes into the scene. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { answering } from "./answering.js";
import { fire } from "./dom.js";
import { settled } from "./stand_ins.js";

const { InputForm } = await import("../../static/lab/input.js");

const SAMPLES = /** @type {any} */ ([
  { id: "cat", title: { en: "Cat" }, width: 300, height: 200, thumbnail: "/cat.png", sheet: null },
  { id: "digit-7", title: { en: "A seven" }, width: 28, height: 28, thumbnail: "/7.png", sheet: null },
]);

/** What shows a drawing to a network, which these tests do not look at. */
const SHOWN = `data:text/javascript,${encodeURIComponent(
  'export class ShownDigit { answers = ""; steps = ""; adopt() {} show() {} drawn() {} }',
)}`;

const opened = (/** @type {any} */ input, shape = [1, 43, 64]) =>
  /** @type {any} */ ({
    line: "somewhere | relu",
    layers: [{ input_shape: shape }],
    scene: { input, layers: [{ operation: "relu" }] },
  });

/** A form that shows an input, and what it changes that into. @param {any} input  @param {number[]} [shape] */
function form(input, shape) {
  const told = /** @type {any[]} */ ([]);
  const uploads = /** @type {any[]} */ ([]);
  const state = { refusal: "" };
  const made = new InputForm(SAMPLES, {
    change: async (scene) => {
      told.push(scene.input);
      assert.deepEqual(scene.layers, [{ operation: "relu" }], "the layers stay");
      return state.refusal;
    },
    upload: (file) => uploads.push(file),
    digit: SHOWN,
  });
  document.body.replaceChildren(made.root);
  made.show(opened(input, shape));
  const write = async (/** @type {any} */ field, /** @type {any} */ value, kind = "change") => {
    if (typeof value === "boolean") field.checked = value;
    else field.value = String(value);
    fire(field, kind);
    await settled();
  };
  const complaint = () => (made.file.complaint.hidden ? "" : made.file.complaint.textContent);
  const inSight = () =>
    Object.entries({ picture: made.picture, matrix: made.matrix.root, random: made.random.root })
      .filter(([, { hidden }]) => !hidden)
      .map(([name]) => name);
  return { made, told, uploads, state, write, complaint, inSight };
}

test("each kind of input has its own fields, and its shape is told in a line", () => {
  const { made, inSight } = form({ source: "cat", size: 64 });
  assert.deepEqual(inSight(), ["picture"]);
  assert.equal(made.shape.textContent, "Channels × rows × columns: 1×43×64");
  made.show(opened({ source: [[1, 2]] }, [1, 1, 2]));
  assert.deepEqual([inSight(), made.matrixButton?.ariaPressed], [["matrix"], "true"]);
  made.show(opened({ source: "random", shape: [6, 6], seed: 1 }, [1, 6, 6]));
  assert.deepEqual(inSight(), ["random"]);
  assert.deepEqual([made.matrixButton?.ariaPressed, made.randomButton?.ariaPressed], ["false", "true"]);
});

test("a picture shows its size: as it was asked for, or its own longest side", () => {
  const { made } = form({ source: "cat", size: 64 });
  const shown = () => [made.whole.checked, made.exact.value, made.mode.value, made.size.getAttribute("aria-valuetext")];
  assert.deepEqual(shown(), [false, "64", "gray", "64"]);
  made.show(opened({ source: "cat", mode: "rgb" }, [3, 200, 300]));
  assert.deepEqual(shown(), [true, "300", "rgb", "300"]);
  made.show(opened({ source: "cat", size: 50 }, [1, 33, 50]));
  assert.deepEqual(
    [made.size.value, made.exact.value],
    ["5", "50"],
    "between two places the slider stands at the lower",
  );
  made.show(opened({ source: "cat", size: 4 }, [1, 3, 4]));
  assert.equal(made.exact.value, "4");
});

test("sizes come from the slider's places, from a number or from the picture itself", async () => {
  const { made, told, write } = form({ source: "cat", size: 64 });
  await write(made.size, 0, "input");
  assert.equal(made.size.max, "12", "its last place is the largest size");
  await write(made.size, 12, "input");
  await write(made.exact, 100);
  await write(made.whole, true);
  await write(made.whole, false);
  assert.deepEqual(
    told.map(({ size }) => size),
    [8, 512, 100, undefined, 64],
  );
  assert.ok(told.every(({ source }) => source === "cat"));
});

test("a size that no picture may have is answered in words and changes nothing", async () => {
  const { made, told, write, complaint } = form({ source: "cat", size: 64 });
  for (const [text, sentence] of [
    ["5000", "At most 4096."],
    ["0", "At least 1."],
    ["-3", "At least 1."],
    ["", "Write a whole number."],
  ]) {
    await write(made.exact, text);
    assert.equal(complaint(), sentence);
  }
  assert.deepEqual(told, []);
  await write(made.exact, "4096");
  assert.deepEqual([told.length, complaint()], [1, ""]);
});

test("a number that is being written is not put back while the scene changes", () => {
  const { made } = form({ source: "cat", size: 64 });
  made.exact.focus();
  made.exact.value = "12";
  made.show(opened({ source: "cat", size: 32 }));
  assert.equal(made.exact.value, "12");
  made.exact.blur();
  made.show(opened({ source: "cat", size: 32 }));
  assert.equal(made.exact.value, "32");
});

test("colours are told as a word, and grey as none", async () => {
  const { made, told, write } = form({ source: "cat", size: 64 });
  await write(made.mode, "rgb");
  await write(made.mode, "gray");
  assert.deepEqual(told, [
    { source: "cat", size: 64, mode: "rgb" },
    { source: "cat", size: 64, mode: undefined },
  ]);
});

test("another picture keeps size and colours, but not the region of the one before", async () => {
  const { made, told } = form({ source: "cat", size: 96, mode: "rgb", crop: [0, 0, 9, 9] });
  made.pictures.root.querySelectorAll("button")[1].click();
  await settled();
  made.show(opened({ source: [[1]] }, [1, 1, 1]));
  made.pictures.root.querySelectorAll("button")[0].click();
  await settled();
  assert.deepEqual(told, [
    { source: "digit-7", size: 96, mode: "rgb" },
    { source: "cat", size: 64 },
  ]);
});

test("a matrix and random numbers begin with some of their own", async () => {
  const { made, told } = form({ source: "cat", size: 64 });
  made.matrixButton?.click();
  made.randomButton?.click();
  await settled();
  const [matrix, random] = told;
  assert.ok(matrix.source.length === 5 && matrix.source.every((/** @type {number[]} */ row) => row.length === 5));
  assert.deepEqual(random, { source: "random", shape: [6, 6], seed: 1 });
});

test("what the server refuses is said, and what it takes after that ends the complaint", async () => {
  const { made, state, write, complaint } = form({ source: "cat", size: 64 });
  state.refusal = "No window fits on 8 x 8.";
  await write(made.size, 0, "input");
  assert.equal(complaint(), "No window fits on 8 x 8.");
  state.refusal = "";
  await write(made.size, 5, "input");
  assert.equal(complaint(), "");
});

test("random numbers are written out as a matrix; a server that is silent is told of", async () => {
  const { made, told, complaint } = form({ source: "random", shape: [1, 2], seed: 1 }, [1, 1, 2]);
  const [, writeOut] = made.random.root.querySelectorAll(".planes button");
  answering({ "api/input": { values: [[[7, 8]]] } });
  writeOut.click();
  await settled();
  assert.deepEqual([told, complaint()], [[{ source: [[7, 8]] }], ""]);
  answering({});
  writeOut.click();
  await settled();
  assert.deepEqual([told.length, complaint()], [1, "The server does not answer."]);
});

test("the button opens the file chooser, a chosen file is sent, and the same may be chosen again", () => {
  const { made, uploads } = form({ source: "cat", size: 64 });
  const field = /** @type {any} */ (made.root.querySelector("input[type=file]"));
  let asked = 0;
  field.addEventListener("click", () => {
    asked += 1;
  });
  /** @type {any} */ (made.root.querySelector("button.upload")).click();
  field.value = "picture.png";
  field.files = ["picture"];
  fire(field, "change");
  assert.deepEqual([asked, uploads, field.value], [1, ["picture"], ""]);
  field.files = [];
  fire(field, "change");
  assert.equal(uploads.length, 1, "a chooser that is closed sends nothing");
});

test("a sample's extent is known, that of an upload is asked once, and again where it was not answered", async () => {
  const { made } = form({ source: "cat", size: 64 });
  assert.deepEqual(await made.crop.extentOf("cat"), [200, 300]);
  answering({});
  await assert.rejects(made.crop.extentOf("image:abc"));
  const asked = answering({ "api/scene": { layers: [{ input_shape: [1, 30, 40] }] } });
  const both = await Promise.all([made.crop.extentOf("image:abc"), made.crop.extentOf("image:abc")]);
  assert.deepEqual([both[0], both[1], asked.length], [[30, 40], [30, 40], 1]);
});

test("a region that the scene has is shown, and can be taken back", () => {
  const { made } = form({ source: "cat", size: 64, crop: [1, 2, 3, 4] });
  assert.deepEqual([made.crop.root.open, made.crop.whole.hidden], [true, false]);
  made.show(opened({ source: "cat", size: 64 }));
  assert.equal(made.crop.whole.hidden, true);
});

test("a region that is drawn is written beside the rest of the input", async () => {
  const { made, told } = form({ source: "cat", size: 64, mode: "rgb" });
  made.crop.change([1, 2, 3, 4]);
  made.crop.change(undefined);
  await settled();
  assert.deepEqual(told, [
    { source: "cat", size: 64, mode: "rgb", crop: [1, 2, 3, 4] },
    { source: "cat", size: 64, mode: "rgb", crop: undefined },
  ]);
});

test("while a digit is drawn its pad stands in the place of the cells", () => {
  const { made, inSight } = form({ source: [[1]] }, [1, 1, 1]);
  made.pad.button.click();
  made.show(opened({ source: [[1]] }, [1, 1, 1]));
  assert.deepEqual(inSight(), []);
  made.pad.button.click();
  made.show(opened({ source: [[1]] }, [1, 1, 1]));
  assert.deepEqual(inSight(), ["matrix"]);
});
