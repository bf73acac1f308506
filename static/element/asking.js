/** An element that asks instead of walking: brings the script of questions, and gives it what it needs. */

import { OF_QUESTIONS, OF_SCENES } from "./attributes.js";

/**
 * @typedef {HTMLElement & { server: string, show: (line: string, place: { layer: number, step: number }) =>
 *   Promise<unknown> }} Walking
 */
/**
 * @typedef {object} AskingEvents
 * @property {() => string} lang  @property {() => void} reload  walk as the tag says
 * @property {(error: Error) => void} failed
 */

export class Asking {
  /**
   * @param {Walking} element  @param {import("./shell.js").Shell} shell  @param {import("./walk.js").Walk} walk
   * @param {string} folder  of the element's scripts  @param {AskingEvents} events
   */
  constructor(element, shell, walk, folder, events) {
    this.element = element;
    this.shell = shell;
    this.walk = walk;
    this.folder = folder;
    this.events = events;
  }

  /** Whether the tag asks. */
  get asks() {
    return this.element.getAttribute("mode") === "predict" || Number(this.element.getAttribute("fade")) > 1;
  }

  /** Whether an attribute is its own, so that nothing else is to be done. @param {string} name */
  changed(name) {
    const own = OF_QUESTIONS.includes(name);
    if (own || (this.asks && OF_SCENES.includes(name))) this.begin();
    return own || this.asks;
  }

  /** Nothing is walked any more. */
  #rest() {
    this.walk.close();
    this.shell.model = null;
    this.shell.say("", this.events.lang());
  }

  begin(address = `${this.folder}questions/card.js`) {
    const { element, shell, events } = this;
    if (this.asks) this.#rest();
    shell.keys.bring();
    const host = {
      element,
      root: shell.root,
      server: element.server,
      lang: events.lang(),
      folder: `${this.folder}words/`,
      watch: (/** @type {string} */ line, /** @type {{ layer: number, step: number }} */ place) =>
        void element.show(line, place).catch(() => {}),
      rest: () => this.#rest(),
      sized: shell.events.sized,
    };
    import(address).then(
      ({ ask, dismiss }) => (this.asks ? ask(host) : dismiss(element, events.reload)),
      (error) => events.failed(error),
    );
  }
}
