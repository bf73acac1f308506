/** One clock for all that moves on a page. */

/** One animation frame for all that moves on a page. */
export class Clock {
  /** @type {Set<(now: number) => void>} */
  #members = new Set();
  #frame = 0;

  /** @param {(callback: (now: number) => void) => number} request  @param {(frame: number) => void} cancel */
  constructor(request, cancel) {
    this.request = request;
    this.cancel = cancel;
  }

  /** @param {(now: number) => void} member */
  add(member) {
    this.#members.add(member);
    if (!this.#frame) this.#frame = this.request(this.#tick);
  }

  /** @param {(now: number) => void} member */
  delete(member) {
    this.#members.delete(member);
    if (this.#members.size > 0 || !this.#frame) return;
    this.cancel(this.#frame);
    this.#frame = 0;
  }

  #tick = (/** @type {number} */ now) => {
    this.#frame = this.request(this.#tick);
    for (const member of [...this.#members]) member(now);
  };
}

export const CLOCK = new Clock(
  (callback) => requestAnimationFrame(callback),
  (frame) => cancelAnimationFrame(frame),
);
