/** What changes around an element: the room it has, whether it is in sight, the looks of its page. */

const LOOKS = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

/**
 * @typedef {object} Changes
 * @property {() => void} resized  @property {(seen: boolean) => void} seen  @property {() => void} looks
 */

export class Surroundings {
  #looks = LOOKS.map((query) => matchMedia(query));

  /** @param {HTMLElement} host  @param {Changes} changes */
  constructor(host, { resized, seen, looks }) {
    this.host = host;
    this.resized = resized;
    this.looks = looks;
    this.size = new ResizeObserver(resized);
    this.sight = new IntersectionObserver((entries) => seen(entries[entries.length - 1].isIntersecting));
  }

  open() {
    this.size.observe(this.host);
    this.sight.observe(this.host);
    window.addEventListener("resize", this.resized);
    for (const query of this.#looks) query.addEventListener("change", this.looks);
  }

  close() {
    this.size.disconnect();
    this.sight.disconnect();
    window.removeEventListener("resize", this.resized);
    for (const query of this.#looks) query.removeEventListener("change", this.looks);
  }
}
