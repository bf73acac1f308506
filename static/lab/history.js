/** What was before, and what was taken back. Knows no DOM. */

const MOST = 100;

/** @template Kind */
export class History {
  /** @type {Kind[]} */
  #past = [];
  /** @type {Kind[]} */
  #future = [];

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** What is given up by a change that begins now. @param {Kind} state */
  remember(state) {
    this.#past.push(state);
    if (this.#past.length > MOST) this.#past.shift();
    this.#future = [];
  }

  /** The change was refused: nothing was given up. */
  forget() {
    this.#past.pop();
  }

  /** What was before. @param {Kind} now  @returns {Kind | undefined} */
  undo(now) {
    return moved(this.#past, this.#future, now);
  }

  /** What was taken back last. @param {Kind} now  @returns {Kind | undefined} */
  redo(now) {
    return moved(this.#future, this.#past, now);
  }
}

/** @template Kind @param {Kind[]} from  @param {Kind[]} to  @param {Kind} now */
function moved(from, to, now) {
  const found = from.pop();
  if (found !== undefined) to.push(now);
  return found;
}
