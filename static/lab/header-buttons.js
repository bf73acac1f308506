/** Buttons beside the scene line that change how the walk is shown. */

/** @typedef {import("../kernel-walk.js").KernelWalk} KernelWalk */
/** @typedef {() => import("../page/address.js").State} Read */

/**
 * Opens the share menu, which comes when it is asked for.
 * @param {HTMLButtonElement} button  @param {string} address  of its script
 * @param {KernelWalk} walk  @param {Read} state  @param {() => void} changed
 */
export function shareButton(button, address, walk, state, changed) {
  /** @type {Promise<import("./share.js").Share> | null} */
  let coming = null;
  button.addEventListener("click", () => {
    coming ??= import(address).then(({ Share }) => new Share(button, walk, state, changed));
    coming.then(
      (share) => share.open(),
      () => {
        coming = null; // the next click tries again
      },
    );
  });
}

/**
 * Puts the scene as it is now beside what becomes of it, and takes it away again.
 * @param {HTMLButtonElement} button  @param {KernelWalk} walk  @param {() => void} changed
 */
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

/**
 * Shows the walk to a hall: full screen in large type, with the keys of a presenter's clicker.
 * @param {HTMLButtonElement} button  @param {KernelWalk} walk
 */
export function presentButton(button, walk) {
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () => {
    button.blur(); // what is pressed next belongs to the walk
    walk.dispatchEvent(new KeyboardEvent("keydown", { key: "f", code: "KeyF", cancelable: true }));
  });
}
