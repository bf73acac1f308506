/** Light, dark, or as the system: the page and the player follow together. */
import { THEMES } from "./address.js";
import { _ } from "./words.js";

const THEME_NAMES = /** @type {Record<string, string>} */ ({
  auto: _("Theme: as the system"),
  light: _("Theme: light"),
  dark: _("Theme: dark"),
});

export class Theme {
  /** @param {HTMLElement} button  @param {() => Iterable<Element>} walks  @param {() => void} changed */
  constructor(button, walks, changed) {
    const said = document.documentElement.dataset.theme ?? "";
    this.name = THEMES.includes(said) ? said : THEMES[0];
    this.button = button;
    this.walks = walks;
    button.addEventListener("click", () => {
      this.name = THEMES[(THEMES.indexOf(this.name) + 1) % THEMES.length];
      this.#show();
      changed();
    });
    this.#show();
  }

  #show() {
    const own = this.name !== THEMES[0];
    this.button.setAttribute("aria-label", THEME_NAMES[this.name]);
    this.button.title = THEME_NAMES[this.name];
    document.querySelector("meta[name=color-scheme]")?.setAttribute("content", own ? this.name : "light dark");
    setOrDrop(document.documentElement, "data-theme", own ? this.name : "");
    for (const walk of this.walks()) setOrDrop(walk, "theme", own ? this.name : "");
  }
}

/** @param {Element} element  @param {string} attribute  @param {string} value  nothing: without it */
function setOrDrop(element, attribute, value) {
  if (value) element.setAttribute(attribute, value);
  else element.removeAttribute(attribute);
}
