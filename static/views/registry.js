/** The views of one step, each by its word: a class of `StepView`, and whether it has something to show of a layer. */
import { BackwardView } from "./backward/backward-view.js";
import { CodeView } from "./code-view.js";
import { FormulaView } from "./formula-view.js";
import { ExcitingView } from "./learning/exciting-view.js";
import { LearningView } from "./learning/learning-view.js";
import { NetworkView } from "./network-view.js";
import { ConnectionsView } from "./relations/connections-view.js";
import { Im2colView } from "./relations/im2col-view.js";

/**
 * Views that show the same step as the stage. A new one is a line here, a word in vocabulary.js and a title below.
 * @type {Record<string, ViewClass>}
 */
export const VIEW_CLASSES = {
  connections: ConnectionsView,
  im2col: Im2colView,
  formula: FormulaView,
  code: CodeView,
  network: NetworkView,
  backward: BackwardView,
  learning: LearningView,
  exciting: ExcitingView,
};

/** What their tabs say. @param {import("../words/language.js").Say} _  @returns {Record<string, string>} */
export const viewTitles = (_) => ({
  numbers: _("Numbers"),
  connections: _("Connections"),
  im2col: "im2col",
  formula: _("Formula"),
  code: _("Code"),
  network: _("Network"),
  backward: _("Backward"),
  learning: _("Training"),
  exciting: _("What excites it"),
});

/** Whether a view has something to show of the walked layer. @param {string} word  @param {Opening} opening */
export function offersView(word, opening) {
  const kind = VIEW_CLASSES[word];
  return kind !== undefined && (kind.offers?.(opening) ?? true);
}
