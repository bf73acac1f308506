/** A figure without a server: unpacks what the page carries, and the file beside it that figures share, and lets its
 * player ask that instead. */

/** Where the player believes it comes from; nothing is ever asked there. */
const HOST = "https://kernelwalk.invalid";
const PLAYER = "kernel-walk.js";
const BORROWED = /^import(\{[^}]*\})from"(?:\.\.?\/)+kernel-walk\.js";/;
const LENT = /export(\{[^}]*\});?\s*$/;

/** @typedef {{ createPolicy(name: string, rules: object): { createScript(text: string): string } }} TrustedTypes */

/** What the page carries is its own; where a browser knows of Trusted Types, no other text becomes a script here. */
const OWN = /** @type {{ trustedTypes?: TrustedTypes }} */ (globalThis).trustedTypes?.createPolicy("kernelwalk", {
  createScript: (/** @type {string} */ text) => text,
});

/** What a page demands of its scripts that is shown by the file beside it. */
const NONCE = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[nonce]"))?.nonce ?? "";

/** @param {string} packed  gzip in base64 */
async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed.trim()), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** Scripts that the page carries, each written into the page when it is wanted: some frames let no others run. */
class Scripts {
  /** @type {Map<string, Promise<unknown>>} */
  #brought = new Map();
  /** What each has made for others. @type {Map<string, (made: unknown) => void>} */
  #made = new Map();

  /** @param {Record<string, string>} texts */
  constructor(texts) {
    this.texts = texts;
  }

  /** @param {string} name  @returns {Promise<any>} what it exports */
  bring(name) {
    const brought = this.#brought.get(name) ?? this.#begin(name);
    this.#brought.set(name, brought);
    return brought;
  }

  /** @param {string} name */
  async #begin(name) {
    const text = this.texts[name];
    if (text === undefined) throw new Error(name);
    if (BORROWED.test(text)) await this.bring(PLAYER);
    return new Promise((resolve) => {
      this.#made.set(name, resolve);
      const script = document.createElement("script");
      script.type = "module";
      script.nonce = NONCE;
      const body = written(name, text);
      script.text = OWN?.createScript(body) ?? body;
      document.head.append(script);
    });
  }

  /** @param {string} name  @param {unknown} exported */
  made(name, exported) {
    if (name === PLAYER) Object.assign(globalThis, { kernelwalkPlayer: exported });
    this.#made.get(name)?.(exported);
  }
}

/** A module without addresses: what it borrows is there, and what it exports is handed over. @param {string} name
 * @param {string} text */
function written(name, text) {
  const [, exported = "{}"] = LENT.exec(text) ?? [];
  const body = text.replace(LENT, "").replace(BORROWED, "const$1=kernelwalkPlayer;");
  return `${body};kernelwalkMade(${JSON.stringify(name)},${exported})`;
}

/** @param {import("./answers.js").Carried} carried  @param {Answering} Kind */
async function open(carried, Kind) {
  const answers = new Kind(carried);
  const beyond = fetch;
  const scripts = new Scripts(carried.scripts);
  Object.assign(globalThis, {
    /** @param {string} address  @param {RequestInit} [init] */
    fetch: async (address, init = {}) =>
      `${address}`.startsWith(HOST)
        ? answers.respond(init.method ?? "GET", new URL(address), /** @type {string | undefined} */ (init.body))
        : beyond(address, init),
    /** Instead of import(): scripts that come late are here already. @param {string} wanted */
    kernelwalkBring: (wanted) => scripts.bring(wanted.slice(`${HOST}/static/`.length)),
    /** @param {string} name  @param {unknown} exported */
    kernelwalkMade: (name, exported) => scripts.made(name, exported),
  });
  await scripts.bring(PLAYER);
}

/** The page's own, and that of the file that figures share. */
const CARRIED = [
  document.querySelector("script.figure")?.textContent ?? "",
  /** @type {any} */ (globalThis).kernelwalkShared ?? [],
].flat();

/** @typedef {new (carried: import("./answers.js").Carried) => import("./answers.js").Answers} Answering */

/** @param {Answering} Kind  what answers the player */
export const showFigure = (Kind) =>
  Promise.all(CARRIED.map(unpacked)).then(
    (parts) => open(Object.assign({}, ...parts), Kind),
    () => {
      /** @type {HTMLElement} */ (document.querySelector(".unopened")).hidden = false;
    },
  );
