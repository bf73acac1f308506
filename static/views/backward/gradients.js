/** The numbers of a layer walked backward: asked from the server block by block, kept while the layer is. */
import { addressOf, answered } from "../../wire/client.js";

/** So many steps the server tells at a time. */
export const TOLD_AT_ONCE = 64;

export class Gradients {
  /** @type {Map<string, Promise<Backward>>} */
  #coming = new Map();
  /** @type {Map<string, Backward>} */
  #blocks = new Map();
  #asked = new AbortController();

  /** @param {ViewScene} scene */
  constructor({ opening, server }) {
    this.words = { scene: opening.line, layer: opening.layer };
    this.server = server;
  }

  /** What is there already of a step. @param {string} dy  @param {number} index */
  at(dy, index) {
    const block = this.#blocks.get(keyOf(dy, index));
    return block && { block, step: block.steps[index - block.start] };
  }

  /** The block with a step; asked once, and again where the answer failed. @param {string} dy  @param {number} index */
  bring(dy, index) {
    const key = keyOf(dy, index);
    const coming = this.#coming.get(key) ?? this.#ask(dy, index - (index % TOLD_AT_ONCE));
    this.#coming.set(key, coming);
    coming.then(
      (block) => this.#blocks.set(key, block),
      () => this.#coming.delete(key),
    );
    return coming;
  }

  /** @param {string} dy  @param {number} start  @returns {Promise<Backward>} */
  async #ask(dy, start) {
    const address = addressOf(this.server, "api/backward", { ...this.words, start, dy });
    return (await answered(address, { signal: this.#asked.signal })).json();
  }

  close() {
    this.#asked.abort();
  }
}

/** @param {string} dy  @param {number} index */
const keyOf = (dy, index) => `${dy} ${Math.floor(index / TOLD_AT_ONCE)}`;
