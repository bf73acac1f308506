/** A slider beside a number: the map follows while it moves, as far as the server says is possible. */
import { make } from "../page/elements.js";
import { said } from "../page/words.js";

/** @typedef {import("./controls.js").Context} Context */
/** @typedef {import("./controls.js").Control} Control */
/** @typedef {{ minimum: number, maximum: number, step: number }} Track */

/** Far enough to see what a number of cells does. */
const FARTHEST = 16;
const STOPS_OF_SLIDER = 100;

/** @param {Setting} parameter  @param {Control} control  @param {import("./controls.js").Change} change
 * @returns {Control} */
export function withSlider(parameter, control, change) {
  const slider = make("input", { type: "range", class: "slider", "aria-label": said(parameter.title, parameter.name) });
  slider.addEventListener("input", () => change(slider.valueAsNumber));
  return {
    nodes: [...control.nodes, slider],
    show: (value, context) => {
      control.show(value, context);
      const track = trackOf(parameter, context);
      slider.hidden = !track;
      if (!track) return;
      for (const [name, number] of Object.entries({ min: track.minimum, max: track.maximum, step: track.step }))
        slider.setAttribute(name, String(number));
      const place = placeOf(value, parameter, context, track);
      if (slider.valueAsNumber !== place) slider.value = String(place);
    },
  };
}

/** From where to where it goes; null where there is nothing to choose.
 * @param {Setting} parameter  @param {Context} context  @returns {Track | null} */
export function trackOf({ kind, minimum, maximum, name }, { limit, range, start }) {
  if (kind === "number") {
    if (minimum !== null && maximum !== null && maximum - minimum <= STOPS_OF_SLIDER)
      return { minimum, maximum, step: maximum - minimum > 1 ? 1 : 1 / STOPS_OF_SLIDER };
    if (minimum !== null || maximum !== null || !range?.length || name in start) return null;
    const [least, most] = [Math.floor(range[0]), Math.ceil(range[1])];
    const step = most - least > STOPS_OF_SLIDER ? 1 : (most - least) / STOPS_OF_SLIDER;
    return most > least ? { minimum: least, maximum: most, step } : null;
  }
  if (limit.maximum === undefined) return null;
  const first = limit.minimum ?? minimum ?? 0,
    least = Math.max(first, -FARTHEST), // zero stands in the middle where numbers lie on both sides of it
    most = Math.min(limit.maximum, (first < 0 ? 0 : least) + FARTHEST);
  return most > least ? { minimum: least, maximum: most, step: 1 } : null;
}

/** Where a value stands on the track: a word such as "same" where its cells do.
 * @param {any} value  @param {Setting} parameter  @param {Context} context  @param {Track} track */
export function placeOf(value, parameter, { start }, track) {
  const numbers = [typeof value === "string" ? null : value, /** @type {any} */ (start)[parameter.name]]
    .map((given) => [given].flat(2)[0])
    .filter((given) => typeof given === "number");
  return Math.max(track.minimum, Math.min(numbers[0] ?? track.minimum, track.maximum));
}
