/** What modules ask from outside the page: a server, and a place that keeps texts. */

/** A server of a few answers. @param {Record<string, unknown>} answers  by the end of the path */
export function answering(answers) {
  const asked = /** @type {string[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ url) => {
      asked.push(url);
      const found = Object.entries(answers).find(([path]) => new URL(url).pathname.endsWith(path));
      if (!found) throw new TypeError("no network");
      return new Response(JSON.stringify(found[1]), { status: 200 });
    }
  );
  return asked;
}

/** A place that keeps texts, as sessionStorage does. */
export function shelf() {
  const kept = new Map();
  return {
    kept,
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
  };
}
