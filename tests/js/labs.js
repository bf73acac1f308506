/** The lab's page with a walk that stands still, and a server that knows a few operations. */
import { happen, leave } from "./dom.js";
import { PageEvent } from "./events.js";
import { convolution, viewed } from "./scenes.js";
import { settled } from "./stand_ins.js";

const OPERATIONS = ["conv2d", "relu", "flip"].map((name) => ({
  name,
  title: { en: name.toUpperCase() },
  group: "basics",
  family: "",
  picture: null,
  neutral: name === "flip",
  parameters: [],
}));

/** What the server tells of a scene, as a line or as JSON. @param {any} scene  @param {number} layer
 * @param {number} [step] */
export function openingOf(scene, layer = 0, step = 0) {
  const parts = typeof scene === "string" ? scene.split(" | ") : null;
  const json = parts
    ? { input: { source: parts[0] }, layers: parts.slice(1).map((operation) => ({ operation })) }
    : scene;
  const { opening } = convolution();
  const line = [json.input.source, ...json.layers.map((/** @type {any} */ { operation }) => operation)].join(" | ");
  const layers = json.layers.map((/** @type {any} */ { operation }) => ({
    operation,
    title: { en: operation.toUpperCase() },
    arguments: {},
    input_shape: [1, 4, 5],
    output_shape: [1, 3, 4],
    limits: {},
    parameters: 0,
    multiply_adds: 0,
    receptive_field: [1, 1],
  }));
  return { ...opening, line, layer, step, scene: json, layers };
}

/** A server that refuses what its `refused` says. */
function server() {
  const state = {
    refused: /** @type {((scene: any) => object | null)} */ (() => null),
    asked: /** @type {any[]} */ ([]),
    additions: /** @type {(string | null)[]} */ ([]),
    silent: false,
  };
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address, /** @type {any} */ init = {}) => {
      const path = new URL(address).pathname;
      if (state.silent) throw new TypeError("no network");
      if (path.endsWith("operations")) return Response.json(OPERATIONS);
      if (path.endsWith("kernels") || path.endsWith("samples")) return Response.json({ kernels: [], samples: [] });
      if (!/(opening|additions)$/.test(path)) return Response.json({ detail: "not now" }, { status: 503 });
      const told = JSON.parse(init.body);
      state.asked.push(told);
      if (path.endsWith("additions")) return Response.json({ refusals: state.additions });
      const refusal = state.refused(told.scene);
      return refusal
        ? Response.json(refusal, { status: 422 })
        : Response.json(openingOf(told.scene, told.layer, told.step ?? 0));
    }
  );
  return state;
}

/** As much of <kernel-walk> as the lab around it needs. @param {any} opening */
function walkOf(opening) {
  const walk = /** @type {any} */ (document.createElement("kernel-walk"));
  const done = /** @type {any[]} */ ([]);
  let walked = opening;
  Object.defineProperty(walk, "opening", {
    get: () => walked,
    set(next) {
      walked = next;
      walk.step = next.step;
      walk.dispatchEvent(new PageEvent("scene", { detail: next }));
    },
  });
  const scene = convolution();
  Object.defineProperty(walk, "pictured", { get: () => ({ ...viewed(scene), opening: walked }) });
  const say =
    (/** @type {string} */ name) =>
    (/** @type {any[]} */ ...words) =>
      void done.push([name, ...words]);
  return Object.assign(walk, {
    id: "walk",
    done,
    server: "http://here.example",
    step: opening?.step ?? 0,
    steps: 12,
    playing: false,
    play: say("play"),
    pause: say("pause"),
    seek: say("seek"),
    look() {},
    probe() {},
  });
}

let labs = 0;

/** A lab that has been started.
 * @param {{ line?: string, query?: string, refusal?: string, silent?: boolean }} [page] */
export async function lab({ line = "cat | conv2d | relu", query = "", refusal = "", silent = false } = {}) {
  leave();
  const told = Object.assign(server(), { silent });
  const part = (/** @type {string} */ tag, /** @type {string} */ id) =>
    Object.assign(document.createElement(tag), { id });
  const walk = walkOf(line ? openingOf(line) : null);
  const [form, error] = [part("form", "scene-form"), part("p", "scene-error")];
  const field = /** @type {any} */ (part("input", "scene-line"));
  field.value = new URLSearchParams(query).get("scene") ?? line;
  error.hidden = !refusal;
  error.append(refusal);
  form.append(field, error);
  /** @type {any} */ (form).elements = { namedItem: () => field };
  /** @type {any} */ (form).requestSubmit = () => form.dispatchEvent(new PageEvent("submit"));
  const buttons = ["theme", "compare", "present", "share", "keys"].map((id) => part("button", id));
  const gallery = Object.assign(document.createElement("a"), { className: "to-gallery", href: "/gallery" });
  const korean = document.createElement("a");
  korean.dataset.lang = "ko";
  const rooms = [part("ol", "chips"), part("section", "settings"), part("section", "views")];
  document.body.className = "";
  document.body.replaceChildren(gallery, korean, ...buttons, form, ...rooms, walk);
  const went = /** @type {string[][]} */ ([]);
  const go =
    (/** @type {string} */ how) =>
    (/** @type {any} */ _state, /** @type {string} */ _title, /** @type {string} */ to) => {
      went.push([how, to]);
      globalThis.location = /** @type {any} */ (new URL(to, "http://here.example/lab"));
    };
  Object.assign(globalThis, {
    location: new URL(query, "http://here.example/lab"),
    history: { pushState: go("push"), replaceState: go("replace") },
    sessionStorage: { getItem: () => null, setItem() {} },
  });
  labs += 1;
  await import(`../../static/lab/lab.js?${labs}`);
  await settled();
  const submit = async (/** @type {string} */ text) => {
    field.value = text;
    form.dispatchEvent(new PageEvent("submit"));
    await settled();
  };
  const complaint = () => (error.hidden ? "" : (error.children[0]?.textContent ?? error.textContent));
  const chips = () => /** @type {any[]} */ ([...rooms[0].querySelectorAll(".chip")]);
  const press = async (/** @type {string} */ key, more = {}) => {
    const event = new PageEvent("keydown", { key, target: document.body, ...more });
    happen(event);
    await settled();
    return event;
  };
  const at = () => new URLSearchParams(globalThis.location.search);
  return { walk, told, field, error, went, submit, complaint, chips, press, at, korean, buttons, rooms };
}
