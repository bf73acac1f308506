/** A lesson: one figure after another, each with its caption; the clicker goes on from the end of one to the next. */
import { LANG } from "../page/words.js";
import { fetchOpening } from "../wire/opening.js";

/**
 * @typedef {object} Figure
 * @property {string} scene  @property {number} layer  @property {number} step  @property {Record<string, string>} words
 * @property {string} title  @property {string} about
 */

/** @template {Element} Kind @param {string} selector  @returns {Kind} */
const find = (selector) => /** @type {Kind} */ (document.querySelector(selector));

/** Keys that lead past a figure that does not stand. @type {Record<string, 1 | -1>} */
const PASSING = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 };

const BASE = new URL(".", document.baseURI).href;

class Lesson {
  /** @type {Figure[]} */
  figures = JSON.parse(find("#lesson").textContent ?? "[]");
  page = /** @type {HTMLElement} */ (find(".playlist"));
  place = Number(this.page.dataset.place);
  /** Openings that were asked for before they are shown. @type {Map<number, Promise<Opening>>} */
  #coming = new Map();
  /** The key that was pressed has led to another figure. */
  #went = false;

  start() {
    find(".before").addEventListener("click", () => this.go(-1));
    find(".after").addEventListener("click", () => this.go(1));
    find(".present").addEventListener("click", () => this.#present());
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("keydown", (event) => this.#presentBy(event), { capture: true });
    this.#show();
  }

  /** @param {-1 | 1} way */
  go(way) {
    const place = this.place + way;
    if (place < 0 || place >= this.figures.length) return false;
    this.place = place;
    this.#show();
    return true;
  }

  async #show() {
    const { place, figures } = this;
    const figure = figures[place];
    this.#tell(figure);
    const opening = await this.#opening(place).catch(() => null);
    if (place !== this.place) return;
    const walk = /** @type {import("../kernel-walk.js").KernelWalk} */ (document.createElement("kernel-walk"));
    const { scene, layer, step, words } = figure;
    const attributes = {
      scene: opening?.line ?? scene,
      layer,
      step,
      lang: LANG,
      controls: "",
    };
    for (const [name, value] of Object.entries(attributes)) walk.setAttribute(name, String(value));
    for (const [name, word] of Object.entries(words)) if (word) walk.setAttribute(name, word);
    const theme = document.documentElement.dataset.theme;
    if (theme) walk.setAttribute("theme", theme);
    if (opening) walk.opening = opening;
    walk.addEventListener("leave", (event) => this.#leave(/** @type {CustomEvent} */ (event)));
    find(".figure").replaceChildren(walk);
    for (const near of [place + 1, place - 1]) if (figures[near]) this.#opening(near).catch(() => {});
  }

  /** @param {number} place  @returns {Promise<Opening>} */
  #opening(place) {
    const { scene, layer, step } = this.figures[place];
    const never = new AbortController().signal;
    const coming = this.#coming.get(place) ?? fetchOpening(BASE.replace(/\/$/, ""), scene, layer, step, LANG, never);
    this.#coming.set(place, coming);
    coming.catch(() => this.#coming.delete(place));
    return coming;
  }

  /** @param {Figure} figure */
  #tell({ title, about }) {
    const { place, figures } = this;
    find("h1").textContent = title;
    find(".caption").textContent = about;
    find(".place").textContent = `${place + 1} / ${figures.length}`;
    document.title = `${title} · Kernelwalk`;
    for (const [selector, end] of /** @type {[string, number][]} */ ([
      [".before", 0],
      [".after", figures.length - 1],
    ]))
      find(selector).setAttribute("aria-disabled", String(place === end));
    const address = new URL(location.href);
    address.searchParams.set("at", String(place));
    history.replaceState(null, "", address);
  }

  /** At the end of the last figure the key belongs to the page around the lesson. @param {CustomEvent} event */
  #leave(event) {
    this.#went = this.go(event.detail.way === "next" ? 1 : -1);
    if (this.#went) event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const walk = /** @type {import("../kernel-walk.js").KernelWalk} */ (find("kernel-walk"));
    if (this.#went) event.preventDefault();
    if (this.#went || event.defaultPrevented || event.target === walk || event.target instanceof HTMLButtonElement) {
      this.#went = false;
      return;
    }
    const { key, code, shiftKey, repeat, ctrlKey, altKey, metaKey } = event;
    if (!walk || ctrlKey || altKey || metaKey || key === "Tab") return;
    if (!walk.steps && !walk.hasAttribute("aria-busy")) return this.#pass(event);
    const copy = new KeyboardEvent("keydown", { key, code, shiftKey, repeat, cancelable: true });
    if (!walk.dispatchEvent(copy) || this.#went) event.preventDefault();
    this.#went = false;
  }

  /** A figure that cannot be shown holds nobody: the clicker leads past it. @param {KeyboardEvent} event */
  #pass(event) {
    const way = PASSING[event.key];
    if (way && this.go(way)) event.preventDefault();
  }

  /** The whole lesson fills the screen, so that the next figure does too. @param {KeyboardEvent} event */
  #presentBy(event) {
    if (event.code !== "KeyF" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#present();
  }

  #present() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.page.requestFullscreen?.().catch(() => {});
  }
}

new Lesson().start();
