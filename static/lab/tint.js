/** The colours of a kernel's numbers, the same as on the stage, in both themes. */
import { kernelScale } from "../drawing/scale.js";

/**
 * @param {readonly number[]} weights  of the whole kernel
 * @returns {(value: number) => { background: string, color: string }}
 */
export function tintOf(weights) {
  const [light, dark] = [false, true].map((night) => kernelScale(weights, night));
  return (value) => ({
    background: `light-dark(${light.colour(value)}, ${dark.colour(value)})`,
    color: `light-dark(${light.ink(value)}, ${dark.ink(value)})`,
  });
}
