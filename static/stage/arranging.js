/** How the three panes share a stage: beside each other, or below each other. */

/** Heights of a pane's title and legend. */
const TITLE = 28;
const LEGEND = 26;

/** Panes that stand beside each other are never lower than this of themselves, nor wish to be higher than that. */
const LOWEST = 300;
const HIGHEST = 620;
const USUAL = 360;

/** From this height the arithmetic is folded, and leaves its width to the pictures. */
const TALL = 380;

/** A picture higher than so many times its width is drawn smaller. */
const STEEPEST = 1.3;

/**
 * @typedef {object} StageRoom
 * @property {number} width  @property {number | null} height  null: as high as it likes
 * @property {number} screen  what the window leaves  @property {boolean} narrow  panes stand below each other
 */
/**
 * @typedef {object} Wishes
 * @property {number} share  of the arithmetic  @property {number} narrowest  width of folded grids; 0: the share stands
 * @property {number} height  @property {number} steepness  of the pictures, as a share of their width
 * @property {boolean} rows  the arithmetic has several rows
 */
/** @typedef {{ width: number, height: number, free?: boolean }} PaneRoom  free: the written lines do not count */

/**
 * Panes beside each other.
 * @param {StageRoom} room  @param {readonly string[]} views  @param {Wishes} wishes
 */
export function sideBySide({ width, height, screen }, views, { share, narrowest, height: needed, steepness }) {
  const gap = width < 900 ? 10 : 24;
  const across = width - (views.length - 1) * gap;
  const sides = views.filter((name) => name !== "arithmetic").length;
  const wish = Math.round(sides ? across * shareAt(width, share) : across);
  const folds = (height ?? 0) > TALL && sides === 2 && narrowest > 0;
  const middle = views.length > sides ? Math.min(wish, folds ? narrowest : wish) : 0;
  const side = sides ? Math.floor((across - middle) / sides) : 0;
  const pictures = Math.min(HIGHEST, side * Math.min(STEEPEST, steepness) + TITLE + LEGEND + 8);
  const wanted = Math.max(USUAL, needed, pictures);
  const inner = height ?? Math.max(LOWEST, Math.min(wanted, screen));
  const columns = views.map((name) => `${name === "arithmetic" ? middle : side}px`).join(" ");
  return {
    wanted,
    style: `gap:${gap}px;grid-template-columns:${columns};height:${inner}px`,
    /** @type {PaneRoom} */ side: { width: side, height: inner - TITLE - LEGEND },
    /** @type {PaneRoom} */ middle: { width: middle, height: inner - TITLE },
  };
}

/**
 * Panes below each other, in reading order; the pictures share what a phone's screen leaves.
 * @param {StageRoom} room  @param {Wishes} wishes
 */
export function stacked({ width, height, screen }, { rows }) {
  const most = Math.min(width, Math.max(112, ((height ?? screen) - 230 - 2 * TITLE) / 2));
  return {
    style: "",
    /** @type {PaneRoom} */ side: { width, height: most },
    /** @type {PaneRoom} */ middle: { width, height: rows ? 330 : 160, free: true },
  };
}

/** Of a narrower stage the arithmetic takes more. @param {number} width  @param {number} share */
function shareAt(width, share) {
  if (width >= 900) return share;
  return width >= 760 && share >= 0.5 ? share + 0.05 : Math.min(0.45, share + 0.04);
}

/** Height of a picture with its border, as a share of its width. @param {import("./planes.js").Picture} picture */
export function steepnessOf({ shape: [channels, height, width], border }) {
  if (height === 1) return width === 1 && channels > 1 ? 1 : 0.3;
  return (height + border.top + border.bottom) / (width + border.left + border.right);
}
