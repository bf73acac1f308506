/** What changes around an element: the room it has, whether it is in sight, the looks of its page, its screen. */

const LOOKS = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

/**
 * @typedef {object} Changes
 * @property {() => void} resized  the element's box is another  @property {() => void} moved  the window is another
 * @property {(seen: boolean) => void} seen  @property {() => void} looks
 * @property {(printed: boolean) => void} printed  the page is laid out for paper, or for the screen again
 */

export class Surroundings {
  #looks = LOOKS.map((query) => matchMedia(query));
  /** @type {MediaQueryList | null} */
  #resolution = null;

  /** @param {HTMLElement} host  @param {Changes} changes */
  constructor(host, { resized, moved, seen, looks, printed }) {
    this.host = host;
    this.moved = moved;
    this.looks = looks;
    this.printed = printed;
    this.size = new ResizeObserver(resized);
    this.sight = new IntersectionObserver((entries) => seen(entries[entries.length - 1].isIntersecting));
  }

  open() {
    this.size.observe(this.host);
    this.sight.observe(this.host);
    window.addEventListener("resize", this.moved);
    window.addEventListener("beforeprint", this.#toPaper);
    window.addEventListener("afterprint", this.#toScreen);
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

  /** Paper is light, whatever the page is, and a canvas keeps the colours that it was painted with. */
  #toPaper = () => {
    this.host.style.colorScheme = "light";
    this.printed(true);
  };

  #toScreen = () => {
    this.host.style.colorScheme = "";
    this.printed(false);
  };

  close() {
    this.size.disconnect();
    this.sight.disconnect();
    window.removeEventListener("resize", this.moved);
    window.removeEventListener("beforeprint", this.#toPaper);
    window.removeEventListener("afterprint", this.#toScreen);
    for (const query of this.#looks) query.removeEventListener("change", this.looks);
    this.#resolution?.removeEventListener("change", this.#sharper);
  }
}
