/** How the network of the scene learnt: the first layer's kernels, the loss and the errors, epoch by epoch. */
import { divergingScale } from "../../drawing/scale.js";
import { make } from "../../page/elements.js";
import { figure, thousands } from "../../words/figures.js";
import { sayIn } from "../../words/language.js";
import { reasonOf } from "../reason.js";
import { Curve } from "./curve.js";
import { Plane } from "./plane.js";
import { askLearning, networkOf } from "./trained.js";

export class LearningView {
  slider = make("input", { type: "range", min: "0", step: "1", class: "epoch" });
  place = make("output", { class: "place" });
  kernels = make("div", { class: "planes", role: "img" });
  loss = new Curve();
  wrong = new Curve();
  moved = new Curve();
  note = make("p", { class: "quiet" });
  root = make(
    "div",
    {},
    make("label", { class: "epoch-line" }, this.place, this.slider),
    this.kernels,
    make("div", { class: "curves" }, this.loss.root, this.wrong.root, this.moved.root),
    this.note,
  );
  /** @type {Learning | null} */
  #told = null;
  #asking = "";
  #language = "";
  #dark = false;
  #asked = new AbortController();

  constructor() {
    this.slider.addEventListener("input", () => this.#epoch(Number(this.slider.value)));
  }

  /** @param {ViewScene} scene */
  adopt({ opening, language, palette, server }) {
    const network = networkOf(opening);
    this.#language = language;
    this.#dark = palette.dark;
    if (network === this.#asking) {
      if (this.#told) this.#lay(this.#told, Number(this.slider.value));
      return;
    }
    this.#asking = network;
    this.#told = null;
    this.#asked.abort();
    this.#asked = new AbortController();
    this.#ask(server, network, this.#asked.signal);
  }

  /** @param {string} server  @param {string} network  @param {AbortSignal} signal */
  async #ask(server, network, signal) {
    try {
      this.#told = await askLearning(server, network, signal);
      this.#lay(this.#told, this.#told.accuracy.length - 1);
    } catch (error) {
      if (signal.aborted) return;
      this.#asking = "";
      this.note.textContent = reasonOf(error, sayIn(this.#language));
    }
  }

  /** @param {Learning} told  @param {number} epoch */
  #lay({ network, learnt_from, loss, accuracy, kernels, moved }, epoch) {
    const _ = sayIn(this.#language);
    this.slider.max = String(accuracy.length - 1);
    this.slider.value = String(epoch);
    this.slider.setAttribute("aria-label", _("Epoch"));
    this.kernels.hidden = !kernels;
    this.kernels.setAttribute("aria-label", _("Kernels of the first layer as pictures"));
    const percent = (/** @type {number} */ share) => `${figure(100 * share)} %`;
    this.loss.adopt(_("Loss"), loss, figure);
    this.wrong.adopt(
      _("Test digits misread"),
      accuracy.map((share) => 1 - share),
      percent,
    );
    const pixels = moved.length - 1;
    this.moved.adopt(
      _("Misread when moved by {pixels} {pixels|pixel/pixels}", { pixels }),
      moved.map((share) => 1 - share),
      percent,
    );
    this.moved.show(pixels);
    this.note.textContent = _(
      "{network} learnt from {count} digits with the project's own backward pass; it never saw the test digits.",
      { network, count: thousands(learnt_from) },
    );
    this.#epoch(epoch);
  }

  /** @param {number} epoch */
  #epoch(epoch) {
    if (!this.#told) return;
    const _ = sayIn(this.#language);
    const { accuracy, kernels } = this.#told;
    const last = accuracy.length - 1;
    this.place.textContent = epoch === 0 ? _("before training") : _("after epoch {epoch} of {last}", { epoch, last });
    this.loss.show(epoch);
    this.wrong.show(epoch);
    if (kernels) this.#draw(kernels, epoch);
  }

  /** One scale for all epochs, so that growing is seen. @param {number[][][][][]} kernels  @param {number} epoch */
  #draw(kernels, epoch) {
    const reach = kernels.flat(4).reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    const scale = divergingScale(reach, this.#dark);
    const planes = kernels[epoch].map(([kernel]) => {
      const plane = new Plane();
      plane.draw(kernel, scale);
      return plane.root;
    });
    this.kernels.replaceChildren(...planes);
  }

  /** The training stands still while the kernel walks. */
  show() {}

  close() {
    this.#asked.abort();
  }
}
