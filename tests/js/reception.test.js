import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Reception } from "../../static/element/reception.js";
import { lined } from "./scenes.js";
import { settled } from "./stand_ins.js";

/** @param {Partial<ConstructorParameters<typeof Reception>[3]>} [events] */
function received(events = {}) {
  const log = /** @type {any[]} */ ([]);
  const told = {
    loading: () => log.push("loading"),
    arrived: (/** @type {Opening} */ { line }) => log.push(line),
    failed: (/** @type {Error} */ { message }) => log.push(`failed: ${message}`),
    ...events,
  };
  return {
    log,
    reception: new Reception(
      () => "http://here",
      "painters",
      async () => {},
      told,
    ),
  };
}

test("only what is asked for is aborted: a first scene aborts nothing", async (context) => {
  const aborts = context.mock.method(AbortController.prototype, "abort");
  const { reception } = received();
  reception.close();
  await reception.receive(async () => lined("first"));
  assert.equal(aborts.mock.callCount(), 0);
  await reception.receive(async () => lined("second"));
  assert.equal(aborts.mock.callCount(), 1);
});

test("of two scenes asked for at once the newer is shown, whichever answers first", async () => {
  const { log, reception } = received();
  let answer = (/** @type {any} */ _opening) => {};
  const first = reception.receive(
    () =>
      new Promise((settle) => {
        answer = settle;
      }),
  );
  const second = reception.receive(async () => lined("second"));
  await second;
  answer(lined("first"));
  await first;
  assert.deepEqual(log, ["loading", "loading", "second"]);
});

test("a failure is told, thrown, and can be asked for again", async () => {
  const { log, reception } = received();
  let answers = 0;
  const ask = async () => {
    answers += 1;
    if (answers === 1) throw new Error("no such kernel");
    return lined("there");
  };
  await assert.rejects(reception.receive(ask), /no such kernel/);
  assert.equal(reception.retry(), true);
  await settled();
  assert.deepEqual(log, ["loading", "failed: no such kernel", "loading", "there"]);
  assert.equal(reception.retry(), false, "nothing failed");
});

test("whoever was overtaken fails in silence", async () => {
  const { log, reception } = received();
  const first = reception.receive(async (signal) => {
    await settled();
    signal.throwIfAborted();
    return lined("first");
  });
  await reception.receive(async () => lined("second"));
  await assert.rejects(first);
  assert.deepEqual(log, ["loading", "loading", "second"]);
  reception.close();
});
