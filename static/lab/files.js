/** Files that become the input: a picture or a matrix, what was understood of it, and the way back. */
import { _ } from "../page/words.js";
import { withInput } from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
const SAME = "same";
/** The status of a scene that cannot be. */
const MISTAKE = 422;

/** @typedef {Pick<FileInput, "input" | "image" | "understood">} Told */
/** @typedef {import("../wire/client.js").ServerError} ServerError */
/**
 * @typedef {object} FileActs
 * @property {() => Scene} scene  @property {(scene: Scene | string) => Promise<ServerError | null>} change
 * @property {() => KnownOperation[]} operations
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
    const wanted = withInput(this.acts.scene(), image && mode ? { ...input, mode } : input);
    if (!image) this.acts.choose();
    const refusal = await this.acts.change(wanted);
    if (refusal) return this.#fit(wanted, image, refusal);
    if (!image) this.#say(understood.sentence, () => this.#change(mode ? { ...before, mode } : before));
  }

  /** Numbers that may mean several things are asked about. @param {ServerError} error */
  fail(error) {
    const { told, message } = error,
      form = this.acts.form();
    if (!form) return this.acts.complain(error);
    this.acts.choose();
    if (!told?.readings?.length) return form.refuse(message);
    form.ask(told.readings, ({ values, understood }) =>
      this.done({ input: { source: values }, image: null, understood }),
    );
  }

  /** What the operations cannot stand on is shown with the padding it needs, or by itself: the upload was fine.
   * @param {Scene} wanted  @param {FileInput["image"]} image  @param {ServerError} refusal */
  async #fit(wanted, image, refusal) {
    const facts = { refusal: refusal.message, rows: image?.height ?? 0, columns: image?.width ?? 0 };
    if (!image || refusal.status !== MISTAKE) return this.fail(refusal);
    this.acts.choose();
    const fix = refusal.told?.fix;
    if (fix && !(await this.acts.change(fix)))
      return this.#say(_("The picture is here: {rows} × {columns}. It is walked as the network reads it.", facts));
    if (!(await this.acts.change(padded(wanted, this.acts.operations()))))
      return this.#say(_("The picture is here: {rows} × {columns}. Its edges are padded (same): {refusal}.", facts));
    if (await this.acts.change(alone(wanted, this.acts.operations()))) return this.fail(refusal);
    this.#say(_("The picture is here: {rows} × {columns}. The operations do not fit on it: {refusal}.", facts));
  }

  /** @param {string} sentence  @param {(() => void) | null} [undo] */
  #say(sentence, undo = null) {
    this.acts.form()?.say(sentence, undo);
  }

  /** @param {import("./scene.js").SceneInput} input */
  async #change(input) {
    const refusal = await this.acts.change(withInput(this.acts.scene(), input));
    if (refusal) this.fail(refusal);
  }
}

/** A scene whose operations keep the size where they can. @param {Scene} scene  @param {KnownOperation[]} operations
 * @returns {Scene} */
export function padded(scene, operations) {
  const pads = (/** @type {string} */ name) =>
    operations
      .find((operation) => operation.name === name)
      ?.parameters.some(({ kind, words }) => kind === "padding" && words.includes(SAME));
  return {
    ...scene,
    layers: scene.layers.map((layer) => (pads(layer.operation) ? { ...layer, padding: SAME } : layer)),
  };
}

/** The input with the operation that stands on any. @param {Scene} scene  @param {KnownOperation[]} operations */
function alone(scene, operations) {
  return { ...scene, layers: [{ operation: operations.find(({ neutral }) => neutral)?.name ?? "" }] };
}
