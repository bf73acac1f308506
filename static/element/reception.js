/** The newest scene that was asked for: brings what its first picture needs, and forgets whoever asked before. */

import { bringPainter } from "../stage/stage.js";
import { arraysOf } from "../wire/opening.js";

/**
 * @typedef {object} ReceptionEvents
 * @property {() => void} loading
 * @property {(opening: Opening, arrays: Arrays) => void} arrived
 * @property {(error: Error) => void} failed
 */

export class Reception {
  /** None at first: an abort is noted with its stack, for which a browser parses the whole script again.
   * @type {AbortController | null} */
  #request = null;
  /** @type {(() => void) | null} */
  #again = null;

  /**
   * @param {() => string} server  @param {string} painters  address of those that come late
   * @param {() => Promise<unknown>} words  brings those of the language  @param {ReceptionEvents} events
   */
  constructor(server, painters, words, events) {
    this.server = server;
    this.painters = painters;
    this.words = words;
    this.events = events;
  }

  /** @param {(signal: AbortSignal) => Promise<Opening>} ask  @returns {Promise<Opening>} */
  async receive(ask) {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    this.#again = () => this.receive(ask).catch(() => {});
    const words = this.words();
    this.events.loading();
    try {
      const opening = await ask(request.signal);
      const [arrays] = await Promise.all([
        arraysOf(this.server(), opening, request.signal),
        bringPainter(opening.start.kind, this.painters),
        words,
      ]);
      if (request.signal.aborted) return opening;
      this.#again = null;
      this.events.arrived(opening, arrays);
      return opening;
    } catch (error) {
      await words;
      if (!request.signal.aborted) this.events.failed(/** @type {Error} */ (error));
      throw error;
    }
  }

  /** Ask once more for what failed; false when nothing did. */
  retry() {
    this.#again?.();
    return this.#again !== null;
  }

  close() {
    this.#request?.abort();
  }
}

/**
 * The opening that the server put inside the tag, when it is of this scene.
 * @param {HTMLElement} host  @returns {Opening | null}
 */
export function inlineOpening(host) {
  const text = host.querySelector("script.opening")?.textContent;
  const opening = text ? JSON.parse(text) : null;
  return opening && [null, opening.line].includes(host.getAttribute("scene")) ? opening : null;
}
