/** The kernel's editor: what its tools write, what is taken back, what becomes of channels. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { fire } from "./dom.js";
import { editor, SOBEL } from "./editors.js";
import { reading, reads } from "./matrices.js";
import { settled } from "./stand_ins.js";

test("tools turn every plane of the kernel, and four quarter turns are none", async () => {
  const { told, press } = editor(SOBEL);
  await press("Rotate by 90 degrees");
  assert.deepEqual(told.at(-1), {
    weight: [
      [-1, -2, -1],
      [0, 0, 0],
      [1, 2, 1],
    ],
  });
  for (let turn = 0; turn < 3; turn += 1) await press("Rotate by 90 degrees");
  assert.deepEqual(told.at(-1), { weight: SOBEL });
  await press("Swap rows and columns");
  await press("Swap rows and columns");
  assert.deepEqual(told.at(-1), { weight: SOBEL });
  await press("Change every sign");
  assert.deepEqual(told.at(-1).weight[1], [2, 0, -2]);
  const [two, three] = [
    editor([[[1, 2]], [[3, 4]]]),
    editor([
      [[[1, 2]], [[3, 4]]],
      [[[5, 6]], [[7, 8]]],
    ]),
  ];
  await two.press("Swap rows and columns");
  assert.deepEqual(two.told, [
    {
      weight: [
        [[1], [2]],
        [[3], [4]],
      ],
    },
  ]);
  await three.press("Swap rows and columns");
  assert.deepEqual(three.told[0].weight[1], [
    [[5], [6]],
    [[7], [8]],
  ]);
});

test("a number written into a cell changes its plane alone", async () => {
  reads((text) => reading([[Number(text)]], [1, 1]));
  const { made, told, choose } = editor(
    [
      [[[1]], [[2]]],
      [[[3]], [[4]]],
    ],
    { channels: 2 },
  );
  choose(0, 1);
  choose(1, 1);
  const [cell] = /** @type {any} */ (made.grid.root.children);
  assert.equal(cell.value, "4");
  cell.focus();
  cell.value = "9";
  fire(cell, "input");
  fire(cell, "keydown", { key: "Enter" });
  await settled();
  assert.deepEqual(told, [
    {
      weight: [
        [[[1]], [[2]]],
        [[[3]], [[9]]],
      ],
    },
  ]);
});

test("a smaller kernel says that it was cut, and gives the numbers back when it grows", async () => {
  const { made, told, said } = editor(SOBEL);
  const side = async (/** @type {number} */ place, /** @type {number} */ value) => {
    made.sizes.inputs[place].value = String(value);
    fire(made.sizes.inputs[place], "change");
    await settled();
  };
  await side(0, 1);
  assert.deepEqual(told.at(-1), { weight: [[-2, 0, 2]] });
  assert.match(said() ?? "", /^1 × 3: what was cut off comes back/);
  await side(0, 3);
  assert.deepEqual([told.at(-1), said()], [{ weight: SOBEL }, ""]);
  await side(1, 2);
  made.understood.button.click();
  await settled();
  assert.deepEqual(told.at(-1), { weight: SOBEL }, "the way back of the sentence");
});

test("what was cut off has nothing to do with numbers that came from elsewhere", async () => {
  const { made, told } = editor(SOBEL);
  const width = async (/** @type {number} */ value) => {
    made.sizes.inputs[1].value = String(value);
    fire(made.sizes.inputs[1], "change");
    await settled();
  };
  await width(1);
  made.show([[7], [8], [9]], 1, [9, 9]);
  await width(3);
  assert.deepEqual(told.at(-1), {
    weight: [
      [0, 7, 0],
      [0, 8, 0],
      [0, 9, 0],
    ],
  });
});

test("a size that does not fit is answered in words, and nothing is written", () => {
  const { made, told, complaint } = editor([[1]], { largest: [2, 4] });
  for (const [place, text, sentence] of /** @type {[number, string, string][]} */ ([
    [0, "3", "Kernel rows: at most 2 fit here."],
    [1, "5", "Kernel columns: at most 4 fit here."],
    [1, "0", "Kernel columns: at least 1."],
    [1, "1.5", "Kernel columns: write a whole number."],
    [0, "", "Kernel rows: write a whole number."],
  ])) {
    made.sizes.inputs[place].value = text;
    fire(made.sizes.inputs[place], "change");
    assert.equal(complaint(), sentence);
    fire(made.sizes.inputs[place], "blur");
  }
  assert.deepEqual(told, []);
});

test("changes are taken back and made again, by button and by key, in their order", async () => {
  const { made, told, press, key, state } = editor([[1, 2]]);
  assert.deepEqual([made.undoTool.disabled, made.redoTool.disabled], [true, true]);
  assert.equal(await key("z"), true, "the page does not undo something else");
  assert.deepEqual(told, []);
  await press("Change every sign");
  await press("Rotate by 90 degrees");
  assert.deepEqual([made.undoTool.disabled, made.redoTool.disabled], [false, true]);
  await press("Undo");
  assert.deepEqual(state.written, { weight: [[-1, -2]] });
  await key("z");
  assert.deepEqual([state.written, made.undoTool.disabled], [{ weight: [[1, 2]] }, true]);
  await key("Z", { shiftKey: true });
  await key("y", { ctrlKey: false, metaKey: true });
  assert.deepEqual([state.written, made.redoTool.disabled], [{ weight: [[-1], [-2]] }, true]);
  await press("Undo");
  await press("Swap rows and columns");
  assert.equal(made.redoTool.disabled, true, "another change ends what could be made again");
});

test("keys of text that is being written, and keys with Alt, are left alone", async () => {
  const { made, told, press, key } = editor([[1, 2]]);
  await press("Change every sign");
  assert.equal(await key("z", { altKey: true }), false);
  assert.equal(await key("z", { ctrlKey: false }), false);
  assert.equal(await key("a"), false);
  made.grid.root.children[0].classList.add("typing");
  assert.equal(await key("z"), false);
  const pasted = fire(made.sheet.text, "keydown", { key: "z", ctrlKey: true });
  assert.deepEqual([pasted.defaultPrevented, told.length], [false, 1]);
});

test("what the server refuses never was, and an undo that it refuses says why", async () => {
  const { made, state, press, said, complaint } = editor([[1, 2]]);
  state.refusal = "No window fits.";
  await press("Rotate by 90 degrees");
  assert.deepEqual([made.undoTool.disabled, said()], [true, ""]);
  state.refusal = "";
  await press("Change every sign");
  state.refusal = "No window fits.";
  await press("Undo");
  assert.equal(complaint(), "No window fits.");
});

test("a filter that is picked elsewhere can be taken back here", async () => {
  const { made, state, press } = editor([[1, 2]]);
  made.remember();
  state.written = { weight: "sobel-x", divisor: 4 };
  await press("Undo");
  assert.deepEqual(state.written.weight, [[1, 2]]);
});

test("one plane stands by itself, and for several it is said what becomes of them", () => {
  const { made, links } = editor(SOBEL);
  assert.deepEqual(
    [made.planes.hidden, made.meaning.hidden, links()],
    [true, true, ["Add a kernel"]],
    "one channel needs no words",
  );
  const rgb = editor(SOBEL, { channels: 3 });
  assert.equal(rgb.made.meaning.textContent, "This kernel filters each of the 3 channels by itself.");
  assert.deepEqual(rgb.links(), ["Sum over channels", "Add a kernel"]);
  const deep = editor([SOBEL, SOBEL, SOBEL], { channels: 3 });
  assert.equal(deep.made.meaning.textContent, "Each kernel has 3 channels and sums over them.");
  assert.deepEqual(deep.links(), ["Each channel by itself", "Add a kernel"]);
  const many = editor([[SOBEL], [SOBEL]]);
  assert.deepEqual(many.links(), ["Add a kernel", "Remove this kernel"]);
  assert.deepEqual(editor(Array.from({ length: 64 }, () => [[[1]]])).links(), ["Remove this kernel"]);
});

test("a kernel spreads over channels and back, and a kernel more has the numbers of the one in sight", async () => {
  const { told, press, state } = editor([[1, 2]], { channels: 3 });
  await press("Sum over channels");
  assert.deepEqual(told.at(-1), { weight: [[[1, 2]], [[1, 2]], [[1, 2]]], groups: undefined });
  await press("Each channel by itself");
  assert.deepEqual(told.at(-1), { weight: [[1, 2]], groups: undefined });
  await press("Add a kernel");
  const one = [[[1, 2]], [[1, 2]], [[1, 2]]];
  assert.deepEqual(state.written.weight, [one, one], "a kernel that was for each channel has all of them now");
});

test("the chosen kernel is removed, and the nearest one that is left is shown", async () => {
  const { press, state, choose, cells, made } = editor([[[[1]]], [[[2]]], [[[3]]]]);
  assert.deepEqual(
    [.../** @type {any} */ (made.planes.children[0]).options].map(({ textContent }) => textContent),
    ["Kernel 1", "Kernel 2", "Kernel 3"],
  );
  choose(0, 2);
  assert.deepEqual(cells(), ["3"]);
  await press("Remove this kernel");
  assert.deepEqual([state.written.weight, cells()], [[[[[1]]], [[[2]]]], ["2"]]);
});

test("another weight with fewer channels shows the last that it has", () => {
  const { made, choose, cells } = editor([[[1]], [[2]], [[3]]], { channels: 3 });
  choose(0, 2);
  assert.deepEqual(cells(), ["3"]);
  made.show([[[1]], [[2]]], 2, [9, 9]);
  assert.deepEqual(cells(), ["2"]);
});
