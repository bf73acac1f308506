import assert from "node:assert/strict";
import { test } from "node:test";
import { valuesOf, valuesOfNpy } from "../../static/wire/arrays.js";
import { addressOf, answered, posted, ServerError, serverOf } from "../../static/wire/client.js";
import { arraysOf, fetchOpening } from "../../static/wire/opening.js";
import { events, stepsFrom } from "../../static/wire/stream.js";
import { fileOfNumbers as npy } from "./npy.js";

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

test("a stream that ends because its server stops is cut, as one whose connection breaks", async () => {
  const lines = '{"type":"step","index":0}\n{"type":"end","reason":"shutdown"}\n';
  const answer = async () => new Response(lines);
  await answering(answer, async () => {
    const steps = stepsFrom("http://here", "x", 0)(0, 9, 1, new AbortController().signal);
    assert.deepEqual((await steps.next()).value, { type: "step", index: 0 });
    await assert.rejects(steps.next(), { name: "ServerError", status: 0 });
  });
});

test("a server that is away is as one that does not answer", async () => {
  await answering(
    async () => Response.json({ detail: "the server is being stopped" }, { status: 503 }),
    async () => assert.rejects(answered("http://here/api/scene"), { status: 0 }),
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

test("a refusal keeps the field at fault and the rule", async () => {
  const told = { detail: "stride is 0: must be at least 1", field: "stride", value: 0, rule: "must be at least 1" };
  await answering(
    async () => Response.json(told, { status: 422 }),
    async () => {
      await assert.rejects(answered("http://here/api/scene"), { field: "stride", rule: "must be at least 1" });
    },
  );
});

test("findings of a form are told one after another", async () => {
  await answering(
    async () => Response.json({ detail: [{ msg: "step: not a number" }, { msg: "layer: missing" }] }, { status: 422 }),
    async () => {
      await assert.rejects(answered("http://here/api/opening"), { message: "step: not a number; layer: missing" });
    },
  );
});

test("a server that does not answer is an error of status 0, before and in the middle of a stream", async () => {
  await answering(
    async () => {
      throw new TypeError("Failed to fetch");
    },
    async () => {
      await assert.rejects(answered("http://here/"), (error) => error instanceof ServerError && error.status === 0);
    },
  );
  const broken = () => {
    let line = '{"type":"step","index":0}\n';
    return new ReadableStream({
      pull(stream) {
        if (!line) throw new TypeError("network error");
        stream.enqueue(bytes(line));
        line = "";
      },
    });
  };
  await answering(
    async () => new Response(broken()),
    async () => {
      const steps = stepsFrom("http://here", "x", 0)(0, 2, 1, new AbortController().signal);
      assert.equal((await steps.next()).value?.index, 0);
      await assert.rejects(steps.next(), (error) => error instanceof ServerError && error.status === 0);
    },
  );
});

test("whoever stops waiting is not told that the server is silent", async () => {
  const request = new AbortController();
  request.abort();
  await assert.rejects(answered("http://127.0.0.1:9/", { signal: request.signal }), { name: "AbortError" });
});

test("addresses carry their words, whatever the server's own address ends with", () => {
  assert.equal(
    addressOf("http://here/tools/", "api/scene", { scene: "cat 64 | sobel", layer: 0 }),
    addressOf("http://here/tools", "api/scene", { scene: "cat 64 | sobel", layer: 0 }),
  );
  assert.equal(addressOf("http://here", "api/kernels"), "http://here/api/kernels");
  assert.equal(
    new URL(addressOf("http://here", "x", { scene: "[1 2; 3 4] | relu" })).searchParams.get("scene"),
    "[1 2; 3 4] | relu",
  );
});

test("what is posted is JSON and says so", () => {
  const { body, headers, method } = posted({ scene: "합성곱" }, { "accept-language": "ko" });
  assert.equal(method, "POST");
  assert.deepEqual(JSON.parse(body), { scene: "합성곱" });
  assert.deepEqual(headers, { "content-type": "application/json", "accept-language": "ko" });
});

/** An opening of two cells a plane, whose output is left to be fetched. @param {Partial<Opening>} [more] */
const openingOf = (more) =>
  /** @type {any} */ ({
    line: "cat 2 | relu",
    layer: 0,
    step: 0,
    input: { shape: [1, 1, 2], type: "uint8", range: [0, 1], data: btoa("\x03\x04") },
    output: { shape: [1, 1, 2], type: "uint8", range: [0, 9], data: null },
    start: { kind: "gather", output_shape: [1, 1, 2] },
    steps: [{ index: 0, output: 7 }],
    ...more,
  });

test("the whole output is fetched when somebody asks for it, once, and again after a failure", async () => {
  let answers = 0;
  const broken = () => Response.json({ detail: "busy" }, { status: 503 });
  await answering(
    async () => {
      answers += 1;
      return answers === 1 ? broken() : new Response(npy("|u1", Uint8Array.of(7, 9).buffer));
    },
    async () => {
      const arrays = await arraysOf("http://here", openingOf(), new AbortController().signal);
      assert.equal(answers, 0);
      assert.deepEqual([...arrays.output], [7, NaN]);
      await assert.rejects(/** @type {any} */ (arrays.whole)(), { message: "busy" });
      await Promise.all([arrays.whole?.(), arrays.whole?.()]);
      assert.deepEqual([...arrays.output], [7, 9]);
      assert.equal(answers, 2);
    },
  );
});

test("an output that shows in the first picture is waited for", async () => {
  await answering(
    async () => new Response(npy("|u1", Uint8Array.of(7, 9).buffer)),
    async () => {
      const { signal } = new AbortController();
      for (const more of [{ step: 1 }, { start: { kind: "scatter", output_shape: [1, 1, 2] } }]) {
        const arrays = await arraysOf("http://here", openingOf(/** @type {any} */ (more)), signal);
        assert.deepEqual([[...arrays.output], arrays.whole], [[7, 9], null]);
      }
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

test("NumPy files of every type the server writes are read", () => {
  assert.deepEqual([...valuesOfNpy(npy("|u1", Uint8Array.of(3, 255).buffer))], [3, 255]);
  assert.deepEqual([...valuesOfNpy(npy("<i2", Int16Array.of(-300, 12).buffer))], [-300, 12]);
  assert.deepEqual([...valuesOfNpy(npy("<f8", Float64Array.of(0.5, -2).buffer))], [0.5, -2]);
  assert.deepEqual([...valuesOfNpy(npy("<i8", BigInt64Array.of(-5n, 9n).buffer))], [-5, 9]);
});

test("whole numbers of 64 bits are read as numbers, from an opening as from a file", () => {
  const wide = new BigInt64Array([9907919180215089n, -33n]);
  const data = Buffer.from(wide.buffer).toString("base64");
  const most = Number(wide[0]);
  const sent = /** @type {SentArray} */ ({ shape: [1, 1, 2], type: "int64", range: [-33, most], data });
  assert.deepEqual([...(valuesOf(sent) ?? [])], [most, -33]);
});
