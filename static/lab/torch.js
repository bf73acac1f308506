/** Each operation in PyTorch. Knows no DOM. */
import { divisorOf, gradientWeights, hasPadding, lines, padValue, pair, weights } from "./snippets.js";

/** @typedef {import("./snippets.js").Told} Told */
/** @typedef {import("./snippets.js").Snippet} Snippet */

/** @type {Record<string, (told: Told) => Snippet | null>} */
export const TORCH = {
  conv2d: ({ start }) => ({
    needs: [],
    lines: [
      ...weights(start, "torch.tensor").map(doubled),
      ...torchPadded(start),
      `y = F.conv2d(x, w${told(start, { stride: [1, 1], dilation: [1, 1], groups: 1 })})${divisorOf(start)}`,
      ...(start.bias ? ["y = y + b[:, None, None]"] : []),
    ],
  }),
  sobel: torchGradient,
  prewitt: torchGradient,
  roberts: torchGradient,
  scharr: torchGradient,
  max_pool2d: (all) => torchPool(all, "max_pool2d", ["dilation"]),
  global_max_pool2d: () => lines("y = F.adaptive_max_pool2d(x, 1)"),
  avg_pool2d: (all) => torchPool(all, "avg_pool2d", ["count_include_pad", "divisor_override"]),
  global_avg_pool2d: () => lines("y = F.adaptive_avg_pool2d(x, 1)"),
  lp_pool2d: ({ layer: { arguments: given }, start }) =>
    lines(
      `y = F.lp_pool2d(x, ${given.norm_type}, ${pair(start.kernel_size)}, ${pair(start.stride)}` +
        `${given.ceil_mode ? ", ceil_mode=True" : ""})`,
    ),
  channel_max_pool: ({ start }) => lines(`y = x.reshape(${start.groups}, -1, *x.shape[1:]).amax(1)`),
  channel_avg_pool: ({ start }) => lines(`y = x.reshape(${start.groups}, -1, *x.shape[1:]).mean(1)`),
  maxout: ({ start }) => lines(`y = x.reshape(${start.output_shape[0]}, -1, *x.shape[1:]).amax(1)`),
  relu: () => lines("y = F.relu(x)"),
  leaky_relu: ({ layer }) => lines(`y = F.leaky_relu(x, ${layer.arguments.negative_slope})`),
  elu: ({ layer }) => lines(`y = F.elu(x, ${layer.arguments.alpha})`),
  sigmoid: () => lines("y = torch.sigmoid(x)"),
  tanh: () => lines("y = torch.tanh(x)"),
  softmax: ({ layer }) => lines(`y = F.softmax(x, ${layer.arguments.dim})`),
  pad: (all) => lines(`y = ${torchPad("x", all.start, padValue(all))}`),
  flatten: () => lines("y = x.reshape(-1, 1, 1)"),
  flip: () => lines("y = x.flip(1, 2)"),
};

/** @param {string} line */
const doubled = (line) => line.replace(/\)(\.expand.*|\[.*)?$/, (end) => end.replace(")", ", dtype=torch.double)"));

/** @param {StartLine} start */
const torchPadded = (start) => (hasPadding(start) ? [`x = ${torchPad("x", start, "0")}`] : []);

/** @param {string} x  @param {StartLine} start  @param {string} fill */
function torchPad(x, start, fill) {
  const [[top, bottom], [left, right]] = /** @type {number[][]} */ (start.padding);
  const mode =
    start.padding_mode && start.padding_mode !== "zeros"
      ? `, mode="${start.padding_mode}"`
      : fill === "0"
        ? ""
        : `, value=${fill}`;
  const sides = `(${left}, ${right}, ${top}, ${bottom})${mode}`;
  return mode.includes("mode") ? `F.pad(${x}[None], ${sides})[0]` : `F.pad(${x}, ${sides})`;
}

/** @param {Told} all  @returns {Snippet} */
function torchGradient({ start }) {
  const C = start.input_shape[0];
  const sum = (/** @type {string} */ w) =>
    `F.conv2d(x, ${w}.expand(${C}, 1, -1, -1)${told(start, { stride: [1, 1] })}, groups=${C})`;
  return lines(
    ...gradientWeights(start, "torch.tensor").map(doubled),
    ...torchPadded(start),
    `y = torch.hypot(${sum("wx")}, ${sum("wy")})`,
  );
}

/** @param {Told} all  @param {string} name  @param {string[]} settings  @returns {Snippet | null} */
function torchPool({ layer, start }, name, settings) {
  const [[top, bottom], [left, right]] = /** @type {number[][]} */ (start.padding);
  if (top !== bottom || left !== right) return null;
  const given = layer.arguments;
  const options = [
    ...(top || left ? [`padding=(${top}, ${left})`] : []),
    ...(settings.includes("dilation") && start.dilation?.some((step) => step > 1)
      ? [`dilation=${pair(start.dilation)}`]
      : []),
    ...(given.ceil_mode ? ["ceil_mode=True"] : []),
    ...(given.count_include_pad === false ? ["count_include_pad=False"] : []),
    ...(given.divisor_override ? [`divisor_override=${given.divisor_override}`] : []),
  ];
  return lines(`y = F.${name}(${["x", pair(start.kernel_size), pair(start.stride), ...options].join(", ")})`);
}

/**
 * Settings of the start line that differ from torch's defaults. @param {StartLine} start
 * @param {Record<string, unknown>} defaults
 */
function told(start, defaults) {
  return Object.entries(defaults)
    .filter(([name, value]) => JSON.stringify(start[/** @type {"stride"} */ (name)]) !== JSON.stringify(value))
    .map(([name]) => `, ${name}=${pair(/** @type {any} */ (start)[name])}`)
    .join("");
}
