/** One setting of the form: its label and control, what it may be, and what is wrong with what is written. */
import { _, said } from "../page/words.js";
import { endOf } from "./controls.js";

/** @typedef {{ root: HTMLElement, control: import("./controls.js").Control, complaint: HTMLElement }} Field */

/** @param {Field | null} field  @param {string} sentence */
export function complain(field, sentence) {
  if (!field) return sentence;
  field.complaint.textContent = sentence;
  field.complaint.hidden = !sentence;
  for (const node of field.control.nodes) {
    if (!node.matches("input:not([type=range]), select")) continue;
    if (sentence) node.setAttribute("aria-invalid", "true");
    else node.removeAttribute("aria-invalid");
  }
  return sentence;
}

/** @param {Layer} layer  @param {string} name  @returns {Limit} */
export function limitOf(layer, name) {
  return /** @type {any} */ (layer.limits)?.[name] ?? {};
}

/** Why what is written cannot be, when it is beyond what the other settings leave. @param {Field | null} field
 * @param {Limit} limit */
export function outside(field, limit) {
  const inputs = (field?.control.nodes ?? []).filter((node) => node.matches("input:not([type=range])") && !node.hidden);
  const wrong = /** @type {HTMLInputElement[]} */ (inputs).find(
    ({ validity }) => validity.rangeOverflow || validity.rangeUnderflow,
  );
  if (!wrong) return "";
  const { why } = inputs.length > 1 ? endOf(limit, inputs.indexOf(wrong)) : limit;
  if (wrong.validity.rangeOverflow && why) return `${said(why)}.`;
  return wrong.validity.rangeOverflow
    ? _("At most {maximum}.", { maximum: wrong.max })
    : _("At least {minimum}.", { minimum: wrong.min });
}

/** @param {Opening} opening  @param {Layer} layer  @param {string} name  @returns {import("./controls.js").Context} */
export const context = ({ start, input }, layer, name) => ({
  layer,
  start,
  limit: limitOf(layer, name),
  range: input.range,
});

/** Settings that only a layer by its sizes has. */
export const WITH_SIZES = ["kernel_size", "seed"];

/** A layer is told by its weight or by its sizes: one takes the place of the other.
 * @param {Opening} opening  @param {Record<string, unknown>} settings  @returns {Record<string, unknown>} */
export function insteadOf({ layers, layer, start }, settings) {
  const written = layers[layer].arguments;
  if (!("out" in settings) || written.weight === undefined) return {};
  if (settings.out !== undefined) return { weight: undefined, kernel_size: written.kernel_size ?? start.kernel_size };
  return { ...Object.fromEntries(WITH_SIZES.map((name) => [name, undefined])), weight: start.weight };
}
