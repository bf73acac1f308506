/** Other scenes for the walk: the last one that is asked for wins, and a refusal leaves what walks as it is. */
import { askOpening } from "./server.js";

/** @typedef {import("../wire/client.js").ServerError} ServerError */
/** @typedef {{ scene: unknown, layer: number, step?: number }} Asked  without a step: at the place of the walk */

export class Changes {
  #request = new AbortController();
  #underWay = false;
  /** What follows the request that is under way, while a slider is drawn.
   * @type {{ send: () => void, drop: () => void } | null} */
  #waiting = null;
  /** Whether the scene that walks now is an entry of its own in the history. */
  entry = true;
  /** Which drag of a slider this is; 0 for none. */
  #drag = 0;
  #drags = 0;
  #pushed = 0;

  /** @param {import("../kernel-walk.js").KernelWalk} walk */
  constructor(walk) {
    this.walk = walk;
  }

  /** From its first change to its last a drag is one change: one entry of the history.
   * @param {HTMLElement} room  where sliders are */
  watch(room) {
    const isSlider = (/** @type {Event} */ { target }) => target instanceof HTMLInputElement && target.type === "range";
    room.addEventListener(
      "input",
      (event) => {
        if (isSlider(event)) this.begin();
      },
      true,
    );
    room.addEventListener("change", (event) => isSlider(event) && this.end());
    room.addEventListener("hold", () => this.begin());
    room.addEventListener("release", () => this.end());
  }

  begin() {
    this.#drag ||= ++this.#drags;
  }

  end() {
    this.#drag = 0;
  }

  /** @param {Asked} asked  @returns {Promise<ServerError | null>} the refusal, if there is one */
  ask(asked) {
    const drag = this.#drag;
    if (!drag || !this.#underWay) return this.#send(asked, drag);
    this.#waiting?.drop();
    return new Promise((resolve) => {
      this.#waiting = { send: () => resolve(this.#send(asked, drag)), drop: () => resolve(null) };
    });
  }

  /** @param {Asked} asked  @param {number} drag  @returns {Promise<ServerError | null>} */
  async #send({ scene, layer, step }, drag) {
    this.#request.abort();
    const request = new AbortController();
    this.#request = request;
    this.#underWay = true;
    try {
      const opening = await askOpening(scene, layer, step ?? this.#standing(), request.signal);
      if (request.signal.aborted) return null;
      this.entry = !drag || drag !== this.#pushed;
      if (opening.line !== this.walk.opening?.line) this.#pushed = drag;
      this.walk.opening = opening;
      return null;
    } catch (error) {
      return request.signal.aborted ? null : /** @type {ServerError} */ (error);
    } finally {
      if (this.#request === request) this.#goOn();
    }
  }

  #goOn() {
    const waiting = this.#waiting;
    this.#underWay = false;
    this.#waiting = null;
    waiting?.send();
  }

  /** Where the walk stands; its first step stays the first, its last the last. */
  #standing() {
    const { opening, step, steps } = this.walk;
    if (!opening || step === 0) return 0;
    return step === steps - 1 ? -1 : { scene: opening.scene, layer: opening.layer, step };
  }
}
