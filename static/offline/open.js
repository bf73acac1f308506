/** A figure in one file: unpacks what the page carries, and lets its player ask that instead of a server. */
import { Answers } from "./answers.js";

/** Where the player believes it comes from; nothing is ever asked there. */
const HOST = "https://kernelwalk.invalid";
const PLAYER = "kernel-walk.js";
const BORROWED = /from"(?:\.\.?\/)+kernel-walk\.js"/;

/** @param {string} packed  gzip in base64 */
async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed.trim()), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** @param {string} text  of a script */
const addressOfScript = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));

/** @param {import("./answers.js").Carried} carried */
async function open(carried) {
  const [answers, beyond, player] = [new Answers(carried), fetch, addressOfScript(carried.scripts[PLAYER])];
  /** @type {Map<string, string>} */
  const addresses = new Map();
  Object.assign(globalThis, {
    /** @param {string} address  @param {RequestInit} [init] */
    fetch: async (address, init = {}) =>
      `${address}`.startsWith(HOST)
        ? answers.respond(init.method ?? "GET", new URL(address), /** @type {string | undefined} */ (init.body))
        : beyond(address, init),
    /** Instead of import(): scripts that come late are here already. @param {string} wanted */
    kernelwalkBring: (wanted) => {
      const name = wanted.slice(`${HOST}/static/`.length);
      const text = carried.scripts[name];
      if (text === undefined) return Promise.reject(new Error(name));
      const address = addresses.get(name) ?? addressOfScript(text.replace(BORROWED, `from"${player}"`));
      addresses.set(name, address);
      return import(address);
    },
  });
  await start(player);
}

/** @param {string} address */
const start = (address) => import(address);

unpacked(document.querySelector("script.figure")?.textContent ?? "").then(open, () => {
  const note = /** @type {HTMLElement} */ (document.querySelector(".unopened"));
  note.hidden = false;
});
