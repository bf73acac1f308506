/** What the lab decides without a page: scenes changed, addresses written and read. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { followed, withFilter, withInserted, withMoved, withoutLayer, withSettings } from "../../static/lab/scene.js";
import { startOf } from "../../static/lab/starting.js";
import { embedAddress, frameOf, queryOf, scriptCode, stateOf } from "../../static/page/address.js";

const SCENE = {
  input: { source: "cat", size: 64 },
  layers: [{ operation: "conv2d", weight: "sobel-x", stride: 2 }, { operation: "relu" }],
};
const STATE = {
  scene: "cat 64 | sobel padding=(1,2)",
  layer: 0,
  step: 7,
  playing: false,
  view: "numbers",
  lang: "",
  theme: "auto",
};

test("a setting changes in a copy, and leaving it out brings its default back", () => {
  const changed = withSettings(SCENE, 0, { stride: 3, padding: "same" });
  assert.deepEqual(changed.layers[0], { operation: "conv2d", weight: "sobel-x", stride: 3, padding: "same" });
  assert.deepEqual(withSettings(changed, 0, { stride: undefined, padding: null }).layers[0], {
    operation: "conv2d",
    weight: "sobel-x",
  });
  assert.equal(SCENE.layers[0].stride, 2);
});

test("layers are inserted, moved and taken out", () => {
  const longer = withInserted(SCENE, 1, { operation: "flip" });
  const names = (/** @type {any} */ scene) => scene.layers.map((/** @type {any} */ layer) => layer.operation).join();
  assert.equal(names(longer), "conv2d,flip,relu");
  assert.equal(names(withMoved(longer, 0, 2)), "flip,relu,conv2d");
  assert.equal(names(withoutLayer(longer, 1)), "conv2d,relu");
});

test("the walked layer is followed when chips move", () => {
  for (const [layer, from, to, after] of [
    [0, 0, 2, 2],
    [1, 0, 2, 0],
    [2, 0, 2, 1],
    [0, 2, 0, 1],
    [1, 2, 2, 1],
    [3, 0, 1, 3],
  ]) {
    assert.equal(followed(layer, from, to), after);
  }
});

test("another filter keeps what it can be told", () => {
  const layer = { operation: "conv2d", weight: "box-3", divisor: 2, stride: 2, groups: 3 };
  assert.deepEqual(withFilter(layer, { operation: "sobel" }, ["stride", "padding"]), { operation: "sobel", stride: 2 });
});

test("a new operation starts with what it cannot do without", () => {
  const parameters = [
    { name: "kernel_size", kind: "pair", first: 2 },
    { name: "stride", kind: "pair", first: null },
  ];
  assert.deepEqual(startOf(/** @type {any} */ ({ name: "max_pool2d", parameters })), {
    operation: "max_pool2d",
    kernel_size: 2,
  });
});

test("the address says the whole state and reads back as the same", () => {
  const query = queryOf({ ...STATE, playing: true, view: "code", lang: "ko", theme: "dark" });
  assert.deepEqual(stateOf(query), {
    scene: STATE.scene,
    layer: 0,
    step: 7,
    playing: true,
    view: "code",
    theme: "dark",
  });
  assert.doesNotMatch(query, /[()'"<>|\s]/);
  assert.deepEqual(stateOf("?view=odd&theme=pink&step=x"), { playing: false, view: "numbers", theme: "auto" });
});

test("embed code is safe in HTML and shows the open view under the stage", () => {
  const state = { ...STATE, scene: 'a" | b<c', view: "code", theme: "dark" };
  const frame = frameOf(embedAddress("http://host/", state), 700, 440, state.scene),
    script = scriptCode("http://host/", state, "");
  assert.match(
    frame,
    /^<iframe src="http:\/\/host\/embed\?scene=[^"<> ]+&amp;step=7&amp;view=numbers\+code&amp;theme=dark" width="700"/,
  );
  assert.ok(
    frame.endsWith(
      ' width="700" height="440" style="border:0" frameborder="0" loading="lazy" allow="fullscreen"' +
        ' data-external="1" title="a&quot; | b&lt;c"></iframe>',
    ),
  );
  assert.match(script, /<kernel-walk scene="a&quot; \| b&lt;c" step="7" view="numbers code" theme="dark" controls>/);
});
