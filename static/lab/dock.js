/** On a telephone: settings as a sheet under the picture, views and gallery, all where the thumb is. */
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";

const SHEET_OPEN = "sheet-open";

export class Dock {
  /** @param {HTMLElement} settings  @param {HTMLElement} stage  @param {HTMLElement} views */
  constructor(settings, stage, views) {
    this.settings = settings;
    this.stage = stage;
    this.button = make(
      "button",
      { type: "button", "aria-expanded": "false", "aria-controls": settings.id },
      _("Settings"),
    );
    this.button.addEventListener("click", () => this.#toggle(this.button.ariaExpanded !== "true"));
    const show = make("button", { type: "button" }, _("Views"));
    show.addEventListener("click", () => {
      this.#toggle(false);
      views.scrollIntoView();
      /** @type {HTMLElement | null} */ (views.querySelector("[role=tab][aria-selected=true]"))?.focus({
        preventScroll: true,
      });
    });
    const gallery = /** @type {HTMLAnchorElement} */ (document.querySelector(".to-gallery"));
    const link = make("a", { href: gallery.getAttribute("href") ?? "" }, gallery.textContent ?? "");
    document.body.append(make("nav", { class: "dock", "aria-label": _("Parts of the page") }, this.button, show, link));
    settings.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || !document.body.classList.contains(SHEET_OPEN)) return;
      this.#toggle(false);
      this.button.focus();
    });
  }

  /** The walk stands above the sheet, so that a change is seen. @param {boolean} open */
  #toggle(open) {
    this.button.ariaExpanded = String(open);
    document.body.classList.toggle(SHEET_OPEN, open);
    if (open) this.stage.scrollIntoView();
  }
}
