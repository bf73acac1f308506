/** What is told one after another, as fast as each is answered: of what came meanwhile only the newest. */

/** @template T */
export class Newest {
  /** What is to be told next. @type {T | null} */
  waiting = null;
  busy = false;

  /** @param {(one: T) => Promise<unknown>} tell */
  constructor(tell) {
    this.tell = tell;
  }

  /** Until nothing waits; false where somebody is at it already. */
  async run() {
    if (this.busy) return false;
    this.busy = true;
    while (this.waiting !== null) {
      const one = this.waiting;
      this.waiting = null;
      await this.tell(one);
    }
    this.busy = false;
    return true;
  }
}
