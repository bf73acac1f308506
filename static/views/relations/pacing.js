/** How often a picture is drawn anew while it plays: now, or a little after the last one, with what is newest. */

/** Milliseconds between two pictures. */
const BETWEEN = 120;

export class Pacing {
  #drawn = -BETWEEN;
  #timer = 0;

  /** @param {() => void} draw  the newest there is */
  constructor(draw) {
    this.draw = draw;
  }

  ask() {
    const rest = this.#drawn + BETWEEN - performance.now();
    if (rest <= 0) this.#now();
    else this.#timer ||= setTimeout(() => this.#now(), rest);
  }

  #now() {
    this.close();
    this.#drawn = performance.now();
    this.draw();
  }

  close() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }
}
