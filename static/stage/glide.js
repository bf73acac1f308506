/** The way of a window from one step to the next, for those who watch it. */

import { EASE } from "../words/vocabulary.js";

export class Glide {
  #from = { row: 0, column: 0 };
  #since = 0;

  /** @param {import("../player/clock.js").Clock} clock  @param {() => void} draw */
  constructor(clock, draw) {
    this.clock = clock;
    this.draw = draw;
  }

  /** Along a row or a column; anything else is a jump. @param {Mark} from  @param {Mark} to */
  begin(from, to) {
    const [row, column] = [(from.rows[0] ?? 0) - (to.rows[0] ?? 0), (from.columns[0] ?? 0) - (to.columns[0] ?? 0)];
    this.#since = -EASE; // what jumps is there, whatever was on its way
    if ((row && column) || from.planes.join() !== to.planes.join()) return;
    this.#from = { row, column };
    this.#since = performance.now();
    this.clock.add(this.#move);
  }

  #move = () => {
    this.draw();
    if (performance.now() - this.#since >= EASE) this.close();
  };

  /** How far the window still is from where it goes. */
  get offset() {
    const rest = (1 - Math.min(1, (performance.now() - this.#since) / EASE)) ** 3;
    return { row: this.#from.row * rest, column: this.#from.column * rest };
  }

  close() {
    this.clock.delete(this.#move);
  }
}
