/** Scenes that are asked for while others are on their way: the last one wins, and a drag is one change. */
import "./dom.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Changes } from "../../static/lab/changes.js";
import { fire } from "./dom.js";
import { settled } from "./stand_ins.js";

/** What the server was asked, each with how to answer it. @type {any[]} */
let asked = [];
beforeEach(() => {
  asked = [];
  globalThis.fetch = /** @type {any} */ (
    (/** @type {string} */ address, /** @type {any} */ { body, signal }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        const told = JSON.parse(body);
        asked.push({
          address,
          ...told,
          answer: (/** @type {any} */ opening = {}) =>
            resolve(new Response(JSON.stringify({ line: `line of ${told.scene}`, ...opening }))),
          refuse: (/** @type {string} */ detail) => resolve(new Response(JSON.stringify({ detail }), { status: 422 })),
        });
      })
  );
});

/** A walk at a step of nine. */
const walking = (step = 4) =>
  /** @type {any} */ ({ opening: { scene: "before", layer: 1, line: "before" }, step, steps: 9 });

test("what is answered walks, and what is refused leaves what walks as it is", async () => {
  const walk = walking();
  const changes = new Changes(walk);
  const first = changes.ask({ scene: "a", layer: 0 });
  asked[0].answer({ scene: "a" });
  assert.equal(await first, null);
  assert.equal(walk.opening.scene, "a");
  const second = changes.ask({ scene: "b", layer: 0 });
  asked[1].refuse("no such thing");
  assert.equal((await second)?.message, "no such thing");
  assert.equal(walk.opening.scene, "a");
});

test("without a step the walk stays at its place: at its first step the first, at its last the last", async () => {
  for (const [step, place] of [
    [0, { step: 0 }],
    [8, { step: -1 }],
    [7, { keeping: { scene: "before", layer: 1, step: 7 } }],
    [1, { keeping: { scene: "before", layer: 1, step: 1 } }],
  ]) {
    new Changes(walking(/** @type {number} */ (step))).ask({ scene: "a", layer: 2 });
    const { step: at, keeping, layer } = asked.at(-1);
    assert.deepEqual(
      [{ step: at, keeping }, layer],
      [{ step: undefined, keeping: undefined, .../** @type {any} */ (place) }, 2],
    );
  }
  new Changes(/** @type {any} */ ({ opening: null, step: 5, steps: 9 })).ask({ scene: "a", layer: 0 });
  assert.equal(asked.at(-1).step, 0);
  new Changes(walking()).ask({ scene: "a", layer: 0, step: 3 });
  assert.equal(asked.at(-1).step, 3);
});

test("the last one that is asked for wins, even if the first is answered after it", async () => {
  const walk = walking();
  const changes = new Changes(walk);
  const first = changes.ask({ scene: "a", layer: 0 });
  const second = changes.ask({ scene: "b", layer: 0 });
  asked[1].answer({ scene: "b" });
  asked[0].answer({ scene: "a" });
  assert.deepEqual(await Promise.all([first, second]), [null, null]);
  assert.equal(walk.opening.scene, "b");
});

test("while a slider is drawn one request is under way, and only the last wish follows it", async () => {
  const changes = new Changes(walking());
  changes.begin();
  const answers = ["a", "b", "c"].map((scene) => changes.ask({ scene, layer: 0 }));
  assert.deepEqual(
    asked.map(({ scene }) => scene),
    ["a"],
  );
  asked[0].answer();
  await settled();
  assert.deepEqual(
    asked.map(({ scene }) => scene),
    ["a", "c"],
  );
  asked[1].answer();
  assert.deepEqual(await Promise.all(answers), [null, null, null]);
  assert.equal(asked.length, 2);
});

test("a refusal while a slider is drawn does not hold up what follows", async () => {
  const walk = walking();
  const changes = new Changes(walk);
  changes.begin();
  const [first, second] = ["a", "b"].map((scene) => changes.ask({ scene, layer: 0 }));
  asked[0].refuse("too wide");
  assert.equal((await first)?.message, "too wide");
  asked[1].answer({ scene: "b" });
  await second;
  assert.equal(walk.opening.scene, "b");
});

test("a drag makes one entry of the history, the next drag another, and single changes one each", async () => {
  const changes = new Changes(walking());
  const entries = /** @type {boolean[]} */ ([]);
  const change = async (/** @type {string} */ scene) => {
    const told = changes.ask({ scene, layer: 0 });
    asked.at(-1).answer();
    await told;
    entries.push(changes.entry);
  };
  await change("a");
  changes.begin();
  await change("b");
  changes.begin();
  await change("c");
  await change("d");
  changes.end();
  changes.begin();
  await change("e");
  changes.end();
  await change("f");
  await change("g");
  assert.deepEqual(entries, [true, true, false, false, true, true, true]);
});

test("a drag begins with the first input of a slider, not of a field, and ends with its change", async () => {
  const room = document.createElement("div");
  const [slider, field] = ["range", "number"].map((type) => {
    const input = document.createElement("input");
    input.type = type;
    room.append(input);
    return input;
  });
  const changes = new Changes(walking());
  changes.watch(room);
  const waits = async () => {
    const before = asked.length;
    const told = ["a", "b"].map((scene) => changes.ask({ scene, layer: 0 }));
    const sent = asked.length - before;
    asked.at(-1).answer();
    await settled();
    asked.at(-1).answer();
    await Promise.all(told);
    return sent === 1;
  };
  fire(field, "input");
  assert.equal(await waits(), false);
  fire(slider, "input");
  assert.equal(await waits(), true);
  fire(field, "change");
  assert.equal(await waits(), true);
  fire(slider, "change");
  assert.equal(await waits(), false);
  fire(field, "hold");
  assert.equal(await waits(), true);
  fire(field, "release");
  assert.equal(await waits(), false);
});
