/** Keys that are pressed before the script that knows them is here: held, and pressed again when it is. */

/** What may be a command, and would move the page meanwhile. */
const HELD = /^(.|Arrow\w+|Page\w+|Home|End|Process|Unidentified)$/u;

/** @typedef {import("./keyboard.js").Keyboard} Keyboard */

export class HeldKeys {
  /** Where the script lies. */
  address = "";
  /** @type {Keyboard | null} */
  #keyboard = null;
  /** @type {Promise<unknown> | null} */
  #coming = null;
  /** @type {{ target: EventTarget, event: KeyboardEvent }[]} */
  #held = [];

  /** @param {import("./shell.js").Shell} shell */
  constructor(shell) {
    this.shell = shell;
  }

  /** Asked for once, unless it does not come. @returns {Promise<unknown>} */
  bring() {
    const { address } = this;
    if (address && !this.#keyboard)
      this.#coming ??= import(address).then(
        ({ keyboardOf }) => this.take(keyboardOf),
        () => {
          this.#held = [];
          this.#coming = null;
        },
      );
    return this.#coming ?? Promise.resolve();
  }

  /** @param {typeof import("./brought-keys.js").keyboardOf} keyboardOf */
  take(keyboardOf) {
    this.#keyboard = keyboardOf(this.shell);
    for (const { target, event } of this.#held.splice(0)) target.dispatchEvent(new KeyboardEvent(event.type, event));
  }

  /** The list of keys is wanted. */
  async open() {
    await this.bring();
    this.#keyboard?.open();
  }

  /** What a page puts inside the tag keeps its keys. @param {KeyboardEvent} event */
  press(event) {
    const { root, host, frame } = this.shell;
    const [target] = event.composedPath();
    if (!(target instanceof Node) || (target !== host && target.getRootNode() !== root)) return;
    if (this.#keyboard) return this.#keyboard.press(event, target);
    const plain = HELD.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!plain || !this.shell.model || target instanceof HTMLInputElement) return;
    event.stopPropagation();
    if (target === host || target === frame) event.preventDefault(); // a control may need it
    this.#held.push({ target, event });
    this.bring();
  }
}
