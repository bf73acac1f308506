/** What a pair of walks does as its page changes: layers, settings, views alone, differences, and its end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { told } from "./canvas.js";
import { element, sceneServer } from "./elements.js";
import { pairThatStands } from "./pairs.js";
import { settled, until } from "./stand_ins.js";

test("two layers of one line are told apart by their names", async () => {
  const { made, second, marked } = await pairThatStands({ scene: "cat | box | relu", compare: "layer=1" });
  assert.equal(second().opening.layer, 1);
  assert.deepEqual(marked(), ["Some", "Some"]);
  made.disconnectedCallback();
});

test("the second goes along from layer to layer, and no further than its last", async () => {
  const { made, second, set } = await pairThatStands({
    scene: "cat | box | relu",
    compare: "dog | box | relu layer=1",
  });
  assert.deepEqual([made.opening.layer, second().opening.layer], [0, 1]);
  await set("layer", "1");
  await until(() => made.opening.layer === 1);
  await settled();
  assert.equal(second().opening.layer, 1, "there is no third");
  await set("layer", "0");
  await until(() => made.opening.layer === 0);
  await settled();
  assert.equal(second().opening.layer, 1);
  made.disconnectedCallback();
});

test("a default is said where the other line alone has a setting, and not beside settings of its own", async () => {
  const alone = await pairThatStands({ scene: "cat | box", compare: "cat | box stride=2" });
  assert.deepEqual(alone.marked(), ["stride=1", "stride=2"]);
  alone.made.disconnectedCallback();
  const both = await pairThatStands({ scene: "cat | box bias=1", compare: "cat | box stride=2" });
  assert.deepEqual(both.marked(), ["bias=1", "stride=2"]);
  both.made.disconnectedCallback();
});

test("views alone have no stage to walk beside", async () => {
  sceneServer();
  const { made, find } = await element({ scene: "cat | relu", compare: "dog | relu", view: "formula" });
  await until(() => made.opening);
  await settled();
  assert.equal(find(".pair"), null);
  made.disconnectedCallback();
});

test("another first scene leaves the second standing, unasked; another wish asks anew", async () => {
  const { made, second, server, set, captions } = await pairThatStands();
  const asked = () => server.asked.filter(({ path }) => path.endsWith("/opening")).map(({ scene }) => scene);
  await set("scene", "fox | relu");
  await until(() => made.opening.line === "fox | relu");
  await settled();
  assert.deepEqual(asked(), ["cat | relu", "dog | relu", "fox | relu"]);
  assert.deepEqual(
    captions()?.map((text) => text?.split("|")[0]),
    ["fox", "dog"],
  );
  made.seek(4);
  await until(() => second().step === 4);
  assert.equal(second().step, 4, "they still walk together");
  made.disconnectedCallback();
});

test("settings are put into the new line when the first shows another", async () => {
  const { made, second, set } = await pairThatStands({ scene: "cat | box", compare: "stride=2" });
  await set("scene", "fox | blur");
  await until(() => second().opening.line === "fox | blur stride=2");
  assert.equal(second().opening.line, "fox | blur stride=2");
  made.disconnectedCallback();
});

/** Every cell of the dog's map is another. @param {any} opening */
const changed = (opening) =>
  opening.line.startsWith("dog")
    ? { ...opening, output: { ...opening.output, data: btoa("\x7f\0\0\0".repeat(12)) } }
    : opening;

/** Corners that mark differences in the output of a walk. @param {any} walk */
const corners = (walk) => {
  const { context } = walk.shadowRoot.querySelector(".pane.output .marks");
  return told(context, "closePath").length;
};

test("cells that differ are marked in both maps, as far as both are written", async () => {
  const { made, second, find } = await pairThatStands({}, changed);
  made.seek(11);
  await until(() => /12 of/.test(find(".differ").textContent));
  assert.match(find(".differ").textContent, /12 of (the )?12/);
  for (const walk of [made, second()]) assert.ok(corners(walk) >= 12, walk === made ? "first" : "second");
  made.disconnectedCallback();
});

test("maps of other sizes have no differences to be counted", async () => {
  const { made, find } = await pairThatStands({}, (opening) =>
    opening.line.startsWith("dog") ? { ...opening, output: { ...opening.output, shape: [1, 4, 3] } } : opening,
  );
  made.seek(11);
  await settled();
  assert.equal(find(".differ").textContent, "");
  made.disconnectedCallback();
});

test("side by side without arithmetic each map still says what came out", async () => {
  const { made, second, find } = await pairThatStands();
  assert.ok(find(".pair").classList.contains("bare"));
  assert.equal(second().getAttribute("beside"), "2");
  assert.match(find(".pair").style.gridTemplateColumns, /repeat\(2,/);
  made.seek(3);
  await settled();
  const values = [...find(".pair").querySelectorAll(".scene .value")].map(({ textContent }) => textContent);
  assert.deepEqual(values, ["= −6", "= −6"]);
  made.disconnectedCallback();
});

test("a walk that has left does not follow any more, and can come back", async () => {
  const { made, second, set, find } = await pairThatStands();
  const gone = second();
  await set("compare", null);
  assert.equal(find(".pair"), null);
  const before = gone.step;
  made.seek(9);
  await settled();
  assert.deepEqual([made.step, gone.step], [9, before]);
  await set("compare", "dog | relu");
  await until(() => second()?.opening);
  made.seek(2);
  await until(() => second().step === 2);
  assert.deepEqual([second().step, second() === gone], [2, false]);
  made.disconnectedCallback();
});

test("while another is on its way, the one that stands is not led", async () => {
  const { made, second, set, server } = await pairThatStands();
  server.opened = () => new Promise(() => {});
  await set("compare", "cow | relu");
  made.seek(6);
  await settled();
  assert.deepEqual([made.step, second().step], [6, 0]);
  made.disconnectedCallback();
});

test("an empty wish is none", async () => {
  const { made, set, find } = await pairThatStands();
  await set("compare", "   ");
  assert.equal(find(".pair"), null);
  made.disconnectedCallback();
});

test("what is refused leaves the first alone in its steps, and asked for again it is asked again", async () => {
  const { made, second, set, server } = await pairThatStands();
  server.refusal = { detail: "operation is 'rely'" };
  await set("compare", "dog | rely");
  await until(() => !second().shadowRoot.querySelector(".notice").hidden);
  const stood = second().step;
  made.seek(8);
  await settled();
  assert.equal(second().step, stood, "nobody is led");
  server.refusal = null;
  const asked = server.asked.length;
  await set("scene", "fox | relu");
  await until(() => second().opening.line === "dog | rely");
  assert.ok(server.asked.slice(asked).some(({ scene }) => scene === "dog | rely"));
  made.disconnectedCallback();
});
