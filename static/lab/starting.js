/** What an operation starts with when it is added: what its settings say a form writes first. */

/** @param {KnownOperation} operation  @returns {import("./scene.js").SceneLayer} */
export function startOf({ name, parameters }) {
  const written = parameters.filter(({ first }) => first !== null);
  return { operation: name, ...Object.fromEntries(written.map((parameter) => [parameter.name, parameter.first])) };
}
