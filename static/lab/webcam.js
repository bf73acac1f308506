/** The webcam as the input while it is on: small grey frames, as matrices, to this server alone; nothing is kept. */
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";

/** @typedef {import("./matrix.js").Rows} Rows */

const LONGEST_SIDE = 32;
const PAUSE_OF_FRAMES = 400; // milliseconds from one frame to the next
const REFUSED = ["NotAllowedError", "SecurityError"];

export class Webcam {
  /** @type {MediaStream | null} */
  #stream = null;
  /** The browser asks whether it may. */
  #asking = false;
  #sent = "";

  /** @param {(rows: Rows) => Promise<string>} change  resolves to the refusal, or to nothing
   * @param {(sentence: string) => void} refuse */
  constructor(change, refuse) {
    this.change = change;
    this.refuse = refuse;
    this.video = make("video", { playsinline: true });
    this.video.muted = true;
    this.picture = make("canvas");
    this.button = make("button", { type: "button", class: "button", "aria-pressed": "false" }, _("Webcam"));
    this.button.title = _("Its pictures go to this server alone, and are not kept.");
    this.button.addEventListener("click", () => (this.#stream ? this.stop() : this.#begin()));
    addEventListener("pagehide", () => this.stop());
  }

  /** Another input than its own frame turns it off. @param {unknown} source */
  saw(source) {
    if (this.#stream && this.#sent && JSON.stringify(source) !== this.#sent) this.stop();
  }

  stop() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    if (this.#stream) this.button.dispatchEvent(new Event("release", { bubbles: true }));
    this.#stream = null;
    this.#sent = "";
    this.button.ariaPressed = "false";
  }

  async #begin() {
    if (!navigator.mediaDevices) return this.refuse(_("A webcam needs a page over https, or on this computer."));
    if (this.#asking) return;
    this.#asking = true;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 240 }, audio: false });
      this.#asking = false;
      this.#stream = this.video.srcObject = stream;
      stream.getVideoTracks()[0].addEventListener("ended", () => this.stop());
      this.button.ariaPressed = "true";
      await this.video.play();
      this.button.dispatchEvent(new Event("hold", { bubbles: true }));
      await this.#show(stream);
    } catch (error) {
      this.#asking = false;
      this.stop();
      const { name } = /** @type {Error} */ (error);
      this.refuse(REFUSED.includes(name) ? _("The webcam was not allowed.") : _("There is no webcam here."));
    }
  }

  /** One frame after another, as fast as the server answers. @param {MediaStream} stream */
  async #show(stream) {
    while (this.#stream === stream) {
      const rows = this.#frame();
      this.#sent = JSON.stringify(rows);
      const refusal = await this.change(rows);
      if (refusal) {
        this.stop();
        return this.refuse(refusal);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_OF_FRAMES));
    }
  }

  /** Grey as the server makes pictures grey: ITU-R 601 in whole numbers. @returns {Rows} */
  #frame() {
    const { videoWidth, videoHeight } = this.video;
    const scale = LONGEST_SIDE / Math.max(videoWidth, videoHeight, 1);
    const [height, width] = [videoHeight, videoWidth].map((side) => Math.max(1, Math.round(side * scale)));
    Object.assign(this.picture, { width, height });
    const context = /** @type {CanvasRenderingContext2D} */ (
      this.picture.getContext("2d", { willReadFrequently: true })
    );
    context.imageSmoothingQuality = "high";
    context.drawImage(this.video, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    const grey = (/** @type {number} */ at) =>
      (19595 * data[at] + 38470 * data[at + 1] + 7471 * data[at + 2] + 32768) >> 16;
    return Array.from({ length: height }, (_row, r) =>
      Array.from({ length: width }, (_column, c) => grey(4 * (r * width + c))),
    );
  }
}
