import assert from "node:assert/strict";
import { test } from "node:test";
import {
  events,
  fetchOpening,
  ServerError,
  serverOf,
  stepsFrom,
  valuesOf,
  valuesOfNpy,
} from "../../static/player/stream.js";

/** @param {Uint8Array[]} chunks */
async function* flowing(chunks) {
  yield* chunks;
}

/** @param {AsyncIterable<any>} items */
async function all(items) {
  const found = [];
  for await (const item of items) found.push(item);
  return found;
}

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** @param {() => Promise<Response>} answer  @param {() => Promise<void>} work */
async function answering(answer, work) {
  const real = globalThis.fetch;
  globalThis.fetch = /** @type {any} */ (answer);
  await work().finally(() => {
    globalThis.fetch = real;
  });
}

test("a line may be cut anywhere, even inside a Korean syllable", async () => {
  const whole = bytes('{"type":"start","title":"합성곱"}\n{"type":"step","index":0}\n');
  for (let cut = 1; cut < whole.length; cut += 1) {
    const lines = await all(events(flowing([whole.slice(0, cut), whole.slice(cut)])));
    assert.deepEqual(lines, [
      { type: "start", title: "합성곱" },
      { type: "step", index: 0 },
    ]);
  }
});

test("a last line without its end of line still counts", async () => {
  assert.equal((await all(events(flowing([bytes('{"type":"end","count":0}')])))).length, 1);
});

test("an error line becomes an error with the server's words", async () => {
  await assert.rejects(
    all(events(flowing([bytes('{"type":"error","detail":"the picture is gone"}\n')]))),
    /the picture is gone/,
  );
});

test("steps come without the lines around them", async () => {
  const body = '{"type":"start"}\n{"type":"step","index":3}\n{"type":"step","index":4}\n{"type":"end","count":2}\n';
  /** @type {string[]} */
  const asked = [];
  const answer = /** @type {any} */ (
    async (/** @type {string} */ address) => {
      asked.push(address);
      return new Response(body);
    }
  );
  await answering(answer, async () => {
    const steps = await all(stepsFrom("http://here", "cat 64 | sobel", 1)(3, 5, 2, new AbortController().signal));
    assert.deepEqual(
      steps.map(({ index }) => index),
      [3, 4],
    );
  });
  const query = new URL(asked[0]).searchParams;
  assert.deepEqual(
    [query.get("scene"), query.get("layer"), query.get("start"), query.get("stop"), query.get("every")],
    ["cat 64 | sobel", "1", "3", "5", "2"],
  );
});

test("a refusal keeps the sentence and the status", async () => {
  await answering(
    async () => Response.json({ detail: "stride is 0: must be at least 1" }, { status: 422 }),
    async () => {
      await assert.rejects(
        fetchOpening("http://here", "x", null, 0, "en", new AbortController().signal),
        (error) =>
          error instanceof ServerError && error.status === 422 && error.message === "stride is 0: must be at least 1",
      );
    },
  );
});

test("a refusal that is not JSON is told by its status", async () => {
  await answering(
    async () => new Response("<html>", { status: 502, statusText: "Bad Gateway" }),
    async () => {
      await assert.rejects(
        fetchOpening("http://here", "x", null, 0, "en", new AbortController().signal),
        /502 Bad Gateway/,
      );
    },
  );
});

test("the server is where the module came from, mount path and version aside", () => {
  assert.equal(
    serverOf("https://school.example/tools/static/0a1b2c3d4e5f/kernel-walk.js"),
    "https://school.example/tools",
  );
  assert.equal(serverOf("http://127.0.0.1:8000/static/kernel-walk.js?v=1"), "http://127.0.0.1:8000");
});

test("an array inside the opening keeps every value", () => {
  const numbers = Int32Array.of(-1020, 0, 7, 2 ** 30);
  const data = btoa(String.fromCharCode(...new Uint8Array(numbers.buffer)));
  assert.deepEqual(valuesOf({ shape: [1, 2, 2], type: "int32", range: [-1020, 7], data }), numbers);
  assert.equal(valuesOf({ shape: [1, 2, 2], type: "int32", range: [0, 0], data: null }), null);
});

/** @param {string} type  @param {ArrayBuffer} body */
function npy(type, body) {
  const header = `${`{'descr': '${type}', 'fortran_order': False, 'shape': (1, 1, 2), }`.padEnd(117)}\n`;
  return new Uint8Array([0x93, ...bytes("NUMPY"), 1, 0, header.length, 0, ...bytes(header), ...new Uint8Array(body)])
    .buffer;
}

test("NumPy files of every type the server writes are read", () => {
  assert.deepEqual([...valuesOfNpy(npy("|u1", Uint8Array.of(3, 255).buffer))], [3, 255]);
  assert.deepEqual([...valuesOfNpy(npy("<i2", Int16Array.of(-300, 12).buffer))], [-300, 12]);
  assert.deepEqual([...valuesOfNpy(npy("<f8", Float64Array.of(0.5, -2).buffer))], [0.5, -2]);
  assert.deepEqual([...valuesOfNpy(npy("<i8", BigInt64Array.of(-5n, 9n).buffer))], [-5, 9]);
});
