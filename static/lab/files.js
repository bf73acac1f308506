/** Files that become the input: a picture or a matrix, what was understood of it, and the way back. */
import { withInput } from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {Pick<FileInput, "input" | "image" | "understood">} Told */
/**
 * @typedef {object} FileActs
 * @property {() => Scene} scene  @property {(scene: Scene) => Promise<void>} change
 * @property {() => void} choose  shows the form of the input
 * @property {() => import("./understood.js").Understood | undefined} form  where that form says what it understood
 * @property {(refusal: { message: string }) => void} complain
 */

export class Files {
  /** @param {FileActs} acts */
  constructor(acts) {
    this.acts = acts;
  }

  /** A picture keeps the colours of the one before. @param {Told} told */
  async done({ input, image, understood }) {
    const { mode, ...before } = this.acts.scene().input;
    if (image) return this.#change(mode ? { ...input, mode } : input);
    this.acts.choose();
    await this.#change(input);
    this.acts.form()?.say(understood.sentence, () => this.#change(mode ? { ...before, mode } : before));
  }

  /** Numbers that may mean several things are asked about. @param {import("../wire/client.js").ServerError} error */
  fail(error) {
    const form = this.acts.form(),
      { told } = error;
    if (!told?.readings?.length || !form) return this.acts.complain(error);
    this.acts.choose();
    form.ask(told.readings, ({ values, understood }) =>
      this.done({ input: { source: values }, image: null, understood }),
    );
  }

  /** @param {import("./scene.js").SceneInput} input */
  #change(input) {
    return this.acts.change(withInput(this.acts.scene(), input));
  }
}
