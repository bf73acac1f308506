/** Ranges of steps, as lines of JSON. */
import { addressOf, answered, ServerError, unanswered } from "./client.js";

/**
 * @param {string} server  @param {string} scene  @param {number} layer
 * @returns {StepSource}
 */
export function stepsFrom(server, scene, layer) {
  return async function* ask(start, stop, every, signal) {
    const words = { scene, layer, start, stop, ...(every > 1 ? { every } : {}) };
    const headers = { accept: "application/jsonl" };
    const response = await answered(addressOf(server, "api/steps", words), { headers, signal });
    for await (const line of events(chunksOf(response))) if (line.type === "step") yield line;
  };
}

/**
 * A body's chunks. WebKit has no `for await` over a body.
 * @param {Response} response  @returns {AsyncGenerator<Uint8Array>}
 */
async function* chunksOf(response) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const next = () => reader.read().catch(unanswered);
  try {
    for (let part = await next(); !part.done; part = await next()) yield part.value;
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

/** A server that is stopped ends its streams before their time: what is missing is asked of it when it is back.
 * @param {any} line */
function checked(line) {
  if (line.type === "error") throw new ServerError(line, 200);
  if (line.reason) throw new ServerError({}, 0);
  return line;
}
