/** Where a window stands along an axis, and which windows reach a place. */

/**
 * Output rows (or columns) whose window touches an input row.
 * @param {number} input  @param {number} size
 * @param {{ kernel: number, stride: number, before: number, spacing: number }} slide
 */
export function outputsTouching(input, size, { kernel, stride, before, spacing }) {
  const touching = [];
  const first = Math.max(0, Math.ceil((input + before - (kernel - 1) * spacing) / stride));
  for (let output = first; output < size && output * stride <= input + before; output += 1) {
    const place = (input + before - output * stride) / spacing;
    if (Number.isInteger(place)) touching.push(output);
  }
  return touching;
}

/** @param {StartLine} start  @param {0 | 1} axis */
export function slideOf(
  {
    kernel_size = [1, 1],
    stride = [1, 1],
    padding = [
      [0, 0],
      [0, 0],
    ],
    dilation = [1, 1],
  },
  axis,
) {
  return { kernel: kernel_size[axis], stride: stride[axis], before: padding[axis][0], spacing: dilation[axis] };
}
