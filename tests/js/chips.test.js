import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Chips } from "../../static/lab/chips.js";
import { fire } from "./dom.js";
import { convolution } from "./scenes.js";
import { settled } from "./stand_ins.js";

const LAYERS = ["conv2d", "relu", "max_pool2d"].map((operation) => ({
  operation,
  title: { en: operation.toUpperCase() },
  arguments: {},
  input_shape: [1, 8, 8],
  output_shape: [1, 6, 6],
}));
const OFFERED = /** @type {any[]} */ ([
  { name: "relu", title: { en: "ReLU" }, group: "activations", parameters: [] },
  { name: "flatten", title: { en: "Flatten" }, group: "shape", parameters: [] },
]);

/** The chain of a scene, and what somebody does with it. */
function chain({ chosen = 0 } = {}) {
  const list = /** @type {any} */ (document.createElement("ol"));
  document.body.replaceChildren(list);
  const done = /** @type {any[]} */ ([]);
  const say =
    (/** @type {string} */ name) =>
    (/** @type {any[]} */ ...args) =>
      done.push([name, ...args]);
  const walk = Object.assign(document.createElement("kernel-walk"), { server: "", pictured: null });
  const chips = new Chips(list, /** @type {any} */ (walk), {
    input: say("input"),
    choose: say("choose"),
    move: say("move"),
    remove: say("remove"),
    add: (/** @type {any} */ operation) => done.push(["add", operation.name]),
    refusals: async () => [null, "a matrix is flat already"],
  });
  const opening = { ...convolution().opening, layers: LAYERS };
  chips.show(opening, chosen);
  return {
    chips,
    list,
    done,
    opening,
    chip: (/** @type {number} */ place) => /** @type {any} */ (chips.buttonOf(place)),
  };
}

test("the input, every layer with its shape, and the way to add one stand in order; the walked one is current", () => {
  const { list, chips, opening } = chain({ chosen: 1 });
  assert.deepEqual(
    list.querySelectorAll(".chip").map((/** @type {any} */ one) => one.textContent),
    ["Input1×8×8", "CONV2D1×6×6", "RELU1×6×6", "MAX_POOL2D1×6×6"],
  );
  assert.deepEqual(
    list.querySelectorAll("[aria-current=true]").map((/** @type {any} */ one) => one.textContent),
    ["RELU1×6×6"],
  );
  chips.show(opening, -1);
  assert.match(list.querySelector("[aria-current=true]").textContent, /^Input/);
});

test("a click chooses a layer, or the input", () => {
  const { chip, list, done } = chain();
  chip(2).click();
  list.querySelector(".chip.input").click();
  assert.deepEqual(done, [["choose", 2], ["input"]]);
});

test("Alt and an arrow move the chip that has the focus, which keeps it; Delete removes it", () => {
  const { chips, chip, done, opening } = chain();
  chip(1).focus();
  assert.equal(fire(chip(1), "keydown", { key: "ArrowRight", altKey: true }).defaultPrevented, true);
  assert.deepEqual(done, [["move", 1, 2]]);
  chips.show(opening, 2);
  assert.equal(document.activeElement, chip(2));
  fire(chip(2), "keydown", { key: "Delete" });
  assert.deepEqual(done.at(-1), ["remove", 2]);
  assert.equal(
    fire(chip(2), "keydown", { key: "ArrowRight" }).defaultPrevented,
    false,
    "without Alt the key is the player's",
  );
});

test("keys do nothing while no chip has the focus", () => {
  const { list, done } = chain();
  document.body.focus();
  fire(list, "keydown", { key: "Delete" });
  assert.deepEqual(done, []);
});

test("a chip that is dragged to another moves there, and nothing else can be dropped", () => {
  const { chip, done, list } = chain();
  const dataTransfer = { setData() {} };
  assert.equal(fire(chip(0), "drop", { dataTransfer }).defaultPrevented, false);
  fire(chip(0), "dragstart", { dataTransfer });
  assert.equal(fire(chip(2), "dragover", { dataTransfer }).defaultPrevented, true);
  assert.deepEqual(
    list.children.map((/** @type {any} */ item) => item.classList.contains("target")),
    [false, false, false, true, false],
  );
  fire(chip(2), "drop", { dataTransfer });
  assert.deepEqual(done, [["move", 0, 2]]);
  assert.equal(list.querySelectorAll(".lifted, .target").length, 0);
});

test("a drag that is given up leaves the chain as it was", () => {
  const { chip, done } = chain();
  fire(chip(0), "dragstart", { dataTransfer: { setData() {} } });
  fire(chip(0), "dragend");
  fire(chip(2), "drop", {});
  assert.deepEqual(done, []);
});

test("operations are offered in groups; one that does not fit says why and cannot be chosen", async () => {
  const { chips, list, done } = chain();
  chips.offer(OFFERED, []);
  chips.show({ ...convolution().opening, layers: LAYERS }, 0);
  const menu = list.querySelector(".operation-menu");
  menu.hidePopover = () => done.push(["closed"]);
  fire(menu, "beforetoggle", { newState: "open" });
  await settled();
  const [relu, flatten] = menu.querySelectorAll("button");
  assert.equal(flatten.getAttribute("aria-disabled"), "true");
  assert.match(flatten.textContent, /a matrix is flat already/);
  flatten.click();
  assert.deepEqual(done, []);
  relu.click();
  assert.deepEqual(done, [["closed"], ["add", "relu"]]);
});
