/** Predict mode: asks, takes an answer, tells what it would have been right for, and shows the arithmetic. */

import { make } from "../page/elements.js";
import sheet from "../styles/questions.css" with { type: "css" };
import { addressOf, answered, posted } from "../wire/client.js";
import { inLanguage, languageOf } from "../words/language.js";
import { compare, filledIn, seat } from "./holes.js";
import { choicesOf, copied, fieldOf, pickCells, settingsOf, takeLetters } from "./pieces.js";
import { Memory, planOf, resultText, scenesOf } from "./plan.js";
import { signBefore, tablesOf } from "./tables.js";
import { bringQuestionWords, wordsIn } from "./words.js";

/**
 * @typedef {object} Host
 * @property {HTMLElement} element  @property {ShadowRoot} root  @property {string} server  @property {string} lang
 * @property {string} folder  of the scripts about words
 * @property {(line: string, place: { layer: number, step: number }) => void} watch  @property {() => void} rest
 * @property {(height: number) => void} sized
 */

/** @typedef {import("./plan.js").Item} Item */

/** One card an element: the next takes the place of the one before. @type {WeakMap<HTMLElement, Card>} */
const CARDS = new WeakMap();

/** @param {Host} host */
export async function ask(host) {
  CARDS.get(host.element)?.close();
  const card = new Card(host);
  CARDS.set(host.element, card);
  await card.begin();
}

/** An element walks again. @param {HTMLElement} element  @param {() => void} walk */
export function dismiss(element, walk) {
  if (!CARDS.get(element)) return;
  CARDS.get(element)?.close();
  CARDS.delete(element);
  walk();
}

class Card {
  node = make("section", { class: "questions" });
  #back = make("button", { type: "button", class: "to-questions", hidden: true });
  /** @type {(import("./plan.js").Answer | null)[]} */
  #answers = [];
  /** @type {Item[]} */
  #items = [];
  #place = 0;
  #closed = false;
  #seed = 0;

  /** @param {Host} host */
  constructor(host) {
    const { element, root } = host;
    this.host = host;
    this.language = languageOf(host.lang);
    this.words = wordsIn(this.language);
    this.fade = Number(element.getAttribute("fade")) || 0;
    this.#seed = Math.max(0, Math.trunc(Number(element.getAttribute("seed")) || 0));
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
    root.append(this.node, this.#back);
    this.#back.addEventListener("click", () => this.#return());
    this.size = new ResizeObserver(() => host.sized(this.node.offsetHeight));
    this.size.observe(this.node);
  }

  close() {
    this.#closed = true;
    this.size.disconnect();
    for (const part of [this.node, this.#back]) part.remove();
  }

  async begin() {
    await bringQuestionWords(this.language, this.host.folder);
    if (this.#closed) return;
    this.words = wordsIn(this.language);
    this.node.lang = this.language;
    this.node.setAttribute("aria-label", this.words.title);
    this.#back.textContent = `← ${this.words.back}`;
    this.#deal();
    await this.#ask();
  }

  /** The questions of this seed, and what was answered of them before. */
  #deal() {
    const { element } = this.host;
    const step = this.fade ? Number(element.getAttribute("step") ?? 0) : null;
    const count = Number(element.getAttribute("count")) || (this.fade ? 1 : 0);
    this.#items = planOf({ scenes: scenesOf(element), count, step });
    const { fade } = this;
    this.memory = new Memory(JSON.stringify([this.#seed, element.getAttribute("ask"), fade, this.#items]));
    this.#answers = fade ? this.#items.map(() => null) : this.memory.read(this.#items.length);
    const open = this.#answers.indexOf(null);
    this.#place = open < 0 ? this.#items.length : open;
  }

  /** The next question, or the results. @param {boolean} focus */
  async #ask(focus = false) {
    if (this.#place >= this.#items.length) return this.#tell(focus);
    const item = this.#items[this.#place];
    try {
      const { question, ...place } = await this.#fetch(item);
      if (this.#closed) return;
      this.#show(question, { ...item, ...place }, focus);
    } catch (error) {
      if (!this.#closed) this.#fail(/** @type {Error} */ (error));
    }
  }

  /** @param {Item} item */
  async #fetch({ scene, layer, index, step }) {
    const { element, server } = this.host;
    const words = {
      scene,
      ask: step === null ? (element.getAttribute("ask") ?? "") : "value",
      seed: this.#seed,
      start: index,
      lang: this.language,
      ...(layer === null ? {} : { layer }),
      ...(step === null ? {} : { step, fade: this.fade }),
    };
    const told = await (await answered(addressOf(server, "api/questions", words))).json();
    const question = /** @type {Asked} */ (told.questions[0]);
    return { question, layer: told.layer, scene: told.line, picture: told.picture };
  }

  /** @param {Asked} question  @param {Item & { layer: number }} item  @param {boolean} focus */
  #show(question, item, focus) {
    const { words } = this;
    const give = (/** @type {string} */ given) => this.#check(question, item, given, form);
    const offered = question.gives === "choice";
    const form = offered ? choicesOf(question, words, this.language, give) : fieldOf(question, words, give);
    const tables = tablesOf(question.shown, words, false, this.#picture(item));
    if (question.gives === "cell") pickCells(tables, form);
    const seated = question.ask === "value";
    if (seated) seat(tables, form, signBefore(question.shown));
    if (offered) takeLetters(form);
    this.node.replaceChildren(
      this.#head(),
      make("p", { class: "prompt", tabindex: "-1", id: "prompt" }, inLanguage(question.prompt, this.language)),
      tables,
      ...(seated ? [] : [form]),
      make("div", { class: "verdict", role: "status" }),
      settingsOf(question.shown, this.language),
    );
    if (focus) /** @type {HTMLElement | null} */ (form.querySelector("input, button"))?.focus();
  }

  /** @param {Item & { layer: number }} item */
  #picture = ({ scene, layer, picture }) =>
    picture ?? addressOf(this.host.server, "api/input", { scene, layer, format: "png" });

  #head() {
    const { length } = this.#items;
    const right = this.#answers.filter((answer) => answer?.right).length;
    const text = length > 1 ? this.words.progress(this.#place + 1, length, right) : "";
    const done = make("progress", { max: `${length}`, value: `${this.#place}`, "aria-hidden": "true" });
    return make("header", {}, make("span", { class: "where" }, text), ...(length > 1 ? [done] : []));
  }

  /**
   * @param {Asked} question  @param {Item & { layer: number }} item  @param {string} given  @param {HTMLElement} form
   */
  async #check({ ask: kind, seed, index, prompt, step: about }, item, given, form) {
    const verdict = /** @type {HTMLElement} */ (this.node.querySelector(".verdict"));
    const { scene, layer, step } = item;
    const body = { scene, layer, ask: kind, seed, index, answer: given, ...(step === null ? {} : { step }) };
    try {
      const address = addressOf(this.host.server, "api/answers", { lang: this.language });
      const told = /** @type {Answered} */ (await (await answered(address, posted(body))).json());
      if (this.#closed || !form.isConnected) return;
      const asked = inLanguage(prompt, this.language);
      this.#answers[this.#place] = { given: given.trim(), right: told.right, prompt: asked, answer: told.answer };
      if (!this.fade) this.memory?.write(this.#answers);
      this.#reveal(told, form, verdict, { ...item, step: about });
    } catch (error) {
      verdict.replaceChildren(make("p", { class: "wrong" }, /** @type {Error} */ (error).message || this.words.failed));
    }
  }

  /**
   * @param {Answered} told  @param {HTMLElement} form  @param {HTMLElement} verdict
   * @param {Item & { layer: number }} item
   */
  #reveal(told, form, verdict, item) {
    const { words, language } = this;
    this.#lay(told, item);
    this.node.querySelector("header")?.replaceWith(this.#head());
    for (const part of form.querySelectorAll("input, button")) /** @type {HTMLInputElement} */ (part).disabled = true;
    const word = this.#place + 1 < this.#items.length ? words.next : words.results;
    const next = make("button", { type: "button", class: "main" }, word);
    next.addEventListener("click", () => this.#next());
    const watch = make("button", { type: "button" }, words.watch);
    watch.addEventListener("click", () => this.#watch(item));
    const lines = told.explanation.map((line) => make("p", { class: "line" }, inLanguage(line, language)));
    const yours =
      told.right || form.matches(".choices") ? [] : [` · ${words.given(this.#answers[this.#place]?.given ?? "")}`];
    const mark = make("b", { "aria-hidden": "true" }, told.right ? "✓ " : "✗ ");
    verdict.replaceChildren(
      make("p", { class: told.right ? "right" : "wrong" }, mark, inLanguage(told.sentence, language)),
      make("p", { class: "answer" }, `${words.rightAnswer}: `, make("strong", {}, told.answer), ...yours),
      ...lines,
    );
    const ways = make("div", { class: "ways" }, ...(this.#items.length > 1 || !this.fade ? [next] : []), watch);
    form.classList.add("done");
    verdict.after(ways);
    next.focus({ preventScroll: true });
    verdict.scrollIntoView?.({ block: "nearest" });
  }

  /** The table with nothing hidden, and what was filled into its holes. @param {Answered} told
   * @param {Item & { layer: number }} item */
  #lay({ shown, answer }, item) {
    const before = /** @type {HTMLElement} */ (this.node.querySelector(".tables"));
    const came = before.querySelector(".sum > form") ? answer : undefined;
    const tables = tablesOf(shown, this.words, true, this.#picture(item), came);
    compare(tables, shown, filledIn(before));
    before.replaceWith(tables);
  }

  #next() {
    this.#place += 1;
    this.#ask(true);
  }

  /** @param {Item & { layer: number }} item */
  #watch({ scene, layer, step }) {
    this.node.hidden = true;
    this.#back.hidden = false;
    this.host.watch(scene, { layer, step: step ?? 0 });
    this.#back.focus();
  }

  #return() {
    this.host.rest();
    this.node.hidden = false;
    this.#back.hidden = true;
    /** @type {HTMLElement | null} */ (this.node.querySelector(".ways button"))?.focus();
  }

  /** @param {boolean} focus */
  #tell(focus) {
    const { words } = this;
    const right = this.#answers.filter((answer) => answer?.right).length;
    const text = make("textarea", { readonly: true, rows: "6", "aria-label": words.copy });
    text.value = resultText(this.#answers, this.#items, words);
    const copy = make("button", { type: "button", class: "main" }, words.copy);
    copy.addEventListener("click", async () => {
      copy.textContent = (await copied(text)) ? words.copied : words.select;
    });
    const again = make("button", { type: "button" }, words.again);
    again.addEventListener("click", () => this.#restart(this.#seed));
    const others = make("button", { type: "button" }, words.others);
    others.addEventListener("click", () => this.#restart(this.#seed + 1));
    this.node.replaceChildren(
      make("p", { class: "prompt", tabindex: "-1" }, words.score(right, this.#items.length)),
      text,
      make("div", { class: "ways" }, copy, again, others),
      make("p", { class: "settings" }, words.stays),
    );
    if (focus) copy.focus();
  }

  /** @param {number} seed */
  #restart(seed) {
    if (seed === this.#seed) this.memory?.write([]);
    this.#seed = seed;
    this.#deal();
    this.#ask(true);
  }

  /** @param {Error} error */
  #fail(error) {
    const retry = make("button", { type: "button" }, this.words.retry);
    retry.addEventListener("click", () => this.#ask(true));
    this.node.replaceChildren(
      make("div", { role: "alert" }, make("p", { class: "wrong" }, error.message || this.words.failed)),
      make("div", { class: "ways" }, retry),
    );
  }
}
