/** Parts of the element whose script comes when a tag has one of their attributes. */

import { LATE_WORDS } from "./attributes.js";

/** @typedef {{ adopt(): void }} LatePart  takes the scene that is walked, and what the tag says now */

export class LateParts {
  /** @type {Map<string, Promise<LatePart | null>>} */
  #coming = new Map();

  /** @param {HTMLElement} host  @param {string} folder  of scripts  @param {object} tools  what a part works with */
  constructor(host, folder, tools) {
    this.host = host;
    this.known = LATE_WORDS.map(({ words, script }) => ({ words, address: folder + script }));
    this.tools = tools;
  }

  /** A part whose script does not come is done without. */
  bring() {
    for (const { words, address } of this.known)
      if (!this.#coming.has(address) && words.some((name) => this.host.hasAttribute(name)))
        this.#coming.set(
          address,
          import(address).then(
            ({ Part }) => new Part(this.host, this.tools),
            () => null,
          ),
        );
    return Promise.all(this.#coming.values());
  }

  /** @param {string} name  of an attribute that is another now */
  async changed(name) {
    const address = this.known.find(({ words }) => words.includes(name))?.address;
    if (!address) return;
    await this.bring();
    (await this.#coming.get(address))?.adopt();
  }
}
