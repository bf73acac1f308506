/** Arrays on their way: which are asked for and with what words, every kind of file, and streams that are let go. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { valuesOf, valuesOfNpy } from "../../static/wire/arrays.js";
import { ServerError } from "../../static/wire/client.js";
import { arraysOf, fetchOpening } from "../../static/wire/opening.js";
import { events, stepsFrom } from "../../static/wire/stream.js";
import { fileOfNumbers } from "./npy.js";
import { settled } from "./stand_ins.js";

const { fetch: realFetch } = globalThis;
afterEach(() => Object.assign(globalThis, { fetch: realFetch }));

const never = () => new AbortController().signal;

/** A server that answers everything alike, and what it was asked. @param {() => Response} answer */
function asking(answer) {
  const asked = /** @type {{ url: URL, init: any }[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address, /** @type {any} */ init) => {
      asked.push({ url: new URL(address), init });
      return answer();
    }
  );
  return asked;
}

test("every kind of number that a file may hold is read, from headers of both lengths", () => {
  for (const [type, values] of /** @type {[string, any][]} */ ([
    ["|u1", Uint8Array.of(0, 255)],
    ["|i1", Int8Array.of(-128, 127)],
    ["<u2", Uint16Array.of(0, 65535)],
    ["<i2", Int16Array.of(-32768, 5)],
    ["<u4", Uint32Array.of(0, 4294967295)],
    ["<i4", Int32Array.of(-7, 2 ** 31 - 1)],
    ["<f4", Float32Array.of(0.5, Number.NaN)],
    ["<f8", Float64Array.of(-0.1, Number.POSITIVE_INFINITY)],
    ["|b1", Uint8Array.of(0, 1)],
  ]))
    for (const version of [1, 2]) {
      const read = valuesOfNpy(fileOfNumbers(type, values.buffer, version));
      assert.deepEqual(read, values, `${type}, version ${version}`);
    }
});

test("a file of what is no number is refused with its kind, not read as something else", () => {
  for (const type of ["<c16", "|S3", ">f8"])
    assert.throws(
      () => valuesOfNpy(fileOfNumbers(type, new ArrayBuffer(16))),
      (/** @type {any} */ error) => error instanceof ServerError && error.message.includes(type),
    );
});

test("an array inside an opening may be of any of the types that openings have, or empty", () => {
  const sent = (/** @type {any} */ values, /** @type {string} */ type) =>
    valuesOf(/** @type {any} */ ({ type, data: Buffer.from(values.buffer).toString("base64") }));
  for (const [type, values] of /** @type {[string, any][]} */ ([
    ["uint8", Uint8Array.of(200, 3)],
    ["int32", Int32Array.of(-1, 70000)],
    ["float32", Float32Array.of(0.25)],
    ["float64", Float64Array.of(1e300, Number.NaN)],
    ["float64", new Float64Array(0)],
  ]))
    assert.deepEqual(sent(values, type), values, type);
});

/** @param {object} [more] */
const openingWith = (more = {}) =>
  /** @type {any} */ ({
    ...{ line: "cat 2 | relu", layer: 1, step: 0, steps: [] },
    input: { shape: [1, 1, 2], type: "uint8", data: btoa("\x03\x04") },
    output: { shape: [1, 1, 2], type: "uint8", data: btoa("\x05\x06") },
    start: { kind: "gather", output_shape: [1, 1, 2] },
    ...more,
  });
const bytes = () => new Response(fileOfNumbers("|u1", Uint8Array.of(7, 9).buffer));

test("what came with the opening is not asked for, what did not come is", async () => {
  const asked = asking(bytes);
  const here = await arraysOf("http://here", openingWith(), never());
  assert.deepEqual([[...here.input], [...here.output], here.whole, asked.length], [[3, 4], [5, 6], null, 0]);
  const away = openingWith({ input: { shape: [1, 1, 2], data: null } });
  const { input } = await arraysOf("http://here", away, never());
  assert.deepEqual([[...input], asked[0].url.pathname], [[7, 9], "/api/input"]);
  const words = Object.fromEntries(asked[0].url.searchParams);
  assert.deepEqual(words, { scene: "cat 2 | relu", layer: "1", format: "npy", compact: "1" });
});

test("an output so far is asked for by its steps", async () => {
  const asked = asking(bytes);
  const arrays = await arraysOf("http://here", openingWith(), never());
  assert.deepEqual([...(await arrays.soFar(12))], [7, 9]);
  assert.deepEqual([asked[0].url.pathname, asked[0].url.searchParams.get("steps")], ["/api/feature-map", "12"]);
});

const UNSENT = { output: { shape: [1, 1, 3], type: "uint8", data: null } };

test("until the output comes it holds what the steps say, and of others that nothing is known", async () => {
  asking(bytes);
  const steps = [
    { index: 0, output: 4 },
    { index: 1, output: null },
    { index: 2, output: [1, 2] },
  ];
  const start = { kind: "gather", output_shape: [1, 1, 3] };
  const { output, whole } = await arraysOf("http://here", openingWith({ ...UNSENT, steps, start }), never());
  assert.deepEqual([[...output], typeof whole], [[4, Number.NaN, Number.NaN], "function"]);
});

test("an output whose cells are not its steps is waited for", async () => {
  const asked = asking(bytes);
  const start = { kind: "gather", output_shape: [1, 1, 2], walked_shape: [1, 1, 1] };
  const { output, whole } = await arraysOf("http://here", openingWith({ ...UNSENT, start }), never());
  assert.deepEqual([[...output], whole, asked.length], [[7, 9], null, 1]);
});

test("an opening is asked for in the language of the page, and its layer only where one was chosen", async () => {
  const asked = asking(() => Response.json({ line: "x" }));
  await fetchOpening("http://here/", "x", null, 3, "ko", never());
  await fetchOpening("http://here", { input: "cat" }, 0, 0, "en", never());
  await fetchOpening("http://here", "y".repeat(1500), 1, -1, "en", never());
  const told = asked.map(({ url, init }) => (init.body ? JSON.parse(init.body) : Object.fromEntries(url.searchParams)));
  assert.deepEqual(told, [
    { scene: "x", step: "3" },
    { scene: { input: "cat" }, layer: 0, step: 0 },
    { scene: "y".repeat(1500), layer: 1, step: -1 },
  ]);
  assert.equal("content-type" in asked[0].init.headers, false, "a page of another origin need not ask for leave");
  assert.deepEqual(
    asked.map(({ init }) => init.headers["accept-language"]),
    ["ko", "en", "en"],
  );
});

test("every step is asked for without a word, each how-manieth by its number", async () => {
  const asked = asking(() => new Response('{"type":"end"}\n'));
  for (const every of [1, 4])
    for await (const step of stepsFrom("http://here", "x", 0)(0, 8, every, never())) assert.fail(`${step}`);
  assert.deepEqual(
    asked.map(({ url }) => url.searchParams.get("every")),
    [null, "4"],
  );
  assert.deepEqual(
    asked.map(({ init }) => init.headers.accept),
    ["application/jsonl", "application/jsonl"],
  );
});

test("a stream that nobody reads to its end is let go", async () => {
  let released = false;
  const body = new ReadableStream({
    pull: (stream) => stream.enqueue(new TextEncoder().encode('{"type":"step","index":0}\n')),
    cancel: () => {
      released = true;
    },
  });
  asking(() => new Response(body));
  for await (const { index } of stepsFrom("http://here", "x", 0)(0, 8, 1, never())) {
    assert.equal(index, 0);
    break;
  }
  await settled();
  assert.equal(released, true);
});

test("empty lines between the lines of a stream say nothing", async () => {
  const found = [];
  const chunks = async function* chunks() {
    for (const text of ["\n\n", '{"index":1}\n  \n', '{"in', 'dex":2}', "\n", " "])
      yield new TextEncoder().encode(text);
  };
  for await (const { index } of events(chunks())) found.push(index);
  assert.deepEqual(found, [1, 2]);
});
