/** A view with its place: as high as its scene needs from the start, so that nothing below it moves while it walks. */

/** Steps that are tried for their height. */
const TRIED = 4;

export class ViewBox {
  /** @type {ViewScene | null} */
  #scene = null;
  /** @type {Step | null} */
  #step = null;
  #manner = { inspected: false, playing: false, count: 0 };
  #reserved = false;

  /** @param {string} word  @param {StepView} view */
  constructor(word, view) {
    this.view = view;
    this.root = view.root;
    this.root.classList.add("view", word);
    new ResizeObserver(() => this.#widened()).observe(this.root);
  }

  /** @param {ViewScene} scene */
  adopt(scene) {
    this.#scene = scene;
    this.#step = null;
    this.#reserved = false;
    this.view.adopt(scene);
  }

  /** @param {Step} step  @param {ViewManner} manner */
  show(step, manner) {
    this.#step = step;
    this.#manner = manner;
    if (!this.#reserved) this.#reserve();
    this.view.show(step, manner);
  }

  /** In a room of another size it takes another height. */
  free() {
    this.#reserved = false;
  }

  /** The height that the highest of some steps takes is kept. */
  #reserve() {
    const { root, view } = this;
    const { steps = [] } = this.#scene?.opening ?? {};
    if (!root.clientWidth) return;
    this.#reserved = true;
    this.#width = root.clientWidth;
    root.style.minHeight = "";
    const every = Math.max(1, Math.floor(steps.length / TRIED));
    let height = 0;
    for (const step of steps.filter((_step, place) => place % every === 0)) {
      view.show(step, this.#manner);
      height = Math.max(height, root.offsetHeight);
    }
    if (height) root.style.minHeight = `${height}px`;
  }

  #width = 0;

  /** In a room of another width lines break elsewhere. */
  #widened() {
    if (!this.#step || this.root.clientWidth === this.#width) return;
    this.free();
    this.show(this.#step, this.#manner);
  }

  /** @param {Probe | null} probe */
  light(probe) {
    this.view.light?.(probe);
  }

  close() {
    this.view.close?.();
  }
}
