/** Selectors: tags, classes, names, attributes, :focus, :not(), and one inside the other, or right inside it. */

/** One compound selector, or several with spaces between. @returns {boolean} */
export function fits(node, selector) {
  const parts = selector.split(/\s+/);
  const last = parts.pop();
  if (!fitsOne(node, last)) return false;
  let above = node.parentNode;
  for (let place = parts.length - 1; place >= 0; place -= 1) {
    const close = parts[place] === ">";
    if (close) place -= 1;
    const part = parts[place];
    while (!close && above?.classList && !fitsOne(above, part)) above = above.parentNode;
    if (!above?.classList || !fitsOne(above, part)) return false;
    above = above.parentNode;
  }
  return true;
}

function fitsOne(node, selector) {
  const pieces = selector.match(/^[a-z*][\w-]*|\.[\w-]+|#[\w-]+|\[[^\]]+\]|:not\([^)]*\)|:focus/gi) ?? [];
  return pieces.every((piece) => {
    if (piece.startsWith(".")) return node.classList.contains(piece.slice(1));
    if (piece.startsWith("#")) return node.id === piece.slice(1);
    if (piece === ":focus") return document.activeElement === node;
    if (piece.startsWith(":not(")) return !fitsOne(node, piece.slice(5, -1));
    if (!piece.startsWith("[")) return piece === "*" || node.localName === piece;
    const [, name, value] = /^\[([\w-]+)(?:=["']?([^"'\]]*)["']?)?\]$/.exec(piece) ?? [];
    return value === undefined ? node.hasAttribute(name) : node.getAttribute(name) === value;
  });
}
