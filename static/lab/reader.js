/** Asks the server what somebody wrote: numbers, a question, or what is wrong with it. Knows no DOM. */
/** @typedef {MatrixReading & { values: any }} Reading  the shape tells how deep the values are */
/**
 * What came of a text: `readings` are all it may mean, none where it means nothing; then `sentence` says why.
 * @typedef {{ readings: Reading[], sentence: string }} Answer
 */

/** @typedef {(words: { text: string, field: string, cell: boolean }, signal: AbortSignal) => Promise<Reading>} Ask */

/** Milliseconds without a key after which a text is read. */
export const PAUSE = 300;

/** What looks as if it went on: a sign, an exponent or a comma at the end, nothing at all, a minus before 0. */
const UNFINISHED = /^\s*[+\-−–]?0?\s*$|[.,eE/+\-−–]\s*$/;
const ZERO = /^\s*0\s*$/;

/** Whether a number that is being typed may still become another one by what comes next. @param {string} text */
export const isUnfinished = (text) => UNFINISHED.test(text) && !ZERO.test(text);

/** One number and nothing that parts numbers, so that a cell takes it as it is. @param {string} text */
export const isOneNumber = (text) => /^[^\s;,|&[\](){}]+(,[^\s;,|&[\](){}]*)?$/.test(text.trim());

export class Reader {
  #turn = 0;
  #timer = 0;
  #request = new AbortController();

  /** @param {Ask} ask  @param {string} field  what refusals call it  @param {boolean} [cell]  one number */
  constructor(ask, field, cell = false) {
    this.ask = ask;
    this.words = { field, cell };
  }

  /** What a text means; null when another one was read since.
   * @param {string} text  @returns {Promise<Answer | null>} */
  async read(text) {
    this.forget();
    const turn = this.#turn;
    this.#request = new AbortController();
    const found = await this.#answer(text, this.#request.signal);
    return turn === this.#turn ? found : null;
  }

  /** Reads what is written when nothing more is written for a while.
   * @param {() => string} text  @param {(answer: Answer | null) => void} then */
  readSoon(text, then) {
    this.forget();
    this.#timer = setTimeout(async () => then(await this.read(text())), PAUSE);
  }

  /** Whatever is being read is not wanted any more. */
  forget() {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.#request.abort();
  }

  /** @param {string} text  @param {AbortSignal} signal  @returns {Promise<Answer>} */
  async #answer(text, signal) {
    try {
      return { readings: [await this.ask({ text, ...this.words }, signal)], sentence: "" };
    } catch (error) {
      const { message, told } = /** @type {import("../wire/client.js").ServerError} */ (error);
      return { readings: told?.readings ?? [], sentence: message };
    }
  }
}
