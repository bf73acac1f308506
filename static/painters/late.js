/** Painters of the kinds of step that come later than the first scene. */
import { pointwise } from "./pointwise.js";
import { rearrange } from "./rearrange.js";
import { scatter } from "./scatter.js";

/** @type {Record<string, Painter>} */
export const LATE = { pointwise, rearrange, scatter };
