import assert from "node:assert/strict";
import { test } from "node:test";
import { commandIn } from "../../static/element/frame.js";

test("a command has one shape", () => {
  assert.deepEqual(commandIn({ type: "kernelwalk", command: "seek", value: 3 }), { command: "seek", value: 3 });
  assert.deepEqual(commandIn({ type: "kernelwalk", command: "play" }), { command: "play", value: null });
});

test("anything else is not heard", () => {
  for (const data of [
    null,
    1,
    "play",
    {},
    { type: "kernelwalk" },
    { type: "kernelwalk", command: "constructor" },
    { type: "other", command: "play" },
    { type: "kernelwalk", command: "seek", value: "3" },
    { type: "kernelwalk", command: "seek", value: NaN },
    { type: "kernelwalk", command: "show", value: 4 },
    { type: "kernelwalk", command: "theme", value: {} },
  ])
    assert.equal(commandIn(data), null, JSON.stringify(data));
});
