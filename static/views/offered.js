/** What the tabs of views say, and which views have something to show of a layer: known before the views are here. */
import { endsTrained, networkOf, startsOnDigit, walksKernels } from "./learning/trained.js";

/** Whether windows of one size slide over the input. @param {Opening} opening */
function slidesOver({ relations, steps }) {
  return Boolean(relations) && steps[0]?.size === undefined;
}

/** Whether a layer slides kernels of one row over a signal. @param {Opening} opening */
function walksSignal({ start, steps }) {
  const one = start.input_shape[1] === 1 && start.kernel_size?.[0] === 1 && start.input_shape[0] === 1;
  return one && start.kind === "gather" && Boolean(start.weight) && steps[0]?.corner !== undefined;
}

/** Views that are not for every layer. @type {Record<string, (opening: Opening) => boolean>} */
const OFFERS = {
  connections: (opening) => slidesOver(opening) && opening.start.weight !== undefined && opening.start.weight !== null,
  im2col: slidesOver,
  backward: (opening) => Boolean(opening.backward),
  signal: walksSignal,
  learning: (opening) => networkOf(opening) !== "",
  descent: endsTrained,
  exciting: walksKernels,
  moved: (opening) => startsOnDigit(opening) && networkOf(opening) !== "",
};

/** Those that have something of their own to show where a scene has nothing for them. */
const WITH_ITS_OWN = ["moved"];

/** Whether a view has something to show of the walked layer. @param {string} word  @param {Opening} opening */
export const offersView = (word, opening) => OFFERS[word]?.(opening) ?? true;

/** Whether a view that somebody asked for by its word is shown. @param {string} word  @param {Opening} opening */
export const showsView = (word, opening) => WITH_ITS_OWN.includes(word) || offersView(word, opening);

/** What their tabs say. @param {import("../words/language.js").Say} _  @returns {Record<string, string>} */
export const viewTitles = (_) => ({
  numbers: _("Numbers"),
  connections: _("Connections"),
  im2col: "im2col",
  formula: _("Formula"),
  code: _("Code"),
  network: _("Network"),
  backward: _("Backward"),
  signal: _("Curves"),
  learning: _("Training"),
  descent: _("Gradient descent"),
  exciting: _("What excites it"),
  moved: _("One pixel to the side"),
});
