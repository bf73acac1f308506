/** Two players in lockstep: what one does by a hand, a key or the clock, the other does at the same instant. */

/** @typedef {{ walk: import("./walk.js").Walk }} Inside */
/** @typedef {import("../words/lockstep.js").Pairing} Pairing */

export class Lead {
  /** @type {Pairing | null} */
  #pairing = null;
  /** The step that the second was told to show. */
  #told = -1;
  #telling = false;
  /** A step of the second is looked at there. */
  #looked = false;
  #listening = new AbortController();

  /** @param {HTMLElement} host  @param {Inside} first  @param {HTMLElement} element  @param {Inside} second */
  constructor(host, first, element, second) {
    this.host = host;
    this.first = first;
    this.second = second;
    const { signal } = this.#listening;
    host.addEventListener("step", () => this.#follow(), { signal });
    host.addEventListener("inspect", () => this.#look(), { signal });
    for (const kind of ["play", "pause"]) host.addEventListener(kind, () => this.#follow(), { signal });
    element.addEventListener("step", () => this.#answer(), { signal });
    element.addEventListener("inspect", () => this.#lookBack(), { signal });
    element.addEventListener("keydown", (event) => this.#key(event), { signal, capture: true });
  }

  /** @param {Pairing} pairing */
  meet(pairing) {
    this.#pairing = pairing;
    this.#told = -1;
    this.#follow();
  }

  /** Nobody is there to be led. */
  part() {
    this.#pairing = null;
  }

  close() {
    this.part();
    this.#listening.abort();
  }

  /** The first stands or walks somewhere else. */
  #follow() {
    const [one, other] = this.#players();
    if (!one || !other || !this.#pairing || this.#telling) return;
    const speed = (one.speed * other.steps) / Math.max(1, one.steps);
    if (one.playing && Math.abs(other.speed - speed) > 0.01 * speed) other.speed = speed;
    other.led = one.playing;
    const met = this.#told >= 0 && !one.playing && this.#pairing.back(other.index) === one.index;
    const index = met ? other.index : this.#pairing.to(one.index);
    const every = one.playing ? 2 ** other.level : 1;
    const shown = index >= other.steps - 1 ? index : index - (index % every);
    if (shown === this.#told && other.index === shown && other.inspected === null) return;
    this.#told = shown;
    this.#looked = false;
    this.#tell(() => other.seek(shown));
  }

  /** The first looks at a step for a moment. */
  #look() {
    const [one, other] = this.#players();
    if (!one || !other || !this.#pairing || this.#telling || this.#looked || one.inspected === null) return;
    const index = this.#pairing.to(one.inspected);
    this.#tell(() => other.inspect(index));
  }

  /** The second was moved, or is no longer looked at. */
  #answer() {
    const [one, other] = this.#players();
    if (!one || !other || !this.#pairing || this.#telling) return;
    const looked = this.#looked;
    this.#looked = false;
    if (other.index === this.#told) {
      if (looked) this.#tell(() => one.release());
      return;
    }
    this.#told = other.index;
    const index = this.#pairing.back(other.index);
    this.#tell(() => one.seek(index));
  }

  #lookBack() {
    const [one, other] = this.#players();
    if (!one || !other || !this.#pairing || this.#telling || other.inspected === null) return;
    const index = this.#pairing.back(other.inspected);
    this.#looked = true;
    this.#tell(() => one.inspect(index));
  }

  /** What one is told is not told back. @param {() => void} act */
  #tell(act) {
    this.#telling = true;
    act();
    this.#telling = false;
  }

  #players() {
    return [this.first.walk.player, this.second.walk.player];
  }

  /** Keys are those of the first, wherever the focus is. @param {KeyboardEvent} event */
  #key(event) {
    const { key, code, shiftKey, repeat } = event;
    const copy = new KeyboardEvent("keydown", { key, code, shiftKey, repeat, cancelable: true });
    if (event.ctrlKey || event.altKey || event.metaKey || key === "Tab") return;
    event.stopPropagation();
    if (!this.host.dispatchEvent(copy)) event.preventDefault();
  }
}
