/** Steps around the play head, fetched in aligned blocks; old blocks are forgotten, so no trace is ever held whole. */

/** Requests under way at once. */
const LANES = 4;

/**
 * Key of a block: its level (it holds each 2^level-th step) and its number.
 * @param {number} level  @param {number} number
 */
const keyOf = (level, number) => level * 2 ** 40 + number;

/** @typedef {{ level: number, number: number, steps: Step[], done: boolean, request: AbortController | null }} Block */

export class StepBuffer {
  /** @type {Map<number, Block>} */
  #blocks = new Map();
  #levels = 1;
  #closed = false;
  /** A request failed: nothing is asked for until somebody says so. */
  #halted = false;

  /**
   * @param {{ source: StepSource, total: number, size: number, limit: number,
   *           arrived: () => void, failed: (error: Error) => void }} settings
   */
  constructor(settings) {
    this.settings = settings;
  }

  /** @param {number} index  @returns {Step | undefined} */
  get(index) {
    const { size } = this.settings;
    for (let level = 0; level < this.#levels; level += 1) {
      const place = index / 2 ** level;
      if (!Number.isInteger(place)) return undefined;
      const step = this.#blocks.get(keyOf(level, Math.floor(place / size)))?.steps[place % size];
      if (step) return step;
    }
    return undefined;
  }

  /** Steps that came with the opening. @param {readonly Step[]} steps */
  add(steps) {
    for (const step of steps) {
      const block = this.#block(0, Math.floor(step.index / this.settings.size));
      block.steps[step.index % this.settings.size] = step;
    }
  }

  /** The block that holds a step at a level. @param {number} index  @param {number} level */
  numberOf(index, level) {
    return Math.floor(index / (2 ** level * this.settings.size));
  }

  /**
   * Fetch what is missing of these blocks, most urgent first, and drop requests that nobody waits for any more.
   * @param {{ level: number, number: number }[]} wanted
   */
  want(wanted) {
    const keys = new Set(wanted.map(({ level, number }) => keyOf(level, number)));
    for (const [key, block] of this.#blocks) if (block.request && !keys.has(key)) this.#drop(key, block);
    let lanes = this.#halted ? 0 : LANES - [...this.#blocks.values()].filter((block) => block.request).length;
    for (const { level, number } of wanted) {
      if (lanes > 0 && !this.#complete(level, number)) {
        lanes -= this.#fetch(level, number);
      }
    }
    this.#forget(keys);
  }

  /** Ask again after a failure. */
  resume() {
    this.#halted = false;
  }

  /** Some request is under way. */
  get busy() {
    return [...this.#blocks.values()].some((block) => block.request);
  }

  close() {
    this.#closed = true;
    for (const block of this.#blocks.values()) block.request?.abort();
    this.#blocks.clear();
  }

  /** @param {number} level  @param {number} number */
  #span(level, number) {
    const reach = this.settings.size * 2 ** level;
    return { start: number * reach, stop: Math.min(this.settings.total, (number + 1) * reach), every: 2 ** level };
  }

  /** @param {number} level  @param {number} number */
  #complete(level, number) {
    const { start, stop, every } = this.#span(level, number);
    const count = Math.ceil((stop - start) / every);
    const block = this.#blocks.get(keyOf(level, number));
    if (count <= 0) return true;
    if (block?.done) return true;
    if (!block || block.steps.length < count) return false;
    for (let place = 0; place < count; place += 1) if (!block.steps[place]) return false;
    return true;
  }

  /** @param {number} level  @param {number} number  @returns {Block} */
  #block(level, number) {
    const key = keyOf(level, number);
    const block = this.#blocks.get(key) ?? { level, number, steps: [], done: false, request: null };
    this.#blocks.set(key, block);
    this.#levels = Math.max(this.#levels, level + 1);
    return block;
  }

  /** @param {number} level  @param {number} number  @returns {0 | 1} requests begun */
  #fetch(level, number) {
    const block = this.#block(level, number);
    if (block.request) return 0;
    block.request = new AbortController();
    this.#receive(block, block.request);
    return 1;
  }

  /** @param {Block} block  @param {AbortController} request */
  async #receive(block, request) {
    const { start, stop, every } = this.#span(block.level, block.number);
    try {
      for await (const step of this.settings.source(start, stop, every, request.signal)) {
        if (request.signal.aborted) return;
        block.steps[(step.index - start) / every] = step;
      }
      if (block.request === request) block.request = null;
      block.done = true;
      if (!this.#closed) this.settings.arrived();
    } catch (error) {
      if (block.request === request) block.request = null;
      if (this.#closed || request.signal.aborted) return;
      this.#halted = true;
      this.settings.failed(/** @type {Error} */ (error));
    }
  }

  /** @param {number} key  @param {Block} block */
  #drop(key, block) {
    block.request?.abort();
    block.request = null;
    if (block.steps.length === 0) this.#blocks.delete(key);
  }

  /** Least recently wanted first. @param {Set<number>} keep */
  #forget(keep) {
    for (const key of keep) {
      const block = this.#blocks.get(key);
      if (block && this.#blocks.delete(key)) this.#blocks.set(key, block);
    }
    for (const [key, block] of this.#blocks) {
      if (this.#blocks.size <= this.settings.limit) return;
      if (!keep.has(key) && !block.request) this.#blocks.delete(key);
    }
  }

  /** Blocks held now; for tests of its bound. */
  get count() {
    return this.#blocks.size;
  }
}
