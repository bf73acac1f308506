/** The attributes of the element, by what they are about. */

/** A scene, its place and the language it is told in. */
export const OF_SCENES = ["scene", "layer", "step", "lang"];

/** Their script comes when a tag has one. */
export const LATE_WORDS = [
  { words: ["stops", "start", "stop"], script: "element/course.js" },
  { words: ["compare", "by"], script: "element/beside.js" },
];

/** What is asked. */
export const OF_QUESTIONS = ["mode", "ask", "seed", "count", "fade"];

const OF_WALKS = ["speed", "loop", "controls", "view", "theme"];

/** Attributes whose changes count. */
export const OBSERVED = [...OF_SCENES, ...OF_WALKS, ...LATE_WORDS.flatMap(({ words }) => words), ...OF_QUESTIONS];
