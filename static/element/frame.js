/** An embedded player and the page around it: commands in, events and the wanted height out, by postMessage. */
import { COMMANDS, EVENTS } from "../words/vocabulary.js";

const TYPE = "kernelwalk";

/**
 * A command in its one shape, or null.
 * @param {unknown} data  @returns {{ command: string, value: unknown } | null}
 */
export function commandIn(data) {
  if (typeof data !== "object" || data === null) return null;
  const { type, command, value = null } = /** @type {Record<string, unknown>} */ (data);
  if (type !== TYPE || typeof command !== "string" || !COMMANDS.includes(command)) return null;
  const fits =
    command === "seek" || command === "speed" || command === "layer"
      ? Number.isFinite(value)
      : command === "theme" || command === "lang"
        ? typeof value === "string"
        : command === "show"
          ? typeof value === "string" || (typeof value === "object" && value !== null)
          : true;
  return fits ? { command, value } : null;
}

/** The origin of the page around this one, as far as the browser tells; "" when it does not. @param {Window} view */
function originAround(view) {
  const [ancestor] = view.location.ancestorOrigins ?? [];
  if (ancestor) return ancestor;
  const { referrer } = view.document;
  return referrer ? new URL(referrer).origin : "";
}

/**
 * @typedef {HTMLElement & { speed: number, layer: number, seek(index: number): void, show(scene: unknown):
 *   Promise<unknown>,
 *            play(): void, pause(): void, stepForward(): void, stepBack(): void, opening: Opening | null }} Walk */

/** @param {Walk} walk  @param {string} command  @param {unknown} value */
function obey(walk, command, value) {
  if (command === "seek") walk.seek(Number(value));
  else if (command === "speed" || command === "layer") walk[command] = Number(value);
  else if (command === "show") walk.show(value).catch(() => {});
  else if (command === "theme" || command === "lang") walk.setAttribute(command, String(value));
  else if (command === "play" || command === "pause" || command === "stepForward" || command === "stepBack")
    walk[command]();
}

/** The first player of a framed page speaks for it. */
let taken = false;

/** What reveal.js tells the frame of a slide that is shown, or left. */
const SLIDES = /** @type {Record<string, (walk: Walk) => void>} */ ({
  "slide:start": (walk) => {
    if (!walk.hasAttribute("autoplay") || !walk.opening) return;
    walk.seek(walk.opening.step);
    walk.play();
  },
  "slide:stop": (walk) => walk.pause(),
});

/**
 * @typedef {object} Around  the page around a frame
 * @property {(pixels: number) => void} height
 * @property {(key: string, way: "next" | "prev") => void} leave  in its own words, and in those of reveal.js
 * @property {() => void} close
 */

/**
 * @param {Walk} walk
 * @returns {Around | null}
 */
export function joinFrame(walk) {
  if (taken || window.parent === window) return null;
  taken = true;
  const around = originAround(window);
  const opaque = !around.startsWith("http"); // a page from disk, or a sandbox: its messages say the origin "null"
  const post = (/** @type {unknown} */ message) => window.parent.postMessage(message, opaque ? "*" : around);
  const say = (/** @type {Record<string, unknown>} */ message) => post({ type: TYPE, ...message });
  const hear = (/** @type {MessageEvent} */ message) => {
    if (message.source !== window.parent || (!opaque && message.origin !== around)) return;
    if (Object.hasOwn(SLIDES, message.data)) return SLIDES[message.data](walk);
    const heard = commandIn(message.data);
    if (heard) obey(walk, heard.command, heard.value);
  };
  const tell = (/** @type {Event} */ event) =>
    say({ event: event.type, detail: told(/** @type {CustomEvent} */ (event).detail) });
  window.addEventListener("message", hear);
  for (const name of EVENTS) walk.addEventListener(name, tell);
  return {
    height: (pixels) => say({ event: "height", height: Math.ceil(pixels) }),
    leave(key, way) {
      say({ event: "leave", key });
      post(JSON.stringify({ method: way }));
    },
    close() {
      taken = false;
      window.removeEventListener("message", hear);
      for (const name of EVENTS) walk.removeEventListener(name, tell);
    },
  };
}

/** What leaves the frame: numbers and names, no pictures. @param {any} detail */
function told(detail) {
  if (!detail) return null;
  const { index, at, output, activated, line, layer, message, start } = detail;
  return { index, at, output, activated, line, layer, message, steps: start?.steps };
}
