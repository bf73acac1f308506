/** What a server would answer to the player of one figure, out of the file that carries the figure. */
import { rowsOf } from "./columns.js";

/**
 * @typedef {object} CarriedLayer
 * @property {any} opening  @property {string} input  @property {string} output  files of NumPy's, in base64
 * @property {number} count  @property {import("./columns.js").Column} steps
 */
/** @typedef {{ line: string, layers: CarriedLayer[] }} CarriedScene */
/**
 * @typedef {object} Carried
 * @property {CarriedScene[]} scenes  @property {Record<string, unknown>} answers
 * @property {Record<string, string>} scripts  @property {Record<string, Record<string, string>>} words
 * @property {import("./asking-answers.js").Quiz} [quiz]  of a file that asks
 * @property {string} absent  what is said where the file does not hold what is asked for
 */

/** The same question in any order of its words. @param {string} method  @param {string} path
 * @param {Record<string, unknown>} words */
export function keyOf(method, path, words) {
  const spelt = Object.entries(words).map(([name, word]) => [name, typeof word === "string" ? word : `${word}`]);
  return `${method} ${path} ${JSON.stringify(spelt.sort(([one], [other]) => (one < other ? -1 : 1)))}`;
}

export class Answers {
  /** @type {Map<CarriedLayer, any[]>} */
  #steps = new Map();

  /** @param {Carried} carried */
  constructor(carried) {
    this.carried = carried;
  }

  /** @param {string} method  @param {URL} address  @param {string} [body]  @returns {Response} */
  respond(method, { pathname, searchParams }, body) {
    const words = body ? JSON.parse(body) : Object.fromEntries(searchParams);
    const wordFile = /\/static\/words\/(\w+\/\w+)\.json$/.exec(pathname)?.[1];
    if (wordFile) return json(this.carried.words[wordFile] ?? {});
    const scene = this.carried.scenes.find(({ line }) => line === words.scene);
    const layer = scene?.layers.at(Number(words.layer ?? 0));
    if (layer && pathname === "/api/steps") return lines(this.#between(layer, words));
    if (layer && pathname === "/api/opening") return json(openingAt(layer.opening, Number(words.step ?? 0)));
    if (layer && pathname === "/api/input") return npy(layer.input);
    if (layer && pathname === "/api/feature-map" && words.steps === undefined) return npy(layer.output);
    const known = this.carried.answers[keyOf(method, pathname, words)];
    return known ? json(known) : json({ detail: this.carried.absent }, 404);
  }

  /** @param {CarriedLayer} layer  @param {Record<string, unknown>} words */
  #between(layer, { start = 0, stop, every = 1 }) {
    const [first, behind, by] = [Number(start), Number(stop ?? Number.POSITIVE_INFINITY), Number(every)];
    return this.#all(layer).filter(({ index }) => index >= first && index < behind && (index - first) % by === 0);
  }

  /** Made rows once. @param {CarriedLayer} layer */
  #all(layer) {
    const rows = this.#steps.get(layer) ?? rowsOf(layer.steps, layer.count);
    this.#steps.set(layer, rows);
    return rows;
  }
}

/** A layer opened at another step than its first. @param {any} opening  @param {number} step */
function openingAt(opening, step) {
  const { steps } = opening.start;
  return { ...opening, step: Math.max(0, Math.min(steps - 1, step < 0 ? step + steps : step)) };
}

/** @param {unknown} content  @param {number} [status] */
export function json(content, status = 200) {
  return new Response(JSON.stringify(content), { status, headers: { "content-type": "application/json" } });
}

/** @param {unknown[]} steps */
const lines = (steps) => new Response(steps.map((step) => `${JSON.stringify(step)}\n`).join(""));

/** @param {string} base64 */
const npy = (base64) => new Response(Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)));
