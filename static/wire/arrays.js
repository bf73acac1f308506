/** Whole arrays: inside an opening, or as a file of NumPy's. */
import { addressOf, answered, ServerError } from "./client.js";

/** @param {string} server  @param {"input" | "feature-map"} name  @param {Opening} opening  @param {AbortSignal} signal
 * @param {Record<string, number>} [more] */
export async function fetchArray(server, name, opening, signal, more) {
  const words = { scene: opening.line, layer: opening.layer, format: "npy", compact: 1, ...more };
  return valuesOfNpy(await (await answered(addressOf(server, `api/${name}`, words), { signal })).arrayBuffer());
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
  const bytes = bytesOf(sent.data);
  return sent.type === "int64" ? wholeNumbers(bytes.buffer) : new TYPES[sent.type](bytes.buffer);
}

/** What stands in Base64; browsers that cannot read it at once do so letter by letter. @param {string} coded */
export function bytesOf(coded) {
  if ("fromBase64" in Uint8Array) return /** @type {any} */ (Uint8Array).fromBase64(coded);
  return Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0));
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
  if (type === "<i8") return wholeNumbers(body);
  if (!TYPES[type]) throw new ServerError({ detail: `npy: ${type}` }, 200);
  return new TYPES[type](body);
}

/** Whole numbers of 64 bits, as near as a number of JavaScript comes to them. @param {ArrayBuffer} buffer */
function wholeNumbers(buffer) {
  return Float64Array.from(new BigInt64Array(buffer), Number);
}
