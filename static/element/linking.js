/** The views that an element shows under its stage: which, and their script, which comes when one is wanted. */
import { make } from "../page/elements.js";
import { PANES, VIEWS, wordsIn } from "../words/vocabulary.js";

/** How a view shows a step that nobody walks to. @type {ViewManner} */
const STANDING = { inspected: false, playing: false, count: 0 };

/** @typedef {import("../views/linked.js").Linked} LinkedViews */

/** The linked views that a host wants, in the order it says them. @param {HTMLElement} host */
export const linkedOf = (host) => wordsIn(host.getAttribute("view"), VIEWS.slice(1));

/**
 * The panes a host wants to see: all where it names none and no other view, none where it names other views alone.
 * @param {HTMLElement} host  @returns {readonly string[]}
 */
export function panesOf(host) {
  const wanted = wordsIn(host.getAttribute("view"), [...PANES, VIEWS[0]]);
  const panes = wanted.filter((word) => PANES.includes(word));
  if (panes.length) return panes;
  return linkedOf(host).length && !wanted.length ? [] : PANES;
}

export class Linking {
  node = make("div", { class: "linked-place", hidden: true });
  /** @type {typeof import("../views/linked.js").Linked | null} */
  #kind = null;
  /** @type {LinkedViews | null} */
  #views = null;
  /** @type {Step | null} */
  #step = null;

  /** @param {ShadowRoot} root  @param {ViewEvents} events */
  constructor(root, events) {
    this.root = root;
    this.host = /** @type {HTMLElement & { server: string }} */ (root.host);
    this.events = events;
  }

  /** Script and words, where they are wanted; without them the stage stands alone.
   * @param {string} address  @param {string} language  @param {string} words */
  async bring(address, language, words) {
    if (!linkedOf(this.host).length) return;
    try {
      this.#kind ??= (await import(address)).Linked;
      await this.#kind?.bringWords(language, words);
    } catch {
      this.#kind = null;
    }
  }

  /** @param {Opening} opening  @param {Arrays} arrays  @param {Model} model  @param {Step} step */
  adopt(opening, arrays, { palette, lang: language, words }, step) {
    this.#step = step;
    const wanted = linkedOf(this.host);
    const kind = this.#kind;
    if (!this.#views && kind && wanted.length) {
      this.#views = new kind(this.events);
      this.root.adoptedStyleSheets = [...this.root.adoptedStyleSheets, ...kind.sheets];
      this.node.append(this.#views.root);
    }
    const scene = { opening, arrays, palette, language, words, server: this.host.server };
    this.node.hidden = !this.#views?.adopt(wanted, scene);
  }

  /** The panes that are shown; where no view came, never nothing. */
  get panes() {
    const panes = panesOf(this.host);
    return panes.length || !this.node.hidden ? panes : PANES;
  }

  /** Whether it shares somebody's frame with the panes. */
  get framed() {
    return !this.node.hidden && globalThis.parent !== globalThis.window;
  }

  /**
   * Its share of what a box has for it and the panes, the gap before it included: all of it where no pane stands above.
   * @param {number} room  0 where the element is as high as it needs  @param {number} gap
   * @returns {{ height: number, wanted: number }}  what it takes, and what it would take
   */
  fit(room, gap) {
    const { node } = this;
    if (node.hidden) return { height: 0, wanted: 0 };
    const alone = this.panes.length === 0;
    node.style.height = "";
    const most = this.#step && this.#views?.fit(this.#step, STANDING, room, alone);
    const before = alone ? 0 : gap;
    const wanted = node.offsetHeight;
    const height = Math.min(wanted, most || wanted);
    if (height < wanted || alone) node.style.height = `${(alone && room) || height}px`;
    return { height: height + before, wanted: wanted + before };
  }

  /** @param {Step} step  @param {ViewManner} manner */
  show(step, manner) {
    this.#step = step;
    this.#views?.show(step, manner);
  }

  /** @param {Probe | null} probe */
  light(probe) {
    this.#views?.light(probe);
  }
}
