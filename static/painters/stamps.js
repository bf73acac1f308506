/** What a step of a scatter stamps, and where. */

/**
 * Planes a step stamps, and the kernel of each; backward pooling and fold spread values that have no kernel.
 * @param {Model} model  @param {Step} step  @returns {{ plane: number, kernel: number[][] | null }[]}
 */
export function stampsOf({ start }, step) {
  const { input_shape, output_shape, groups = 1 } = start;
  const weight = /** @type {number[][][][] | null} */ (start.weight ?? null);
  if (!weight) {
    const every = step.products?.length === output_shape[0];
    return every
      ? output_shape
          .slice(0, 1)
          .flatMap((count) => Array.from({ length: count }, (_, plane) => ({ plane, kernel: null })))
      : [{ plane: step.at[0], kernel: null }];
  }
  const [inner, outer] = [input_shape[0] / groups, output_shape[0] / groups];
  const group = Math.floor(step.at[0] / inner);
  return Array.from({ length: outer }, (_, place) => ({
    plane: group * outer + place,
    kernel: weight[step.at[0]][place],
  }));
}
