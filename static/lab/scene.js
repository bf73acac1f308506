/** A JSON scene, changed into another one. Knows no DOM. */

/** @typedef {number[][] | number[][][]} Matrix */
/** @typedef {JsonSource} SceneInput */
/** @typedef {JsonLayer} SceneLayer */
/** @typedef {JsonScene} Scene */

/** A setting changed; undefined or null leaves it to its default. @param {Scene} scene  @param {number} place
 * @param {Record<string, unknown>} settings  @returns {Scene} */
export function withSettings(scene, place, settings) {
  const layer = { ...scene.layers[place], ...settings };
  for (const [name, value] of Object.entries(settings)) if (value === undefined || value === null) delete layer[name];
  return withLayer(scene, place, layer);
}

/**
 * Another operation in that place. @param {Scene} scene  @param {number} place  @param {SceneLayer} layer
 * @returns {Scene}
 */
export function withLayer(scene, place, layer) {
  return { ...scene, layers: scene.layers.with(place, layer) };
}

/** @param {Scene} scene  @param {number} place  @param {SceneLayer} layer  @returns {Scene} */
export function withInserted(scene, place, layer) {
  return { ...scene, layers: scene.layers.toSpliced(place, 0, layer) };
}

/** @param {Scene} scene  @param {number} place  @returns {Scene} */
export function withoutLayer(scene, place) {
  return { ...scene, layers: scene.layers.toSpliced(place, 1) };
}

/** @param {Scene} scene  @param {number} from  @param {number} to  @returns {Scene} */
export function withMoved(scene, from, to) {
  return { ...scene, layers: scene.layers.toSpliced(from, 1).toSpliced(to, 0, scene.layers[from]) };
}

/** Where a layer is after another one was moved. @param {number} layer  @param {number} from  @param {number} to */
export function followed(layer, from, to) {
  if (layer === from) return to;
  if (from < layer && to >= layer) return layer - 1;
  return from > layer && to <= layer ? layer + 1 : layer;
}

/** @param {Scene} scene  @param {SceneInput} input  @returns {Scene} */
export function withInput(scene, input) {
  return { ...scene, input };
}

/** @param {unknown} one  @param {unknown} other */
export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Another filter in the place of a convolution or gradient filter; what both can be told is kept.
 * @param {SceneLayer} layer  @param {SceneLayer} filter
 * @param {readonly string[]} settings  what the filter can be told
 * @returns {SceneLayer} */
export function withFilter(layer, filter, settings) {
  const kept = Object.entries(layer).filter(
    ([name]) => settings.includes(name) && !["weight", "divisor"].includes(name),
  );
  return { ...filter, ...Object.fromEntries(kept), operation: filter.operation };
}
