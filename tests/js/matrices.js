/** A server that reads matrices, for forms that ask it. */
import { PAUSE } from "../../static/lab/reader.js";

/** What a server understood. */
export const reading = (/** @type {any} */ values, /** @type {number[]} */ shape, sentence = "understood") => ({
  values,
  shape,
  line: JSON.stringify(values),
  understood: { sentence },
});

/** A server that reads matrices as it is told to. */
export function reads(/** @type {(text: string) => any} */ answer) {
  const asked = /** @type {any[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address, /** @type {any} */ init) => {
      const body = JSON.parse(init.body);
      asked.push({ path: new URL(address).pathname, ...body });
      const found = answer(body.text);
      return new Response(JSON.stringify(found), { status: found.detail ? 422 : 200 });
    }
  );
  return asked;
}

/** Long enough for what was typed to be read. */
export const typingEnds = () => new Promise((go) => setTimeout(go, PAUSE + 60));
