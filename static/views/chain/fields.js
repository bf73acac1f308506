/** What a cell sees of the maps below its layer: asked once a layer, looked up for each cell. */
import { addressOf, answered, posted } from "../../wire/client.js";

/** @typedef {{ top: number, bottom: number, left: number, right: number }} SeenBox  from 0, ends included */
/** @typedef {SeenBox & { channels: readonly number[] | null }} SeenCells  null: of all channels */

export class Fields {
  /** @type {Map<number, SeenField[] | null>} */
  #known = new Map();
  #asked = new AbortController();

  /** @param {string} server  @param {string} line  @param {() => void} come  what is there now may be shown */
  constructor(server, line, come) {
    this.server = server;
    this.line = line;
    this.come = come;
  }

  /**
   * What a cell of a layer sees of each map from the input on; nothing until the server has told it.
   * @param {number} layer  @param {readonly number[]} at  @returns {SeenCells[]}
   */
  boxes(layer, at) {
    const fields = this.#known.get(layer);
    if (fields === undefined) this.#ask(layer);
    return (fields ?? []).map((field) => boxOf(field, at)).reverse();
  }

  /** @param {number} layer */
  async #ask(layer) {
    this.#known.set(layer, null);
    const { signal } = this.#asked;
    const asked = { ...posted({ scene: this.line, layer }), signal };
    try {
      const answer = await answered(addressOf(this.server, "api/fields"), asked);
      this.#known.set(layer, (await answer.json()).fields);
    } catch {
      return; // without its frames a map is still one
    }
    if (!signal.aborted) this.come();
  }

  close() {
    this.#asked.abort();
  }
}

/** @param {SeenField} field  @param {readonly number[]} at  @returns {SeenCells} */
function boxOf({ rows, cols, channels }, at) {
  return {
    channels: channels?.[at[0]] ?? null,
    top: lineOf(rows, "first", at),
    bottom: lineOf(rows, "last", at),
    left: lineOf(cols, "first", at),
    right: lineOf(cols, "last", at),
  };
}

/**
 * An axis of length one says the same of all its places.
 * @param {SeenField["rows"]} lines  @param {"first" | "last"} end  @param {readonly number[]} at
 */
function lineOf(lines, end, at) {
  const place = lines.shape.reduce((before, size, axis) => before * size + Math.min(at[axis], size - 1), 0);
  return lines[end][place];
}
