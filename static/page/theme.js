/** Light, dark, or as the system: the page and the player follow together. */
import { THEMES } from "./address.js";
import { _ } from "./words.js";

const THEME_NAMES = /** @type {Record<string, string>} */ ({
  auto: _("Theme: as the system"),
  light: _("Theme: light"),
  dark: _("Theme: dark"),
});

export class Theme {
  /** @param {HTMLElement} button  @param {HTMLElement} walk  @param {() => void} changed */
  constructor(button, walk, changed) {
    const said = document.documentElement.dataset.theme ?? "";
    this.name = THEMES.includes(said) ? said : THEMES[0];
    this.button = button;
    this.walk = walk;
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
    for (const [element, attribute] of /** @type {const} */ ([
      [document.documentElement, "data-theme"],
      [this.walk, "theme"],
    ])) {
      if (own) element.setAttribute(attribute, this.name);
      else element.removeAttribute(attribute);
    }
  }
}
