/** Writing with an input method: a syllable counts once it is whole. */

/**
 * @param {HTMLElement} node  a field, or what holds fields
 * @param {(event: Event) => void} tell  of what stands there now
 * @param {() => void} [wait]  something is being put together
 */
export function whenWritten(node, tell, wait = () => {}) {
  node.addEventListener("input", (event) => {
    if (!(/** @type {InputEvent} */ (event).isComposing)) tell(event);
  });
  node.addEventListener("compositionstart", wait);
  node.addEventListener("compositionend", tell);
}
