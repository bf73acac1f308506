/** The views of one step, each by its word: a class of `StepView`. */
import { BackwardView } from "./backward/backward-view.js";
import { ViewBox } from "./box.js";
import { CodeView } from "./code-view.js";
import { FormulaView } from "./formula-view.js";
import { DescentView } from "./learning/descent-view.js";
import { ExcitingView } from "./learning/exciting-view.js";
import { LearningView } from "./learning/learning-view.js";
import { MovedView } from "./learning/moved-view.js";
import { NetworkView } from "./network-view.js";
import { ConnectionsView } from "./relations/connections-view.js";
import { Im2colView } from "./relations/im2col-view.js";
import { SignalView } from "./signal-view.js";

/**
 * Views that show the same step as the stage. A new one is a line here, a word in vocabulary.js and a title in
 *   offered.js.
 * @type {Record<string, ViewClass>}
 */
export const VIEW_CLASSES = {
  connections: ConnectionsView,
  im2col: Im2colView,
  formula: FormulaView,
  code: CodeView,
  network: NetworkView,
  backward: BackwardView,
  signal: SignalView,
  learning: LearningView,
  descent: DescentView,
  exciting: ExcitingView,
  moved: MovedView,
};

/** A view in its place. @param {string} word  @param {ViewEvents} events */
export const boxOfView = (word, events) => new ViewBox(word, new VIEW_CLASSES[word](events));
