/** The element's colours as a canvas needs them: whatever the custom properties come to on this page, in this theme. */

const ROLES = /** @type {const} */ (["paper", "text", "quiet", "line", "input", "kernel", "output"]);

/** A hidden element whose children wear the roles' colours. */
export function makeProbe() {
  const probe = document.createElement("div");
  probe.className = "probe";
  probe.hidden = true;
  for (const role of ROLES) {
    const swatch = document.createElement("i");
    swatch.style.color = `var(--${role})`;
    probe.append(swatch);
  }
  return probe;
}

/** Never drawn sharper than this many device pixels a CSS pixel, unless the screen itself is. */
const SHARPEST = 4;

/** Device pixels a CSS pixel, where an element is shown larger than it is. @param {number} scale */
export function sharpness(scale) {
  const ratio = globalThis.devicePixelRatio || 1;
  return Math.max(ratio, Math.min(SHARPEST, ratio * scale));
}

/** @param {HTMLElement} probe  @returns {Omit<Palette, "ratio">} */
export function readPalette(probe) {
  const colours = Object.fromEntries(ROLES.map((role, place) => [role, getComputedStyle(probe.children[place]).color]));
  const style = getComputedStyle(probe);
  return /** @type {Omit<Palette, "ratio">} */ ({
    ...colours,
    dark: brightness(colours.paper) < 0.5,
    sans: style.fontFamily,
    mono: style.getPropertyValue("--mono").trim() || "monospace",
  });
}

/** @param {string} colour  as computed: rgb(…) or color(srgb …) */
function brightness(colour) {
  const [red, green, blue] = (colour.match(/[\d.]+/g) ?? ["255", "255", "255"]).map(Number);
  return (red + green + blue) / 3 / (colour.startsWith("color") ? 1 : 255);
}
