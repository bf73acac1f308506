/** Scene lines beside each other: which one a wish means, and where two of them differ. Knows no DOM. */

const BAR = " | ";
const LAYER = /(?:^|\s+)layer=(-?\d{1,6})\s*$/;
const SETTINGS = /^[a-z_]+=\S+(?:\s+[a-z_]+=\S+)*$/;

/**
 * The line that stands beside another: a line or `@id` as it is; settings such as `stride=2`, or an operation,
 *   are put into the layer that is walked. `layer=1` at the end says which layer of it is walked.
 * @param {string} wish  @param {string} line  @param {number} layer
 * @returns {{ line: string, layer: number | null }}
 */
export function besideOf(wish, line, layer) {
  const number = LAYER.exec(wish)?.[1];
  const text = wish.replace(LAYER, "").trim();
  const found = text.startsWith("@") || text.includes("|") ? text : changed(text, line, layer);
  if (number !== undefined) return { line: found, layer: Number(number) };
  const layers = found.split("|").length - 1;
  return { line: found, layer: layers ? Math.min(layer, layers - 1) : null };
}

/** @param {string} text  @param {string} line  @param {number} layer */
function changed(text, line, layer) {
  const parts = line.split(BAR);
  if (!text || layer + 1 >= parts.length) return text || line;
  const names = SETTINGS.test(text) ? text.split(/\s+/).map((setting) => setting.split("=")[0]) : null;
  const kept = parts[layer + 1].split(" ").filter((word) => !names?.includes(word.split("=")[0]));
  parts[layer + 1] = names ? [...kept, text].join(" ") : text;
  return parts.join(BAR);
}

/** @typedef {{ text: string, other: boolean }} Run  words that both lines have, or that only one has */

/**
 * Two lines in runs of words, and what only one of them says.
 * @param {string} one  @param {string} other  @returns {[Run[], Run[]]}
 */
export function differing(one, other) {
  const [first, second] = [one.split(" "), other.split(" ")];
  const shared = longestShared(first, second);
  return [runsOf(first, shared, 0), runsOf(second, shared, 1)];
}

/**
 * Settings that only the other line says, as this layer has them: what is left at its default is said too.
 * @param {readonly Run[]} other  @param {Record<string, unknown>} start  what the layer says of itself
 */
export function unsaid(other, start) {
  const names = other.filter((run) => run.other).flatMap(({ text }) => [...text.matchAll(/([a-z_]+)=/g)]);
  return names.flatMap(([, name]) => {
    const values = [...new Set([start[name]].flat(2))];
    return values.length === 1 && ["number", "boolean"].includes(typeof values[0]) ? [`${name}=${values[0]}`] : [];
  });
}

/**
 * Pairs of places with the same word, in order: the longest there is.
 * @param {string[]} one  @param {string[]} other
 */
function longestShared(one, other) {
  if (one.length * other.length > 40_000) return sharedEnds(one, other);
  const lengths = [...one, ""].map(() => new Array(other.length + 1).fill(0));
  for (let row = one.length - 1; row >= 0; row -= 1)
    for (let column = other.length - 1; column >= 0; column -= 1)
      lengths[row][column] =
        one[row] === other[column]
          ? lengths[row + 1][column + 1] + 1
          : Math.max(lengths[row + 1][column], lengths[row][column + 1]);
  const pairs = [];
  for (let row = 0, column = 0; row < one.length && column < other.length; ) {
    if (one[row] === other[column]) pairs.push([row++, column++]);
    else if (lengths[row + 1][column] >= lengths[row][column + 1]) row += 1;
    else column += 1;
  }
  return pairs;
}

/** Of very long lines what they begin with is enough. @param {string[]} one  @param {string[]} other */
function sharedEnds(one, other) {
  const differs = one.findIndex((word, place) => word !== other[place]);
  return one.slice(0, differs < 0 ? one.length : differs).map((_, place) => [place, place]);
}

/** @param {string[]} words  @param {number[][]} shared  @param {0 | 1} side  @returns {Run[]} */
function runsOf(words, shared, side) {
  const same = new Set(shared.map((pair) => pair[side]));
  /** @type {Run[]} */
  const runs = [];
  words.forEach((text, place) => {
    const other = !same.has(place);
    const last = runs[runs.length - 1];
    if (last?.other === other) last.text += ` ${text}`;
    else runs.push({ text, other });
  });
  return runs;
}
