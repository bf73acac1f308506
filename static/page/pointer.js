/** Where a pointer is in an element's own pixels, on pages that show the element larger or smaller than it is. */

/**
 * How much larger an element is shown than it is laid out: slides are scaled, pages are zoomed.
 * @param {HTMLElement} node
 */
export function magnification(node) {
  const { width } = node.getBoundingClientRect();
  return width / node.offsetWidth || 1;
}

/** @param {HTMLElement} node  @param {{ clientX: number, clientY: number }} event */
export function pointIn(node, { clientX, clientY }) {
  const { left, top, width, height } = node.getBoundingClientRect();
  return {
    x: (clientX - left) * (node.offsetWidth / width || 1),
    y: (clientY - top) * (node.offsetHeight / height || 1),
  };
}
