/** A server that does not answer is asked again by itself: soon, then more seldom, at once when a network is back. */

/** Milliseconds until the first try, and between tries at the most. */
const SOON = 500;
const SELDOM = 8000;

export class Reconnecting {
  #wait = SOON;
  #due = 0;
  #lost = false;

  /** @param {() => void} again  @param {EventTarget} [network]  tells by `online` that it is back */
  constructor(again, network = globalThis) {
    this.again = again;
    this.network = network;
  }

  /** The server did not answer. */
  lost() {
    clearTimeout(this.#due);
    this.#due = setTimeout(this.#try, this.#wait);
    this.#wait = Math.min(SELDOM, 2 * this.#wait);
    if (!this.#lost) this.network.addEventListener("online", this.#try);
    this.#lost = true;
  }

  /** It answers, or nobody waits for it any more. */
  found() {
    clearTimeout(this.#due);
    this.network.removeEventListener("online", this.#try);
    this.#wait = SOON;
    this.#lost = false;
  }

  #try = () => {
    clearTimeout(this.#due);
    this.again();
  };
}
