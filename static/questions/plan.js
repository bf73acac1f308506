/** Which questions a set has, what was answered, and the result as text; kept in this browser's session alone. */

/**
 * @typedef {object} Item
 * @property {string} scene  @property {number | null} layer  @property {number} index  @property {number | null} step
 * @property {string} title  @property {string} [picture]  of an input too large for a table, where a file carries it
 */
/** @typedef {{ given: string, right: boolean, prompt: string, answer: string }} Answer */

/** Questions of a set whose page does not say how many. */
export const USUAL = 10;
const MOST = 50;

/** Scenes that a page put inside the tag, or the tag's own. @param {HTMLElement} element */
export function scenesOf(element) {
  const text = element.querySelector("script.plan")?.textContent;
  if (text) return JSON.parse(text);
  const layer = element.getAttribute("layer");
  return [{ scene: element.getAttribute("scene") ?? "", layer: layer === null ? null : Number(layer) }];
}

/**
 * The questions of an element: those of its scenes in turn, or of its one scene.
 * @typedef {{ scene: string, layer?: number | null, title?: string }} Told
 * @param {{ scenes: Told[], count: number, step: number | null }} words
 * @returns {Item[]}
 */
export function planOf({ scenes, count, step }) {
  return Array.from({ length: Math.max(1, Math.min(MOST, count || USUAL)) }, (_, place) => {
    const { scene, layer = null, title = "" } = scenes[place % scenes.length];
    return { scene, layer, index: place, step: step === null ? null : step + place, title };
  });
}

/**
 * The result as somebody hands it in.
 * @param {readonly (Answer | null)[]} answers  @param {readonly Item[]} items
 * @param {import("./words.js").Vocabulary} words
 */
export function resultText(answers, items, words) {
  const right = answers.filter((answer) => answer?.right).length;
  const lines = answers.map((answer, place) => {
    const { title, scene } = items[place];
    const told = answer ? `${answer.prompt} ${words.given(answer.given)}` : "–";
    const solution = answer?.right ? "" : ` (${words.rightAnswer}: ${answer?.answer ?? "–"})`;
    return `${place + 1}. ${answer?.right ? "✓" : "✗"} ${title || scene}: ${told}${solution}`;
  });
  return [`Kernelwalk: ${words.score(right, answers.length)}`, ...lines].join("\n");
}

/** Frames that may keep nothing keep nothing. */
export class Memory {
  /** @param {string} key  @param {() => Storage} [place] */
  constructor(key, place = () => sessionStorage) {
    this.key = `kernelwalk questions ${key}`;
    this.place = place;
  }

  /** @param {number} count  @returns {(Answer | null)[]} */
  read(count) {
    const none = Array.from({ length: count }, () => null);
    try {
      const kept = JSON.parse(this.place().getItem(this.key) ?? "null");
      return Array.isArray(kept) && kept.length === count ? kept : none;
    } catch {
      return none;
    }
  }

  /** @param {readonly (Answer | null)[]} answers */
  write(answers) {
    try {
      this.place().setItem(this.key, JSON.stringify(answers));
    } catch {}
  }
}
