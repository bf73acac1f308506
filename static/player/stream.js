/** What the player asks the server for: the opening, ranges of steps as JSON lines, whole arrays. */

/** A server's refusal, in its own words. */
export class ServerError extends Error {
  /** @param {string} detail  @param {number} status */
  constructor(detail, status) {
    super(detail);
    this.name = "ServerError";
    this.status = status;
  }
}

/**
 * The address of the server that a module was loaded from, mount path included.
 * @param {string} address  the module's own
 */
export function serverOf(address) {
  const end = address.lastIndexOf("/static/");
  return end < 0 ? new URL(".", address).href.replace(/\/$/, "") : address.slice(0, end);
}

/**
 * @param {string} server  @param {unknown} scene  a line or a JSON scene
 * @param {number | null} layer  @param {number} step  @param {string} lang  @param {AbortSignal} signal
 * @returns {Promise<Opening>}
 */
export async function fetchOpening(server, scene, layer, step, lang, signal) {
  const body = JSON.stringify(layer === null ? { scene, step } : { scene, layer, step });
  const headers = { "content-type": "application/json", "accept-language": lang };
  return (await answered(`${server}/api/opening`, { method: "POST", body, headers, signal })).json();
}

/**
 * @param {string} server  @param {string} scene  @param {number} layer
 * @returns {StepSource}
 */
export function stepsFrom(server, scene, layer) {
  return async function* ask(start, stop, every, signal) {
    const query = new URLSearchParams({ scene, layer: `${layer}`, start: `${start}`, stop: `${stop}` });
    if (every > 1) query.set("every", `${every}`);
    const response = await answered(`${server}/api/steps?${query}`, {
      headers: { accept: "application/jsonl" },
      signal,
    });
    for await (const line of events(chunksOf(response))) if (line.type === "step") yield line;
  };
}

/**
 * The layer's input and output. A large output may still be on its way when the first picture is drawn: `whole` settles
 *   when it has come, and until then it holds what the opening's own steps say.
 * @param {string} server  @param {Opening} opening  @param {AbortSignal} signal  @returns {Promise<Arrays>}
 */
export async function arraysOf(server, opening, signal) {
  const soFar = (/** @type {number} */ steps) =>
    fetchArray(server, "feature-map", opening, signal, { steps: `${steps}` });
  const input = valuesOf(opening.input) ?? fetchArray(server, "input", opening, signal);
  const output = valuesOf(opening.output) ?? fetchArray(server, "feature-map", opening, signal);
  if (!(output instanceof Promise) || !beginsEmpty(opening))
    return { input: await input, output: await output, whole: null, soFar };
  const known = outputOf(opening);
  const whole = output.then((values) => known.set(values));
  whole.catch(() => {}); // told by whoever waits for it
  return { input: await input, output: known, whole, soFar };
}

/** Whether the first picture shows no output but that of its own step. @param {Opening} opening */
function beginsEmpty({ step, start: { output_shape: made, walked_shape: walked = made, kind } }) {
  return step === 0 && kind !== "scatter" && walked.every((side, axis) => side === made[axis]);
}

/** As much of the output as the opening's steps say. @param {Opening} opening */
function outputOf({ output, steps }) {
  const values = new Float64Array(output.shape.reduce((cells, side) => cells * side, 1)).fill(NaN);
  for (const { index, output: value } of steps) if (typeof value === "number") values[index] = value;
  return values;
}

/** @param {string} server  @param {"input" | "feature-map"} name  @param {Opening} opening  @param {AbortSignal} signal
 * @param {Record<string, string>} [more] */
async function fetchArray(server, name, opening, signal, more) {
  const query = new URLSearchParams({
    scene: opening.line,
    layer: `${opening.layer}`,
    format: "npy",
    compact: "1",
    ...more,
  });
  return valuesOfNpy(await (await answered(`${server}/api/${name}?${query}`, { signal })).arrayBuffer());
}

/** @param {string} address  @param {RequestInit} init */
async function answered(address, init) {
  const response = await fetch(address, init);
  if (response.ok) return response;
  const answer = await response.json().catch(() => null);
  throw new ServerError(
    sentenceOf(answer?.detail) || `${response.status} ${response.statusText}`.trim(),
    response.status,
  );
}

/** FastAPI answers with a text or with a list of findings. @param {unknown} detail */
function sentenceOf(detail) {
  if (Array.isArray(detail)) return detail.map((finding) => finding?.msg ?? finding).join("; ");
  return typeof detail === "string" ? detail : "";
}

/**
 * A body's chunks. WebKit has no `for await` over a body.
 * @param {Response} response  @returns {AsyncGenerator<Uint8Array>}
 */
async function* chunksOf(response) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * One object a line; a line may be cut anywhere, also inside a character.
 * @param {AsyncIterable<Uint8Array>} chunks  @returns {AsyncGenerator<any>}
 */
export async function* events(chunks) {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = /** @type {string} */ (lines.pop());
    for (const line of lines) if (line.trim()) yield checked(JSON.parse(line));
  }
  if (rest.trim()) yield checked(JSON.parse(rest));
}

/** @param {any} line */
function checked(line) {
  if (line.type === "error") throw new ServerError(sentenceOf(line.detail) || "error", 200);
  return line;
}

const TYPES = /** @type {Record<string, any>} */ ({
  "|u1": Uint8Array,
  "|i1": Int8Array,
  "<u2": Uint16Array,
  "<i2": Int16Array,
  "<i4": Int32Array,
  "<u4": Uint32Array,
  "<f4": Float32Array,
  "<f8": Float64Array,
  "|b1": Uint8Array,
  uint8: Uint8Array,
  int32: Int32Array,
  float64: Float64Array,
  float32: Float32Array,
});

/** An array inside the opening. @param {SentArray} sent  @returns {Values | null} */
export function valuesOf(sent) {
  if (sent.data === null) return null;
  const text = atob(sent.data);
  const bytes = new Uint8Array(text.length);
  for (let place = 0; place < text.length; place += 1) bytes[place] = text.charCodeAt(place);
  return new TYPES[sent.type](bytes.buffer);
}

/** NumPy's file format, little endian, C order. @param {ArrayBuffer} buffer  @returns {Values} */
export function valuesOfNpy(buffer) {
  const view = new DataView(buffer);
  const wide = view.getUint8(6) > 1;
  const start = wide ? 12 : 10;
  const size = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = new TextDecoder("latin1").decode(new Uint8Array(buffer, start, size));
  const type = /'descr':\s*'([^']+)'/.exec(header)?.[1] ?? "";
  const body = buffer.slice(start + size);
  if (type === "<i8") return Float64Array.from(new BigInt64Array(body), Number);
  if (!TYPES[type]) throw new ServerError(`npy: ${type}`, 200);
  return new TYPES[type](body);
}
