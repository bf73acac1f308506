/** A panel that opens beside a button and closes by itself; and what all menus share. */
import { make } from "./elements.js";

/** Ties a panel to the button that opens it. @param {HTMLButtonElement} button  @param {HTMLElement} panel
 * @param {() => void} [opened] */
export function popover(button, panel, opened) {
  panel.popover = "auto";
  panel.classList.add("popover");
  button.popoverTargetElement = panel;
  button.setAttribute("aria-haspopup", "true");
  button.setAttribute("aria-expanded", "false");
  panel.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") opened?.();
  });
  panel.addEventListener("toggle", (event) => {
    const open = /** @type {ToggleEvent} */ (event).newState === "open";
    button.setAttribute("aria-expanded", String(open));
    if (open) place(button, panel);
  });
}

/** Below the button, or above it where there is more room. @param {HTMLElement} button  @param {HTMLElement} panel */
function place(button, panel) {
  const near = button.getBoundingClientRect(),
    gap = 8;
  panel.style.maxHeight = "";
  const width = panel.offsetWidth,
    height = panel.offsetHeight;
  const below = innerHeight - near.bottom - 2 * gap,
    above = near.top - 2 * gap;
  const under = below >= Math.min(height, 320) || below >= above;
  const room = under ? below : above;
  panel.style.maxHeight = `${room}px`;
  panel.style.left = `${Math.max(gap, Math.min(near.left, innerWidth - width - gap))}px`;
  panel.style.top = `${under ? near.bottom + gap : near.top - gap - Math.min(height, room)}px`;
}

/** Arrow keys walk through the buttons of a menu. @param {HTMLElement} panel */
export function arrows(panel) {
  panel.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const buttons = /** @type {HTMLButtonElement[]} */ ([...panel.querySelectorAll("button:not([disabled])")]);
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (!by || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[(at + by + buttons.length) % buttons.length].focus();
  });
}

/** Rows under headings. @template Row  @param {readonly Row[]} rows  @param {(row: Row) => string} groupOf
 * @param {(group: string) => string} heading  @param {(row: Row) => Node} shown */
export function grouped(rows, groupOf, heading, shown) {
  const groups = [...new Set(rows.map(groupOf))];
  return groups.map((group) =>
    make(
      "section",
      { class: "menu-group" },
      make("h3", {}, heading(group)),
      make("div", { class: "menu-rows" }, ...rows.filter((row) => groupOf(row) === group).map(shown)),
    ),
  );
}
