/** The element as a page uses it: attributes, properties, methods, events; what is refused, and what comes late. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFINED, define, element, openingOf, sceneServer } from "./elements.js";
import { settled, until } from "./stand_ins.js";

test("a tag with a scene asks its server for it, and is ready once", async () => {
  const { asked } = sceneServer();
  const { made, kinds, heard } = await element({ scene: "cat | sobel-x", layer: "1", step: "3" });
  assert.deepEqual(asked, [{ path: "/api/opening", scene: "cat | sobel-x", layer: 1, step: 3 }]);
  assert.deepEqual(kinds(), ["step", "ready", "scene"]);
  assert.deepEqual(heard[0], ["step", 3]);
  assert.deepEqual([made.step, made.steps, made.layer, made.playing], [3, 12, 1, false]);
  made.disconnectedCallback();
});

test("an opening that the page carries is walked without asking, unless it is of another scene", async () => {
  const { asked } = sceneServer();
  const carried = await element({ scene: "cat | relu" }, { opening: openingOf("cat | relu") });
  assert.deepEqual([carried.made.opening.line, asked.length], ["cat | relu", 0]);
  const other = await element({ scene: "dog | relu" }, { opening: openingOf("cat | relu") });
  assert.deepEqual([other.made.opening.line, asked.length], ["dog | relu", 1]);
  const untold = await element({}, { opening: openingOf("cat | relu") });
  assert.equal(untold.made.opening.line, "cat | relu");
  for (const { made } of [carried, other, untold]) made.disconnectedCallback();
});

test("attributes are read when the tag connects, and followed from then on", async () => {
  const { asked } = sceneServer();
  const { made, set, heard } = await element({ scene: "cat | relu" });
  await set("step", "5");
  assert.equal(made.step, 5);
  await set("step", "5");
  await set("scene", "cat | relu");
  assert.equal(asked.length, 1, "nothing is asked for what is there");
  await set("scene", "dog | relu");
  assert.deepEqual([made.opening.line, heard.filter(([kind]) => kind === "ready").length], ["dog | relu", 1]);
  await set("layer", "1");
  assert.deepEqual([asked.at(-1).layer, made.layer], [1, 1]);
  await set("layer", "1");
  assert.equal(asked.length, 3);
  made.disconnectedCallback();
});

test("steps are walked by method, and never beyond the ends", async () => {
  sceneServer();
  const { made, heard } = await element({ scene: "cat | relu" });
  made.stepForward();
  made.stepForward();
  made.stepBack();
  assert.equal(made.step, 1);
  for (const [index, stands] of /** @type {[any, number][]} */ ([
    [7, 7],
    ["4", 4],
    [99, 11],
    [-5, 0],
    ["x", 0],
    [2.9, 2],
  ])) {
    made.seek(index);
    assert.equal(made.step, stands, String(index));
  }
  made.step = 6;
  assert.deepEqual([made.step, heard.at(-1)], [6, ["step", 6]]);
  made.disconnectedCallback();
});

test("before a scene is here methods do nothing, and properties say what the tag says", async () => {
  const { made, heard } = await element({ step: "3", speed: "2", layer: "1" });
  for (const act of ["play", "pause", "stepForward", "stepBack"]) made[act]();
  made.seek(1);
  made.look(2);
  made.speed = 5;
  assert.deepEqual([made.step, made.steps, made.speed, made.layer, made.playing], [3, 0, 2, 1, false]);
  assert.deepEqual([made.opening, made.featureMap, made.pictured, heard], [null, null, null, []]);
  made.disconnectedCallback();
});

test("another step is looked at for a moment, and the walk stays where it is", async () => {
  sceneServer();
  const { made, heard } = await element({ scene: "cat | relu" });
  made.look(4);
  assert.deepEqual([heard.at(-1), made.step], [["inspect", 4], 0]);
  made.look(null);
  assert.deepEqual([heard.at(-1), made.step], [["step", 0], 0]);
  made.disconnectedCallback();
});

test("playing and pausing are told, once each; the end is told where a walk comes to it", async () => {
  sceneServer();
  const { made, kinds } = await element({ scene: "cat | relu", step: "9", speed: "6" });
  const told = () => kinds().filter((kind) => ["play", "pause", "end"].includes(kind));
  made.play();
  made.play();
  assert.deepEqual([told(), made.playing], [["play"], true]);
  made.pause();
  assert.deepEqual([told(), made.playing], [["play", "pause"], false]);
  made.play();
  await until(() => told().includes("end"));
  assert.deepEqual([made.step, made.playing], [11, false]);
  assert.deepEqual(told().slice(2).sort(), ["end", "pause", "play"]);
  made.disconnectedCallback();
});

test("a speed is kept between the slowest and the fastest walk, and for the scenes that follow", async () => {
  sceneServer();
  const { made, set } = await element({ scene: "cat | relu", speed: "3" });
  assert.equal(made.speed, 3);
  await set("speed", "1000");
  assert.equal(made.speed, 8);
  made.speed = 0;
  assert.equal(made.speed, 0.5);
  made.speed = 4;
  await made.show("dog | relu");
  assert.equal(made.speed, 4);
  made.disconnectedCallback();
});

test("the map is told as far as it is walked, all of it once the last step stands", async () => {
  sceneServer();
  const { made } = await element({ scene: "cat | relu" });
  made.seek(2);
  const { shape, written, values } = made.featureMap;
  assert.deepEqual([shape, written, values.slice(0, 5)], [[1, 3, 4], 3, [-6, -6, -6, null, null]]);
  made.seek(11);
  assert.ok(made.featureMap.values.every((/** @type {unknown} */ value) => value === -6));
  made.disconnectedCallback();
});

test("what the server refuses stands over the walk with its reason; another scene takes it away", async () => {
  const server = sceneServer();
  const { made, heard, notice } = await element({ scene: "cat | relu" });
  server.refusal = { detail: "operation is 'rely'" };
  await assert.rejects(made.show("cat | rely"), { message: "operation is 'rely'" });
  await settled();
  assert.match(notice(), /operation is 'rely'/);
  assert.deepEqual(heard.at(-1), ["error", { message: "operation is 'rely'" }]);
  assert.equal(made.opening.line, "cat | relu", "what walks goes on walking");
  server.refusal = null;
  await made.show("dog | relu");
  assert.equal(notice(), "");
  made.disconnectedCallback();
});

test("a server that does not answer is told of in words, and asked again by a click", async () => {
  const server = Object.assign(sceneServer(), { silent: true });
  const { made, heard, find, notice } = await element({ scene: "cat | relu" });
  assert.match(notice(), /The server does not answer/);
  assert.deepEqual(heard, [["error", { message: "The server does not answer." }]]);
  server.silent = false;
  find(".notice button").click();
  await until(() => made.opening);
  assert.deepEqual([made.opening.line, notice()], ["cat | relu", ""]);
  made.disconnectedCallback();
});

test("of scenes that are asked for at once the last one walks", async () => {
  sceneServer();
  const { made, heard } = await element();
  const both = [made.show("cat | relu"), made.show("dog | relu")];
  await Promise.allSettled(both);
  await settled();
  assert.equal(made.opening.line, "dog | relu");
  assert.deepEqual(
    heard.filter(([kind]) => kind === "scene"),
    [["scene", "dog | relu"]],
  );
  made.disconnectedCallback();
});

test("an element that is taken out of the page stands still, and what was on its way does not arrive", async () => {
  sceneServer();
  const { made, heard } = await element({ scene: "cat | relu", autoplay: "" });
  assert.equal(made.playing, true);
  const coming = made.show("dog | relu").catch(() => null);
  made.disconnectedCallback();
  await coming;
  await settled();
  assert.deepEqual([made.playing, made.opening.line], [false, "cat | relu"]);
  const before = heard.length;
  made.play();
  assert.equal(heard.length, before);
  made.connectedCallback();
  await settled();
  assert.deepEqual([made.opening.line, made.steps], ["cat | relu", 12], "put back it walks what it walked");
  made.disconnectedCallback();
});

test("its server is that of its script, unless the tag names another", async () => {
  const { made } = await element({ server: "https://lectures.example/kw/" });
  assert.equal(made.server, "https://lectures.example/kw");
  made.removeAttribute("server");
  assert.match(made.server, /^file:.*[^/]$/);
  made.disconnectedCallback();
});

test("views around it are given the scene as it is shown", async () => {
  sceneServer();
  const { made, set } = await element({ scene: "cat | relu" });
  const { opening, arrays, language, server, words } = made.pictured;
  assert.deepEqual([opening.line, [...arrays.output], language], ["cat | relu", Array(12).fill(-6), "en"]);
  assert.equal(server, "http://there.example");
  assert.equal(typeof words.counter, "function");
  await set("theme", "dark");
  assert.equal(made.pictured.opening, opening);
  made.disconnectedCallback();
});

test("a host may choose the name of the tag, each name once", () => {
  const own = DEFINED.get("kernel-walk");
  define();
  assert.equal(DEFINED.get("kernel-walk"), own);
  define("lecture-walk");
  const other = DEFINED.get("lecture-walk");
  assert.ok(other !== own && other.prototype instanceof own, "one class cannot have two names");
  define("lecture-walk");
  assert.equal(DEFINED.get("lecture-walk"), other);
});
