/** The button that puts the scene as it is now beside what becomes of it, and takes it away again. */

/** @param {HTMLButtonElement} button  @param {import("../kernel-walk.js").KernelWalk} walk
 * @param {() => void} changed */
export function compareButton(button, walk, changed) {
  const tell = () => button.setAttribute("aria-pressed", String(walk.hasAttribute("compare")));
  button.addEventListener("click", () => {
    if (walk.hasAttribute("compare")) walk.removeAttribute("compare");
    else walk.setAttribute("compare", walk.opening?.line ?? "");
    tell();
    changed();
  });
  tell();
}
