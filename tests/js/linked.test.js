/** Views under an element: which are shown, what they are called, and the row of the step that stays in sight. */
import "./dom.js";
import "./sheets.js";
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { learnKorean } from "./korean.js";
import { convolution, DEEDS, MANNER, viewed, withRelations } from "./scenes.js";

const { Linked } = await import("../../static/views/linked.js");
learnKorean();

/** A convolution whose code nobody told. */
function slid() {
  const scene = withRelations(convolution());
  Object.assign(scene.opening, { code: null });
  return scene;
}

/** Views of a convolution that stand in a place which is lower than they are. @param {string[]} wanted */
function placed(wanted = []) {
  const linked = new Linked(DEEDS);
  const scene = slid();
  const place = /** @type {any} */ (document.createElement("div"));
  place.append(linked.root);
  document.body.replaceChildren(place);
  Object.assign(place, { scrollTop: 0, scrollHeight: 500, box: { left: 0, top: 100, width: 300, height: 200 } });
  linked.adopt(wanted, viewed(scene));
  const row = /** @type {any} */ (document.createElement("tr"));
  row.className = "made lit";
  const matrices = document.createElement("div");
  matrices.className = "matrices";
  matrices.append(row);
  linked.root.append(matrices);
  const at = (/** @type {number} */ top, /** @type {object} */ manner = {}) => {
    row.box = { left: 0, top, width: 300, height: 20 };
    place.scrollTop = 50;
    linked.show(scene.steps[0], { ...MANNER, ...manner });
    return place.scrollTop - 50;
  };
  return { linked, place, row, at, scene };
}

test("the row of the step comes into sight by the least way, and one that is in sight stays", () => {
  const { at } = placed();
  assert.deepEqual([at(350), at(80), at(100), at(280), at(200)], [70, -20, 0, 0, 0]);
});

test("a place that shows all of it, or has no row of the step, is not scrolled", () => {
  const { at, place, row } = placed();
  place.scrollHeight = 200;
  assert.equal(at(350), 0);
  place.scrollHeight = 500;
  row.className = "";
  assert.equal(at(350), 0);
  place.replaceChildren();
  assert.equal(at(350), 0, "nor one that it has left");
});

test("while it plays the row is looked for a few times a second, standing at each step", (t) => {
  t.after(() => mock.restoreAll());
  let now = 1000;
  mock.method(performance, "now", () => now);
  const { at } = placed();
  const playing = { playing: true };
  assert.equal(at(350, playing), 70);
  now += 100;
  assert.deepEqual([at(350, playing), at(350)], [0, 70]);
  now += 200;
  assert.equal(at(350, playing), 70);
});

test("of the wanted views those are shown that the scene has something for, in the order they are wanted", () => {
  const { linked } = placed(["signal", "code", "connections", "backward"]);
  const shown = () =>
    linked.root.querySelectorAll(".view").map((/** @type {any} */ view) => view.getAttribute("aria-label"));
  assert.deepEqual(shown(), ["Code", "Connections"]);
  assert.equal(linked.adopt([], viewed(slid())), false);
  assert.deepEqual(shown(), []);
});

test("the same views of another scene stay where they are, so that the focus does", () => {
  const { linked, row, scene } = placed(["connections"]);
  const [view] = linked.root.querySelectorAll(".view");
  assert.equal(linked.adopt(["connections"], viewed(slid())), true);
  assert.equal(row.parentNode.parentNode, linked.root, "nothing was put in anew");
  linked.adopt(["code", "connections"], viewed(scene));
  assert.equal(row.parentNode.parentNode, null);
  assert.equal(linked.root.querySelectorAll(".view")[1], view);
});

test("their names are in the language of the page, one that nobody speaks here in English", () => {
  const named = (/** @type {string} */ language) => {
    const { linked, scene } = placed();
    linked.adopt(["connections"], { ...viewed(scene), language });
    return linked.root.querySelector(".view")?.getAttribute("aria-label") ?? "";
  };
  assert.match(named("ko"), /[가-힣]/);
  assert.equal(named("xx"), "Connections");
});
