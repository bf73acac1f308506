/** Why a view has nothing to show: what the server said, or that it said nothing. */

/** @param {unknown} error  @param {import("../words/language.js").Say} _ */
export function reasonOf(error, _) {
  return /** @type {Error} */ (error).message || _("The server does not answer.");
}
