/** Layers whose numbers are told by a name: what an editor shows of them, and what goes with numbers written anew. */

/** The kernels of a layer: those of the links alone where a table links channels. @param {StartLine} start */
export function alongLinks({ weight, links }) {
  const kernels = /** @type {any[][]} */ (weight ?? [[0]]);
  return links ? kernels.flatMap((planes, place) => planes.filter((_, channel) => links[place][channel])) : kernels;
}

/**
 * A trained layer's bias and links, which its name no longer tells when other numbers are written.
 * @param {Opening} opening  @param {Record<string, unknown>} settings  @returns {Record<string, unknown>}
 */
export function broughtAlong({ start, layers, layer }, { weight }) {
  const written = layers[layer].arguments;
  const named = typeof written.weight === "string" && written.weight.includes(".");
  if (!named || !Array.isArray(weight)) return {};
  return {
    ...(written.bias === null && start.bias ? { bias: start.bias } : {}),
    ...(start.links ? { links: start.links } : {}),
  };
}
