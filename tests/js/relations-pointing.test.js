/** Pointing at connections, by hand and by key, on the stage and here; and views under an element's stage. */
import "./dom.js";
import "./sheets.js";
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ConnectionsView } from "../../static/views/relations/connections-view.js";
import { Pacing } from "../../static/views/relations/pacing.js";
import { fire } from "./dom.js";
import { convolution, DEEDS, MANNER, viewed, withRelations } from "./scenes.js";

const { Linked } = await import("../../static/views/linked.js");

/** A view of connections at its second step, and what it asks of the walk. @param {any} [settings] */
function connections(settings = { input_shape: [1, 3, 3] }) {
  const scene = withRelations(convolution(settings));
  const asked = /** @type {any[]} */ ([]);
  const say = (/** @type {string} */ name) => (/** @type {any} */ what) => void asked.push([name, what]);
  const view = /** @type {any} */ (
    new ConnectionsView({ ...DEEDS, look: say("look"), seek: say("seek"), probe: say("probe") })
  );
  document.body.replaceChildren(view.root);
  view.adopt(viewed(scene));
  view.show(scene.steps[1], MANNER);
  const all = (/** @type {string} */ selector) => view.root.querySelectorAll(selector);
  const lit = (/** @type {string} */ name) =>
    all("svg")[0]
      .querySelectorAll(".edge")
      .filter((/** @type {any} */ edge) => edge.classList.contains("lit"))
      .map((/** @type {any} */ edge) => Number(edge.getAttribute(`data-${name}`)));
  return { view, scene, asked, all, lit };
}

test("an input cell that is pointed at lights the lines that leave it, until the pointer leaves", () => {
  const { view, asked, all, lit } = connections();
  fire(all(".node.in")[4], "pointerover");
  assert.deepEqual(lit("in"), [4, 4, 4, 4], "the middle cell is under every window");
  assert.deepEqual(asked, [
    ["look", null],
    ["probe", { part: "input", channel: 0, row: 1, column: 1, text: [] }],
  ]);
  view.root.dispatchEvent(new Event("pointerleave"));
  assert.deepEqual(lit("out"), [1, 1, 1, 1], "the walked cell's again");
  assert.deepEqual(asked.slice(2), [
    ["look", null],
    ["probe", null],
  ]);
  view.root.dispatchEvent(new Event("pointerleave"));
  assert.equal(asked.length, 4, "nothing is taken back twice");
});

test("between the cells nothing is pointed at", () => {
  const { view, asked, all, lit } = connections();
  fire(all(".node.out")[3], "pointerover");
  fire(view.note, "pointerover");
  assert.deepEqual(
    [lit("out"), asked.at(-1)],
    [
      [1, 1, 1, 1],
      ["probe", null],
    ],
  );
});

test("Enter walks to an output as a click does; on anything else it is the page's", () => {
  const { asked, all } = connections();
  const [node, input, tap] = [all(".node.out")[2], all(".node.in")[0], all("button.tap")[0]];
  assert.equal(fire(node, "keydown", { key: "Enter" }).defaultPrevented, true);
  assert.deepEqual(asked, [["seek", 2]]);
  for (const [where, key] of [
    [input, "Enter"],
    [tap, "Enter"],
    [node, " "],
  ])
    assert.equal(fire(where, "keydown", { key }).defaultPrevented, false);
  fire(input, "click");
  assert.deepEqual(asked, [["seek", 2]]);
});

test("a weight that is pointed at on the stage lights its lines and its places here, other things nothing", () => {
  const { view, asked, all, lit } = connections();
  view.light({ part: "kernel", channel: 0, row: 0, column: 1, text: [] });
  assert.deepEqual(lit("tap"), [1, 1, 1, 1]);
  const cells = all("td[data-tap]").filter((/** @type {any} */ cell) => cell.classList.contains("lit"));
  assert.deepEqual(
    cells.map((/** @type {any} */ cell) => cell.getAttribute("data-tap")),
    ["1", "1", "1", "1"],
  );
  view.light({ part: "input", channel: 0, row: 0, column: 1, text: [] });
  assert.deepEqual([lit("out"), asked], [[1, 1, 1, 1], []]);
  view.light(null);
  new ConnectionsView(DEEDS).light(null);
});

test("each weight of the walked kernel has a button with its number, of very many the first ones", () => {
  const { view, scene, all } = connections({
    input_shape: [1, 2, 3],
    weight: [[[[1, 0.5]]], [[[-2, 3]]]],
  });
  const names = () => all("button.tap").map((/** @type {any} */ { textContent }) => textContent);
  assert.deepEqual(names(), ["w0 = 1", "w1 = 0.5"]);
  view.show(scene.steps.at(-1), MANNER);
  assert.deepEqual(names(), ["w0 = −2", "w1 = 3"]);
  const wide = connections({ input_shape: [1, 8, 8], weight: [[Array.from({ length: 6 }, () => Array(6).fill(1))]] });
  assert.equal(wide.all("button.tap").length, 32);
  assert.match(wide.view.weights.textContent, /… 1×6×6$/);
});

test("the row of the walked output is lit in the table of weights", () => {
  const { view, scene, all } = connections();
  const rows = () =>
    all("tr[data-out]")
      .filter((/** @type {any} */ row) => row.classList.contains("lit"))
      .map((/** @type {any} */ row) => row.getAttribute("data-out"));
  assert.deepEqual(rows(), ["1"]);
  view.show(scene.steps[2], MANNER);
  assert.deepEqual(rows(), ["2"]);
});

test("pictures follow a fast walk at their own pace, the last with what is newest, and not after the end", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let now = 1000;
  mock.method(performance, "now", () => now);
  let drawn = 0;
  const pacing = new Pacing(() => {
    drawn += 1;
  });
  pacing.ask();
  assert.equal(drawn, 1, "the first at once");
  for (let turn = 0; turn < 5; turn += 1) pacing.ask();
  assert.equal(drawn, 1);
  now += 120;
  mock.timers.tick(120);
  assert.equal(drawn, 2, "one for all that came meanwhile");
  pacing.ask();
  pacing.close();
  now += 500;
  mock.timers.tick(500);
  assert.equal(drawn, 2);
  pacing.ask();
  assert.equal(drawn, 3);
  mock.timers.reset();
  mock.restoreAll();
});

test("under an element stand the views that it wants and that have something to show, each with its name", () => {
  const scene = withRelations(convolution());
  const linked = new Linked(DEEDS);
  document.body.replaceChildren(linked.root);
  const names = () => linked.root.children.map?.((/** @type {any} */ one) => one.getAttribute("aria-label"));
  assert.equal(
    linked.adopt(["connections", "backward", "code"], viewed({ ...scene, opening: { ...scene.opening, code: null } })),
    true,
  );
  assert.deepEqual(names(), ["Connections", "Code"], "nothing is walked backward here");
  assert.ok(linked.root.children[0].getAttribute("role") === "group");
  linked.show(scene.steps[1], MANNER);
  linked.light({ part: "kernel", channel: 0, row: 0, column: 0, text: [] });
  assert.ok(linked.root.querySelectorAll(".edge.lit").length > 0);
  const [connectionsRoot] = linked.root.children;
  linked.adopt(["code", "connections"], viewed({ ...scene, opening: { ...scene.opening, code: null } }));
  assert.deepEqual([names(), linked.root.children[1]], [["Code", "Connections"], connectionsRoot]);
  assert.equal(linked.adopt(["backward"], viewed(scene)), false);
  assert.equal(linked.root.childElementCount, 0);
  linked.close();
});
