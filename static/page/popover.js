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

const TYPING = 800; // milliseconds between two letters of one word

/** Keys in a menu of buttons: it opens on the chosen one, arrows, Home and End walk, letters find.
 * @param {HTMLElement} panel */
export function arrows(panel) {
  let word = "",
    typed = 0;
  panel.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    const chosen = /** @type {HTMLElement | null} */ (panel.querySelector("[aria-current=true]"));
    (chosen ?? buttonsOf(panel)[0])?.focus({ preventScroll: !chosen });
  });
  panel.addEventListener("keydown", (event) => {
    const buttons = buttonsOf(panel),
      at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (!buttons.length || event.altKey || event.ctrlKey || event.metaKey) return;
    let target = buttons[placeAfter(event.key, at, buttons.length)];
    if (!target && event.key.length === 1 && (event.key !== " " || word)) {
      if (event.timeStamp - typed > TYPING) word = "";
      if (event.key === " " && !word) return;
      typed = event.timeStamp;
      word += event.key.toLowerCase();
      target = found(buttons, at, word) ?? buttons[at];
    }
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus();
  });
}

/** @param {HTMLElement} panel */
const buttonsOf = (panel) => /** @type {HTMLButtonElement[]} */ ([...panel.querySelectorAll("button:not([disabled])")]);

/** @param {string} key  @param {number} at  @param {number} count */
function placeAfter(key, at, count) {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
  return by ? (at + by + count) % count : -1;
}

/** The next button with a text that begins with what was typed; one letter again and again goes round.
 * @param {HTMLButtonElement[]} buttons  @param {number} at  @param {string} word */
function found(buttons, at, word) {
  const same = [...word].every((letter) => letter === word[0]);
  const sought = same ? word[0] : word;
  const from = at + (same ? 1 : 0);
  const turned = [...buttons.slice(from), ...buttons.slice(0, from)];
  const texts = (/** @type {HTMLElement} */ button) =>
    [...button.children].map((part) => (part.textContent ?? "").trim().toLowerCase());
  return (
    turned.find((button) => texts(button).some((text) => text.startsWith(sought))) ??
    turned.find((button) => texts(button).some((text) => text.includes(sought)))
  );
}

/** Rows under headings. @template Row  @param {readonly Row[]} rows  @param {(row: Row) => string} groupOf
 * @param {(group: string) => string} heading  @param {(row: Row) => Node} shown */
export function grouped(rows, groupOf, heading, shown) {
  const groups = [...new Set(rows.map(groupOf))];
  return groups.map((group) =>
    make(
      "section",
      { class: "menu-group" },
      make("h2", {}, heading(group)),
      make("div", { class: "menu-rows" }, ...rows.filter((row) => groupOf(row) === group).map(shown)),
    ),
  );
}
