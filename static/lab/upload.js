/** Files of one's own: by button, dropped anywhere on the page, or pasted. */
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { upload } from "./server.js";

/** @typedef {import("../wire/client.js").ServerError} ServerError */
/** @typedef {{ done: (told: FileInput) => Promise<void>, fail: (error: ServerError) => void }} UploadActs */

export class Upload {
  #shade = make("div", { class: "drop-shade", hidden: true }, make("p", {}, _("Drop the file anywhere")));
  #bar = make("progress", { max: "1", value: "0", "aria-label": _("Uploading") });
  #stage = make("span", {}, _("Uploading"));
  #state = make("div", { class: "uploading", role: "status", hidden: true }, this.#stage, this.#bar);

  /** @param {UploadActs} acts */
  constructor(acts) {
    this.acts = acts;
    document.body.append(this.#shade, this.#state);
    addEventListener("dragover", (event) => this.#over(event));
    addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) this.#shade.hidden = true;
    });
    addEventListener("drop", (event) => this.#drop(event));
    addEventListener("paste", (event) => this.#paste(event));
  }

  /** @param {Blob} file */
  async send(file) {
    this.#state.hidden = false;
    this.#show(0);
    try {
      await this.acts.done(await upload(file, (share) => this.#show(share)));
    } catch (error) {
      this.acts.fail(/** @type {ServerError} */ (error));
    } finally {
      this.#state.hidden = true;
    }
  }

  /** How much of the file is sent; when all of it is, nobody knows how long reading it takes. @param {number} share */
  #show(share) {
    const sent = share >= 1;
    this.#stage.textContent = sent ? _("Reading the picture") : _("Uploading");
    this.#bar.ariaLabel = this.#stage.textContent;
    if (sent) this.#bar.removeAttribute("value");
    else this.#bar.value = share;
  }

  /** @param {DragEvent} event */
  #over(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    this.#shade.hidden = false;
  }

  /** @param {DragEvent} event */
  #drop(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#shade.hidden = true;
    const [file] = event.dataTransfer.files;
    if (file) this.send(file);
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const file = [...(event.clipboardData?.files ?? [])][0];
    if (!file) return;
    event.preventDefault();
    this.send(file);
  }
}
