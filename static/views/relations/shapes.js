/** Making SVG in one line. */
const SPACE = "http://www.w3.org/2000/svg";

/** @param {string} tag  @param {Record<string, string | number>} [attributes]  @param {(Node | string)[]} children
 * @returns {SVGElement} */
export function drawn(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}
