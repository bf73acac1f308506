/** The element itself on a page of the tests, and a server that tells it scenes. */
import "./dom.js";
import "./sheets.js";
import { lined } from "./scenes.js";
import { settled } from "./stand_ins.js";

const DEFINED = new Map();
Object.assign(globalThis, {
  customElements: {
    get: (/** @type {string} */ name) => DEFINED.get(name),
    define: (/** @type {string} */ name, /** @type {any} */ made) => DEFINED.set(name, made),
  },
});
Object.defineProperty(globalThis, "navigator", { value: { language: "en" }, configurable: true });

const { define, KernelWalk } = await import("../../static/kernel-walk.js");

export { DEFINED, define };

/** A server of scenes of two layers and twelve steps. */
export function sceneServer() {
  const state = {
    ...{ asked: /** @type {any[]} */ ([]), refusal: /** @type {object | null} */ (null), silent: false },
    opened: (/** @type {any} */ opening) => opening,
  };
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address, /** @type {any} */ init = {}) => {
      if (state.silent) throw new TypeError("no network");
      if (address.includes("/words/")) return Response.json({});
      const { pathname, searchParams } = new URL(address);
      const numbers = (/** @type {string} */ name) =>
        searchParams.has(name) ? { [name]: Number(searchParams.get(name)) } : {};
      const inAddress = { scene: searchParams.get("scene"), ...numbers("layer"), ...numbers("step") };
      const told = { path: pathname, ...(init.body ? JSON.parse(init.body) : inAddress) };
      state.asked.push(told);
      if (state.refusal) return Response.json(state.refusal, { status: 422 });
      return Response.json(await state.opened(openingOf(told.scene, told)));
    }
  );
  return state;
}

/** @param {string} line  @param {{ layer?: number, step?: number }} [place] */
export function openingOf(line, { layer = 0, step = 0 } = {}) {
  const opening = lined(line);
  return { ...opening, layer, step, layers: [opening.layers[0], opening.layers[0]] };
}

const { createElement } = document;

/** Elements that scripts make are upgraded and connected at once, as in a page that knows them. */
document.createElement = /** @type {any} */ (
  (/** @type {string} */ tag) => {
    if (tag !== "kernel-walk") return createElement.call(document, tag);
    const made = /** @type {any} */ (new KernelWalk());
    const { setAttribute } = made;
    made.localName = tag;
    made.box = { left: 0, top: 0, width: 450, height: 300 };
    made.setAttribute = (/** @type {string} */ name, /** @type {string} */ value) => {
      const before = made.getAttribute(name);
      setAttribute.call(made, name, value);
      if (KernelWalk.observedAttributes.includes(name)) made.attributeChangedCallback(name, before, String(value));
    };
    made.connectedCallback();
    return made;
  }
);

const HEARD = ["ready", "scene", "step", "inspect", "play", "pause", "end", "error", "leave"];

/** An element with these attributes that has been put into the page. @param {Record<string, string>} [attributes]
 * @param {{ opening?: any, server?: string }} [given] */
export async function element(attributes = {}, { opening = null, server = "http://there.example" } = {}) {
  const made = /** @type {any} */ (new KernelWalk());
  made.localName = "kernel-walk";
  made.box = { left: 0, top: 0, width: 900, height: 440 };
  const heard = /** @type {any[]} */ ([]);
  for (const kind of HEARD)
    made.addEventListener(kind, (/** @type {any} */ { detail }) =>
      heard.push([kind, detail?.index ?? detail?.line ?? detail]),
    );
  const set = async (/** @type {string} */ name, /** @type {string | null} */ value) => {
    const before = made.getAttribute(name);
    if (value === null) made.removeAttribute(name);
    else made.setAttribute(name, value);
    made.attributeChangedCallback(name, before, value);
    await settled();
  };
  for (const [name, value] of Object.entries({ server, ...attributes })) await set(name, value);
  if (opening) {
    const data = Object.assign(document.createElement("script"), { className: "opening" });
    data.textContent = JSON.stringify(opening);
    made.append(data);
  }
  document.body.replaceChildren(made);
  made.connectedCallback();
  await settled();
  const find = (/** @type {string} */ selector) => made.shadowRoot.querySelector(selector);
  const notice = () => (find(".notice").hidden ? "" : find(".notice").textContent);
  const kinds = () => heard.map(([kind]) => kind);
  return { made, heard, kinds, set, find, notice };
}
