/** Stops of a walk as the share dialog writes them, and the sums so far that the matrix view asks for. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { StopsForm } from "../../static/lab/stops-form.js";
import { ProductSums } from "../../static/lab/sums-so-far.js";
import { MOST_STOPS } from "../../static/words/stops.js";
import { BLOCK } from "../../static/words/vocabulary.js";
import { fire } from "./dom.js";
import { settled } from "./stand_ins.js";

function stopsForm(stops = /** @type {string | null} */ (null)) {
  const walk = /** @type {any} */ (document.createElement("kernel-walk"));
  walk.step = 4;
  if (stops !== null) walk.setAttribute("stops", stops);
  const seen = { changes: 0 };
  const form = new StopsForm(walk, () => {
    seen.changes += 1;
  });
  document.body.replaceChildren(form.root);
  form.read();
  const rows = () => [...form.list.children].map((row) => row.children[0].textContent);
  const note = (/** @type {number} */ place) => /** @type {any} */ (form.list.children[place].children[1]);
  const remove = (/** @type {number} */ place) => /** @type {any} */ (form.list.children[place].children[2]).click();
  return { walk, form, seen, rows, note, remove };
}

test("stops stand as people count, with their notes; a lone end is what every walk has", () => {
  const { rows, note } = stopsForm("corner,0:first,17:an edge,-2,strongest:here,last");
  assert.deepEqual(rows(), ["first step", "step 1", "step 18", "step -2", "strongest answer", "last step"]);
  assert.deepEqual(
    [0, 1, 2, 4].map((place) => note(place).value),
    ["", "first", "an edge", "here"],
  );
  assert.deepEqual(stopsForm("last").rows(), []);
  assert.deepEqual(stopsForm("last:the end").rows(), ["last step"]);
  assert.deepEqual(stopsForm("corner").rows(), ["first step"]);
});

test("a stop is added where the walk stands, in its order, with the focus in its note; one is enough", () => {
  const { walk, form, seen, rows, note } = stopsForm("corner,2,9:late,last");
  form.adder.click();
  assert.deepEqual(rows(), ["first step", "step 3", "step 5", "step 10", "last step"]);
  assert.deepEqual([document.activeElement === note(2), walk.getAttribute("stops")], [true, "corner,2,4,9:late,last"]);
  form.adder.click();
  assert.deepEqual([rows().length, seen.changes], [5, 2]);
});

test("a note is written into the walk as it is typed", () => {
  const { walk, seen, note } = stopsForm("2,9");
  note(1).value = "  the edge, at last ";
  fire(note(1), "input");
  assert.deepEqual([walk.getAttribute("stops"), seen.changes], ["2,9:the edge, at last", 1]);
});

test("a stop that is taken out gives the focus to the next, the last one to the button", () => {
  const { walk, form, note, remove } = stopsForm("1:a,2:b,3:c");
  remove(1);
  assert.deepEqual([walk.getAttribute("stops"), document.activeElement === note(1)], ["1:a,3:c", true]);
  remove(1);
  assert.equal(document.activeElement, note(0));
  remove(0);
  assert.deepEqual([walk.hasAttribute("stops"), document.activeElement === form.adder], [false, true]);
});

test("there are no more stops than an address carries", () => {
  const many = Array.from({ length: MOST_STOPS - 1 }, (_, place) => `${place + 10}`).join();
  const { walk, form, rows } = stopsForm(many);
  assert.equal(form.adder.disabled, false);
  form.adder.click();
  assert.deepEqual([rows().length, form.adder.disabled], [MOST_STOPS, true]);
  assert.match(walk.getAttribute("stops"), /^4,10,11,/);
});

/** A scene of so many steps, and a server that adds their products up. */
function sums({ steps = 3 * BLOCK + 5, told = /** @type {any} */ ([{ products: [[1]], sums: [1] }]) } = {}) {
  const asked = /** @type {any[]} */ ([]);
  const state = { arrived: 0, broken: false, gates: /** @type {(() => void)[]} */ ([]), slow: false };
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address, /** @type {any} */ { body, headers, signal }) => {
      const words = JSON.parse(body);
      asked.push({ ...words, path: new URL(address).pathname, accept: headers.accept, signal });
      if (state.slow) await new Promise((go) => state.gates.push(() => go(undefined)));
      if (state.broken || signal.aborted) throw new TypeError("gone");
      const lines = [];
      for (let index = words.start; index < words.stop; index += 1)
        lines.push(JSON.stringify({ index, partial: [[[index], [index + 1]]] }));
      return new Response(`${JSON.stringify({ type: "start" })}\n${lines.join("\n")}\n`);
    }
  );
  const product = new ProductSums(() => {
    state.arrived += 1;
  });
  const scene = () =>
    /** @type {any} */ ({
      server: "http://here.example",
      opening: { line: "line", layer: 2, start: { steps }, steps: told },
    });
  const first = scene();
  product.adopt(first);
  return { product, asked, state, scene, first };
}

test("sums so far come a block of steps at a time, each block once, and never beyond the last step", async () => {
  const { product, asked, state } = sums();
  product.want(BLOCK + 3, false);
  product.want(BLOCK + 4, false);
  assert.equal(product.get(BLOCK), null);
  await settled();
  assert.deepEqual(product.get(BLOCK + 3), [[[BLOCK + 3], [BLOCK + 4]]]);
  const { signal: _, ...words } = asked[0];
  assert.deepEqual([asked.length, state.arrived], [1, 1]);
  assert.deepEqual(words, {
    scene: "line",
    layer: 2,
    detail: "partial",
    start: BLOCK,
    stop: 2 * BLOCK,
    path: "/api/steps",
    accept: "application/jsonl",
  });
  product.want(3 * BLOCK, true);
  await settled();
  assert.deepEqual(asked.map(({ start, stop }) => [start, stop]).slice(1), [[3 * BLOCK, 3 * BLOCK + 5]]);
});

test("while it plays the block to come is asked for as well", () => {
  const { product, asked } = sums();
  product.want(0, true);
  assert.deepEqual(
    asked.map(({ start }) => start),
    [0, BLOCK],
  );
});

test("a layer without products and sums is not asked", () => {
  for (const told of [[], [{ products: [[1]] }], [{ sums: [1] }], [{}]]) {
    const { product, asked } = sums({ told });
    product.want(0, true);
    assert.deepEqual(asked, []);
  }
  new ProductSums(() => {}).want(0, true);
});

test("eight blocks are kept, the oldest goes and is asked for again", async () => {
  const { product, asked } = sums({ steps: 20 * BLOCK });
  for (let block = 0; block < 9; block += 1) {
    product.want(block * BLOCK, false);
    await settled();
  }
  assert.deepEqual([product.get(0), product.get(BLOCK - 1)], [null, null]);
  assert.ok(product.get(BLOCK) && product.get(8 * BLOCK));
  product.want(0, false);
  assert.equal(asked.length, 10);
});

test("what failed is asked for again; what comes for another scene is not kept", async () => {
  const { product, asked, state, scene } = sums();
  state.broken = true;
  product.want(0, false);
  await settled();
  assert.equal(state.arrived, 0);
  Object.assign(state, { broken: false, slow: true });
  product.want(0, false);
  product.adopt(scene());
  assert.equal(asked[1].signal.aborted, true);
  product.want(0, false);
  state.slow = false;
  for (const go of state.gates) go();
  await settled();
  assert.deepEqual([asked.length, state.arrived, product.get(1)], [3, 1, [[[1], [2]]]]);
});

test("the same scene adopted again keeps what is known, another one forgets it", async () => {
  const { product, asked, scene, first } = sums();
  product.want(0, false);
  await settled();
  product.adopt(first);
  assert.ok(product.get(0));
  product.adopt(scene());
  assert.equal(product.get(0), null);
  product.want(0, false);
  assert.equal(asked.length, 2);
});
