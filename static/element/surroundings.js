/** What changes around an element: the room it has, whether it is in sight, the looks of its page, its screen. */

const LOOKS = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

/**
 * @typedef {object} Changes
 * @property {() => void} resized  the element's box is another  @property {() => void} moved  the window is another
 * @property {(seen: boolean) => void} seen  @property {() => void} looks
 */

export class Surroundings {
  #looks = LOOKS.map((query) => matchMedia(query));
  /** @type {MediaQueryList | null} */
  #resolution = null;

  /** @param {HTMLElement} host  @param {Changes} changes */
  constructor(host, { resized, moved, seen, looks }) {
    this.host = host;
    this.moved = moved;
    this.looks = looks;
    this.size = new ResizeObserver(resized);
    this.sight = new IntersectionObserver((entries) => seen(entries[entries.length - 1].isIntersecting));
  }

  open() {
    this.size.observe(this.host);
    this.sight.observe(this.host);
    window.addEventListener("resize", this.moved);
    for (const query of this.#looks) query.addEventListener("change", this.looks);
    this.#watchResolution();
  }

  /** A page that is zoomed, or moved to another screen, is painted anew; the next change is another question. */
  #watchResolution() {
    this.#resolution?.removeEventListener("change", this.#sharper);
    this.#resolution = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    this.#resolution.addEventListener("change", this.#sharper);
  }

  #sharper = () => {
    this.#watchResolution();
    this.looks();
  };

  close() {
    this.size.disconnect();
    this.sight.disconnect();
    window.removeEventListener("resize", this.moved);
    for (const query of this.#looks) query.removeEventListener("change", this.looks);
    this.#resolution?.removeEventListener("change", this.#sharper);
  }
}
