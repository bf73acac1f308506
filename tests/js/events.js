/** Who listens to what on a page of the tests. */

export class Events {
  #heard = new Map();

  addEventListener(name, act, { once = false } = {}) {
    if (!this.#heard.has(name)) this.#heard.set(name, new Map());
    this.#heard.get(name).set(act, once);
  }
  removeEventListener(name, act) {
    this.#heard.get(name)?.delete(act);
  }
  /** How many listen: nobody, once everything is closed. */
  get listeners() {
    return [...this.#heard.values()].reduce((count, acts) => count + acts.size, 0);
  }
  /** Nobody listens any more. */
  forget() {
    this.#heard.clear();
  }
  dispatchEvent(given) {
    const event = given instanceof Event ? copyOf(given) : given;
    event.target ??= this;
    for (let node = this; node; node = event.bubbles ? (node.parentNode ?? node.host ?? null) : null) {
      event.currentTarget = node;
      node.hear?.(event);
      if (event.stopped) break;
    }
    return !event.defaultPrevented;
  }
  hear(event) {
    for (const [act, once] of [...(this.#heard.get(event.type) ?? [])]) {
      act.call(this, event);
      if (once) this.removeEventListener(event.type, act);
    }
  }
}

/** The platform's own kind of event, as this page passes it on. */
const copyOf = ({ type, bubbles, detail }) => new PageEvent(type, { bubbles, detail });

export class PageEvent {
  constructor(type, { bubbles = false, ...more } = {}) {
    Object.assign(this, { type, bubbles, defaultPrevented: false, stopped: false, target: null }, more);
  }
  preventDefault() {
    this.defaultPrevented = true;
  }
  stopPropagation() {
    this.stopped = true;
  }
  composedPath() {
    const path = [];
    for (let node = this.target; node; node = node.parentNode ?? node.host) path.push(node);
    return path;
  }
}

const OF_KEYS = ["bubbles", "key", "code", "shiftKey", "ctrlKey", "altKey", "metaKey", "repeat", "isComposing"];

/** A key that is pressed by a script: of what it is made like it takes what is said of the key, and nothing else. */
export class PressedKey extends PageEvent {
  constructor(type, like = {}) {
    super(type, Object.fromEntries(OF_KEYS.map((name) => [name, like[name]])));
  }
}
