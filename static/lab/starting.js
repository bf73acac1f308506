/** What an operation starts with when it is added: its defaults, and something sensible where it has none. */

/** @typedef {import("./server.js").KnownOperation} KnownOperation */

const FIRST = /** @type {Record<string, unknown>} */ ({
  weight: "sobel-x",
  pair: 2,
  int: 1,
  number: 1,
  numbers: 1,
  sizes: [1],
  padding: 1,
  boolean: true,
  matrix: [[1, 0, -1]],
});

/** @param {KnownOperation} operation  @returns {import("./scene.js").SceneLayer} */
export function startOf({ name, parameters }) {
  const needed = parameters.filter(({ required }) => required);
  return {
    operation: name,
    ...Object.fromEntries(needed.map((parameter) => [parameter.name, parameter.choices[0] ?? FIRST[parameter.kind]])),
  };
}
