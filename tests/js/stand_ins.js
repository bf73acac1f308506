/** Stand-ins for tests of the player: a clock that is turned by hand, a server that answers when it is told to. */
import { Clock } from "../../static/player/clock.js";

/** A clock whose frames the test makes. */
export function handClock() {
  /** @type {((now: number) => void) | null} */
  let next = null;
  let now = 1000;
  const clock = new Clock(
    (callback) => {
      next = callback;
      return 1;
    },
    () => {
      next = null;
    },
  );
  return {
    clock,
    get running() {
      return next !== null;
    },
    /** @param {number} seconds  @param {number} [rate] frames a second */
    turn(seconds, rate = 60) {
      for (let frame = 0; frame < Math.round(seconds * rate); frame += 1) {
        now += 1000 / rate;
        next?.(now);
      }
    },
  };
}

/** @param {number} index  @returns {Step} */
export const stepAt = (index) => ({ type: "step", index, at: [0, 0, index], output: index });

/** @param {number} start  @param {number} stop  @returns {Step[]} */
export const stepsBetween = (start, stop) => Array.from({ length: stop - start }, (_, place) => stepAt(start + place));

/** A source that keeps a list of what it was asked for and answers when `open` is true. */
export function source({ open = true } = {}) {
  /** @type {{ start: number, stop: number, every: number, signal: AbortSignal }[]} */
  const asked = [];
  const state = {
    asked,
    open,
    broken: false,
    failure: /** @type {Error} */ (new Error("gone")),
    /** @type {(() => void)[]} */ waiting: [],
    /** Let through what waits. */
    answer() {
      for (const go of state.waiting.splice(0)) go();
    },
    /** @type {StepSource} */
    ask: async function* ask(start, stop, every, signal) {
      asked.push({ start, stop, every, signal });
      if (!state.open)
        await new Promise((go) => {
          state.waiting.push(() => go(null));
        });
      if (state.broken) throw state.failure;
      for (let index = start; index < stop; index += every) yield stepAt(index);
    },
  };
  return state;
}

/** An audience that writes down what it is shown. */
export function audience() {
  const seen = {
    /** @type {number[]} */ shown: [],
    /** @type {number[]} */ inspected: [],
    /** @type {number[]} */ awaited: [],
    ends: 0,
    /** @type {Error[]} */ errors: [],
    found: 0,
  };
  return {
    seen,
    audience: {
      show: (/** @type {Step} */ step, /** @type {boolean} */ inspected) => {
        (inspected ? seen.inspected : seen.shown).push(step.index);
      },
      await: (/** @type {number} */ index) => {
        seen.awaited.push(index);
      },
      change() {},
      end() {
        seen.ends += 1;
      },
      fail(/** @type {Error} */ error) {
        seen.errors.push(error);
      },
      found() {
        seen.found += 1;
      },
    },
  };
}

/** Let promises settle. */
export const settled = () =>
  new Promise((go) => {
    setTimeout(go, 5);
  });

/** Wait until something holds, however slow the machine is. @param {() => unknown} holds */
export async function until(holds) {
  for (let turn = 0; turn < 1000 && !holds(); turn += 1) await settled();
}
