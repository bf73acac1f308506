/** All ways out of a page, one click each: some are copied, some saved; what was copied can be read below. */
import { SIZE, THEMES } from "../page/address.js";
import { copy } from "../page/copying.js";
import { icon, make } from "../page/elements.js";
import { _, LANG } from "../page/words.js";
import { answered } from "../wire/client.js";
import { fileName, STILLS, waysOf } from "./ways.js";

/** @typedef {import("./ways.js").Choices} Choices */
/** @typedef {import("./ways.js").Shown} Shown */
/** @typedef {import("./ways.js").Way} Way */

const COPY = "M9 9h10v11H9zM15 9V4H5v11h4";
const SAVE = "M12 4v11M7 11l5 5 5-5M5 20h14";
const DONE = "M5 13l5 5 9-11";

/** How long a button says that it is done, in milliseconds. */
const SIGNED = 1600;

const LOOK_NAMES = /** @type {Record<string, string>} */ ({
  auto: _("visitor's own"),
  light: _("light"),
  dark: _("dark"),
});

export class Sheet {
  /** The way that was used or pointed at last. @type {Way | null} */
  way = null;
  /** @type {Map<string, HTMLElement>} */
  #buttons = new Map();
  #groups = make("div", { class: "way-groups" });
  status = make("p", { class: "way-status", role: "status" });
  code = make("textarea", { id: "share-code", rows: "4", readonly: true, spellcheck: "false" });
  copied = make("label", { class: "way-code", hidden: true }, make("span", {}, _("What was copied")), this.code);

  /**
   * @param {() => Shown} shown
   * @param {DOMStringMap} told  `films`: the server makes them; `languages`: their names by their codes, as JSON
   * @param {string} still  which step stills show, until somebody chooses
   * @param {() => void} [changed]  choices or the way in hand are others now
   */
  constructor(shown, told, still, changed = () => {}) {
    this.shown = shown;
    this.films = "films" in told;
    this.changed = changed;
    const languages = { "": _("visitor's own"), ...JSON.parse(told.languages ?? "{}") };
    this.still = this.#select(_("Stills show"), STILLS, still);
    this.width = this.#side(_("Width"), SIZE.width);
    this.height = this.#side(_("Height"), SIZE.height);
    this.lang = this.#select(_("Language"), languages, "");
    this.theme = this.#select(
      _("Theme"),
      Object.fromEntries(THEMES.map((name) => [name, LOOK_NAMES[name]])),
      THEMES[0],
    );
    const fields = [this.still, this.width, this.height, this.lang, this.theme];
    this.root = make(
      "div",
      { class: "ways-out" },
      make("div", { class: "way-choices" }, ...fields.map(({ parentElement }) => parentElement ?? "")),
      this.#groups,
      this.status,
      this.copied,
    );
    this.code.addEventListener("focus", () => this.code.select());
    this.write();
  }

  /** @returns {Choices} */
  get choices() {
    const [width, height] = [this.width, this.height].map((input) =>
      Math.round(Math.max(320, Math.min(3840, input.valueAsNumber || Number(input.defaultValue)))),
    );
    return { still: this.still.value, width, height, lang: this.lang.value, theme: this.theme.value };
  }

  /** What the page shows now. */
  write() {
    const groups = waysOf(this.shown(), this.choices, this.films);
    const ways = groups.flatMap((group) => group.ways);
    if (!this.#buttons.size) this.#groups.append(...groups.map((group) => this.#group(group)));
    for (const way of ways) this.#renew(way);
    this.way = ways.find(({ name }) => name === this.way?.name) ?? null;
    if (this.way?.text && this.code.value) this.code.value = this.way.text;
    this.changed();
  }

  /** @param {import("./ways.js").Group} group */
  #group({ title, ways }) {
    const rows = ways.map((way) => {
      const button = this.#button(way);
      this.#buttons.set(way.name, button);
      return make("li", {}, button);
    });
    return make("section", { class: "way-group" }, make("h3", {}, title), make("ul", {}, ...rows));
  }

  /** Files are links, whose address can be copied too. @param {Way} way */
  #button(way) {
    const sign = icon(way.file ? SAVE : COPY);
    sign.classList.add("way-sign");
    const words = make("span", {}, make("b", { translate: "no" }, way.title), make("small", {}, way.hint));
    const button = way.file
      ? make("a", { class: "way", href: way.file }, sign, words)
      : make("button", { type: "button", class: "way" }, sign, words);
    button.dataset.way = way.name;
    button.addEventListener("click", (event) => this.#use(way.name, /** @type {MouseEvent} */ (event)));
    for (const kind of ["pointerenter", "focus"]) button.addEventListener(kind, () => this.#point(way.name));
    return button;
  }

  /** @param {Way} way */
  #renew(way) {
    const button = this.#buttons.get(way.name);
    if (!way.file || !button) return;
    button.setAttribute("href", way.file);
    button.setAttribute("download", fileName(this.shown(), way));
  }

  /** The walk may have gone on since. @param {string} name */
  #point(name) {
    this.way = this.#now(name);
    if (this.way) this.#renew(this.way);
    this.changed();
  }

  /** @param {string} name */
  #now(name) {
    const ways = waysOf(this.shown(), this.choices, this.films).flatMap((group) => group.ways);
    return ways.find((way) => way.name === name) ?? null;
  }

  /** @param {string} name  @param {MouseEvent} event */
  async #use(name, event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the browser's own: another tab
    event.preventDefault();
    const way = this.#now(name);
    const button = this.#buttons.get(name);
    if (!way || !button || button.getAttribute("aria-busy")) return;
    this.way = way;
    const done = way.file ? await this.#save(way, button) : await this.#copy(way);
    if (done) this.#sign(button);
    this.changed();
  }

  /** @param {Way} way */
  async #copy(way) {
    this.code.value = way.text ?? "";
    this.copied.hidden = false;
    const copied = await copy(this.code.value, this.code);
    this.status.textContent = copied
      ? _("{name}: copied", { name: way.title })
      : _("{name}: selected, press Ctrl+C", { name: way.title });
    return copied;
  }

  /** @param {Way} way  @param {HTMLElement} button */
  async #save(way, button) {
    const name = fileName(this.shown(), way);
    button.setAttribute("aria-busy", "true");
    this.status.textContent = _("Making {name} …", { name });
    try {
      const answer = await answered(way.file ?? "", { headers: { "accept-language": LANG } });
      const address = URL.createObjectURL(await answer.blob());
      make("a", { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      this.status.textContent = _("{name} is saved", { name });
      return true;
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      this.status.textContent = message || _("The server does not answer.");
      return false;
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  /** @param {HTMLElement} button */
  #sign(button) {
    const line = button.querySelector("path");
    const before = line?.getAttribute("d") ?? "";
    if (before === DONE) return;
    line?.setAttribute("d", DONE);
    setTimeout(() => line?.setAttribute("d", before), SIGNED);
  }

  /** @param {string} label  @param {Record<string, string>} names  by their words  @param {string} chosen */
  #select(label, names, chosen) {
    const rows = Object.entries(names).map(([value, name]) => make("option", { value }, name));
    const select = make("select", {}, ...rows);
    select.value = chosen;
    select.addEventListener("change", () => this.write());
    make("label", {}, make("span", {}, label), select);
    return select;
  }

  /** @param {string} label  @param {number} value */
  #side(label, value) {
    const input = make("input", { type: "number", min: "320", max: "3840", step: "10", value: String(value) });
    input.addEventListener("input", () => this.write());
    make("label", {}, make("span", {}, label), input);
    return input;
  }
}
