/** The sums so far of each step, which the server adds up: asked for a block of steps at a time. */
import { addressOf, answered, posted } from "../wire/client.js";
import { BLOCK } from "../words/vocabulary.js";

/** Blocks that are kept. */
const MOST_BLOCKS = 8;

export class ProductSums {
  /** Nested as the window is. @type {Map<number, any[]>} */
  #known = new Map();
  /** @type {number[]} */
  #asked = [];
  #request = new AbortController();
  /** @type {ViewScene | null} */
  #scene = null;

  /** @param {() => void} arrived */
  constructor(arrived) {
    this.arrived = arrived;
  }

  /** @param {ViewScene} scene */
  adopt(scene) {
    if (scene.opening === this.#scene?.opening) return;
    this.close();
    this.#scene = scene;
    this.#known.clear();
    this.#asked = [];
  }

  /** @param {number} step */
  get(step) {
    return this.#known.get(step) ?? null;
  }

  /** @param {number} step  @param {boolean} playing  then those to come as well */
  want(step, playing) {
    this.#ask(Math.floor(step / BLOCK));
    if (playing) this.#ask(Math.floor(step / BLOCK) + 1);
  }

  /** @param {number} block */
  async #ask(block) {
    const { opening, server } = this.#scene ?? {};
    if (!opening || !server || this.#asked.includes(block) || block * BLOCK >= opening.start.steps) return;
    if (!opening.steps.some(({ products, sums }) => products && sums)) return;
    this.#asked.push(block);
    if (this.#asked.length > MOST_BLOCKS) this.#drop(/** @type {number} */ (this.#asked.shift()));
    const { line: scene, layer, start } = opening;
    const range = { start: block * BLOCK, stop: Math.min((block + 1) * BLOCK, start.steps) };
    const asked = posted({ scene, layer, detail: "partial", ...range }, { accept: "application/jsonl" });
    try {
      const answer = await answered(addressOf(server, "api/steps"), { ...asked, signal: this.#request.signal });
      const lines = (await answer.text()).split("\n").filter(Boolean);
      for (const line of lines.map((text) => JSON.parse(text)))
        if (line.partial && this.#scene?.opening === opening) this.#known.set(line.index, line.partial);
      this.arrived();
    } catch {
      this.#asked = this.#asked.filter((known) => known !== block);
    }
  }

  /** @param {number} block */
  #drop(block) {
    for (let step = block * BLOCK; step < (block + 1) * BLOCK; step += 1) this.#known.delete(step);
  }

  close() {
    this.#request.abort();
    this.#request = new AbortController();
  }
}
