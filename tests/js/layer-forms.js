/** The form of a layer in a small lab of four operations. */
import { Settings } from "../../static/lab/settings.js";
import { fire } from "./dom.js";
import { settled } from "./stand_ins.js";

const setting = (/** @type {string} */ name, /** @type {string} */ kind, more = {}) => ({
  name,
  kind,
  title: { en: name },
  help: { en: `what ${name} does` },
  default: null,
  minimum: null,
  maximum: null,
  choices: [],
  words: [],
  required: false,
  rare: false,
  first: null,
  ...more,
});

const TABLES = /** @type {any} */ ({
  kernels: [
    {
      name: "box",
      title: { en: "Box" },
      group: "blur",
      weight: [[1, 1]],
      layer: { operation: "conv2d", weight: "box" },
    },
    {
      name: "edge",
      title: { en: "Edge" },
      group: "edges",
      weight: [[1, -1]],
      layer: { operation: "conv2d", weight: "edge" },
    },
  ],
  samples: [],
  operations: [
    {
      name: "conv2d",
      title: { en: "Convolution" },
      family: "filter",
      parameters: [
        setting("weight", "weight"),
        setting("stride", "int", { minimum: 1, default: 1 }),
        setting("divisor", "number", { rare: true }),
        setting("out", "int", { minimum: 1 }),
        setting("kernel_size", "int", { minimum: 1 }),
        setting("seed", "int"),
      ],
    },
    {
      name: "sobel",
      title: { en: "Sobel" },
      family: "filter",
      group: "edges",
      picture: "edge",
      parameters: [setting("stride", "int", { minimum: 1, default: 1 })],
    },
    {
      name: "max_pool2d",
      title: { en: "Max pooling" },
      family: "",
      parameters: [setting("kernel_size", "int", { minimum: 1, required: true })],
    },
    { name: "relu", title: { en: "ReLU" }, family: "", parameters: [] },
  ],
});

/** What every layer is told of: its settings as they are written, the others as they are by default. */
function layerOf(/** @type {any} */ { operation, ...written }, more = {}) {
  const known = TABLES.operations.find((/** @type {any} */ { name }) => name === operation);
  const usual = known.parameters.map((/** @type {any} */ parameter) => [parameter.name, parameter.default]);
  return {
    operation,
    title: known.title,
    input_shape: [1, 9, 9],
    output_shape: [1, 9, 9],
    arguments: { ...Object.fromEntries(usual), ...written },
    limits: { stride: { maximum: 4, why: { en: "then nothing is left" } } },
    ...more,
  };
}

/** @param {any[]} layers  @param {number} [layer]  @param {any} [start] */
export function opened(layers, layer = 0, start = {}) {
  return /** @type {any} */ ({
    line: "somewhere",
    layer,
    layers: layers.map((one) => layerOf(one)),
    scene: { input: { source: "cat" }, layers },
    start: { weight: [[1, 1]], stride: [1, 1], divisor: 1, ...start },
    input: { range: [0, 255] },
  });
}

export function settings() {
  const told = /** @type {any[]} */ ([]);
  const acts = /** @type {any[]} */ ([]);
  const state = { refusal: /** @type {{ message: string, field: string } | null} */ (null) };
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  const form = new Settings(root, TABLES, {
    change: async (scene) => {
      told.push(scene);
      return state.refusal;
    },
    move: (by) => acts.push(by),
    remove: () => acts.push("remove"),
    upload: () => {},
  });
  const field = (/** @type {string} */ name) => /** @type {any} */ (root.querySelector(`[data-name=${name}]`));
  const input = (/** @type {string} */ name) => field(name).querySelector("input");
  const complaint = (/** @type {string} */ name) => {
    const found = field(name).querySelector(`#setting-${name}-complaint`);
    return found.hidden ? "" : found.textContent;
  };
  const write = async (/** @type {string} */ name, /** @type {string} */ text) => {
    input(name).value = text;
    fire(input(name), "input");
    await settled();
  };
  return { form, root, told, acts, state, field, input, complaint, write };
}
