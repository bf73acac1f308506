/** Colour scales: grey for pictures, one diverging scale with white (dark: black) at zero for signed numbers. */

/**
 * Stops of the diverging scales from -1 to 1: negative is cool and positive is warm in both themes. Those on paper are
 *   those of app/wire/colours.py.
 */
const LIGHT_STOPS = [
  [-1, 0x3b, 0x4c, 0xc0],
  [-0.6, 0x70, 0x93, 0xf3],
  [-0.25, 0xbf, 0xd2, 0xfb],
  [0, 0xff, 0xff, 0xff],
  [0.25, 0xf8, 0xc9, 0xb4],
  [0.6, 0xe8, 0x76, 0x5c],
  [1, 0xb4, 0x04, 0x26],
];
const DARK_STOPS = [
  [-1, 0x81, 0xe7, 0xff],
  [-0.6, 0x45, 0x84, 0xc4],
  [-0.25, 0x21, 0x33, 0x6a],
  [0, 0x00, 0x00, 0x00],
  [0.25, 0x5a, 0x22, 0x2c],
  [0.6, 0xb8, 0x62, 0x40],
  [1, 0xff, 0xcf, 0x67],
];
const GREY_STOPS = [
  [-1, 0, 0, 0],
  [1, 255, 255, 255],
];

/** Under digits a picture is paler, or in the dark dimmer: one ink reads on all of it. Tables of numbers stay paper. */
const PALE_STOPS = [
  [-1, 0xb4, 0xb4, 0xb4],
  [1, 255, 255, 255],
];
const DIM_STOPS = [
  [-1, 0x1a, 0x1d, 0x22],
  [1, 0x66, 0x6a, 0x70],
];
const PAPER_STOPS = [
  [-1, 255, 255, 255],
  [1, 0xcd, 0xd5, 0xe2],
];
const NIGHT_STOPS = [
  [-1, 0x14, 0x17, 0x1c],
  [1, 0x48, 0x52, 0x62],
];

/** Of what is read rather than looked at: on paper, and in the dark. @type {Record<string, number[][][]>} */
const UNSIGNED = { table: [PAPER_STOPS, NIGHT_STOPS], read: [PALE_STOPS, DIM_STOPS] };

/** Colours of kernels and products stay this far from the ends of their scale, so that their digits read well. */
export const SOFT = 1.7;

/** Odd, so that zero has an entry of its own. */
const ENTRIES = 257;

/**
 * @typedef {{ pixels: Uint32Array, colours: string[], inks: string[] }} Table  colours from one end of a scale to the
 *   other; as text, and what is written on them, from when they are first asked for
 */

/** @type {Map<number[][], Table>} */
const TABLES = new Map();

/** @param {number[][]} stops  @returns {Table} */
function tableOf(stops) {
  let table = TABLES.get(stops);
  if (!table) {
    const pixels = Uint32Array.from({ length: ENTRIES }, (_, entry) => pixelAt(stops, (2 * entry) / (ENTRIES - 1) - 1));
    table = { pixels, colours: [], inks: [] };
    TABLES.set(stops, table);
  }
  return table;
}

/** @param {Table} table  @param {number} entry */
function cssOf({ pixels, colours }, entry) {
  colours[entry] ??= `rgb(${bandsOf(pixels[entry]).join(" ")})`;
  return colours[entry];
}

/** Values to colours, fixed for as long as the scene is. */
export class Scale {
  /** @param {number} low  @param {number} high  @param {number[][]} stops  @param {boolean} clipped */
  constructor(low, high, stops, clipped = false) {
    this.low = low;
    this.high = high;
    this.signed = stops.length > 2;
    this.clipped = clipped;
    this.factor = (ENTRIES - 1) / (high / 2 - low / 2); // halves, whose difference overflows at no float
    const { pixels, colours, inks } = tableOf(stops);
    this.pixels = pixels;
    this.colours = colours;
    this.inks = inks;
  }

  /** @param {number} value */
  entry(value) {
    const place = (value / 2 - this.low / 2) * this.factor;
    return place <= 0 ? 0 : place >= ENTRIES - 1 ? ENTRIES - 1 : (place + 0.5) | 0;
  }

  /** One opaque pixel, little endian RGBA; what is no number stays transparent. @param {number | null} value */
  pixel(value) {
    return value === null || Number.isNaN(value) ? 0 : this.pixels[this.entry(value)];
  }

  /** @param {number | null} value */
  colour(value) {
    return value === null || Number.isNaN(value) ? "transparent" : cssOf(this, this.entry(value));
  }

  /** Black or white, whichever reads better on the value's colour. @param {number} value */
  ink(value) {
    const entry = this.entry(value);
    this.inks[entry] ??= luminance(...bandsOf(this.pixels[entry])) > 0.179 ? "#000" : "#fff";
    return this.inks[entry];
  }

  /** The scale as a CSS gradient, for its legend. */
  gradient() {
    const places = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
    const stops = places.map((place) => cssOf(this, Math.round(place * (ENTRIES - 1))));
    return `linear-gradient(90deg, ${stops.join(", ")})`;
  }
}

/** Symmetric about zero. @param {number} reach  @param {boolean} dark */
export function divergingScale(reach, dark) {
  const size = reach > 0 ? Math.min(reach, Number.MAX_VALUE) : 1;
  return new Scale(-size, size, dark ? DARK_STOPS : LIGHT_STOPS);
}

/**
 * A kernel's scale: the same wherever its weights are shown.
 * @param {readonly number[]} weights  @param {boolean} dark
 */
export function kernelScale(weights, dark) {
  return divergingScale(weights.reduce((reach, weight) => Math.max(reach, Math.abs(weight)), 0) * SOFT, dark);
}

/**
 * The scale of a whole array: signed numbers diverge, pictures keep 0..255, other numbers run from zero to their
 *   largest.
 * @param {readonly number[]} range  @param {"picture" | "map" | "table" | "read"} look  read: a picture under digits
 * @param {boolean} dark
 */
export function scaleOf(range, look, dark) {
  const [low, high] = range;
  if (low < 0) return divergingScale(Math.max(-low, high) * (look === "read" ? SOFT : 1), dark);
  const top = (look === "picture" || look === "read") && high <= 255 && high > 32 ? 255 : high;
  return new Scale(0, top > 0 ? top : 1, (UNSIGNED[look] ?? [GREY_STOPS, GREY_STOPS])[dark ? 1 : 0]);
}

/** @param {number[][]} stops  @param {number} place  @returns {number} */
function pixelAt(stops, place) {
  let next = 1;
  while (stops[next][0] < place) next += 1;
  const [before, after] = [stops[next - 1], stops[next]];
  const share = (place - before[0]) / (after[0] - before[0]);
  let pixel = 255;
  for (let band = 3; band; band -= 1)
    pixel = (pixel << 8) | Math.round(before[band] + share * (after[band] - before[band]));
  return pixel;
}

/** Red, green and blue. @param {number} pixel */
const bandsOf = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];

/** WCAG relative luminance. @param {number[]} bands */
function luminance(...bands) {
  const [red, green, blue] = bands.map((band) => {
    const share = band / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
