/** Each operation in NumPy. Knows no DOM. */
import { divisorOf, gradientWeights, hasPadding, lines, padValue, weights } from "./snippets.js";

/** @typedef {import("./snippets.js").Told} Told */
/** @typedef {import("./snippets.js").Snippet} Snippet */

/** @type {Record<string, (told: Told) => Snippet | null>} */
export const NUMPY = {
  conv2d: (told) => ({
    needs: [WINDOWS],
    lines: [...weights(told.start, "np.array"), ...padded(told), windowsLine(told.start), ...products(told.start)],
  }),
  sobel: numpyGradient,
  prewitt: numpyGradient,
  roberts: numpyGradient,
  scharr: numpyGradient,
  max_pool2d: numpyMax,
  global_max_pool2d: numpyMax,
  avg_pool2d: numpyMean,
  global_avg_pool2d: numpyMean,
  lp_pool2d: numpyNorm,
  channel_max_pool: ({ start }) => lines(`y = x.reshape(${start.groups}, -1, *x.shape[1:]).max(axis=1)`),
  channel_avg_pool: ({ start }) => lines(`y = x.reshape(${start.groups}, -1, *x.shape[1:]).mean(axis=1)`),
  maxout: ({ start }) => lines(`y = x.reshape(${start.output_shape[0]}, -1, *x.shape[1:]).max(axis=1)`),
  relu: () => lines("y = np.maximum(x, 0)"),
  leaky_relu: ({ layer }) => lines(`y = np.where(x > 0, x, ${layer.arguments.negative_slope} * x)`),
  elu: ({ layer }) => lines(`y = np.where(x > 0, x, ${layer.arguments.alpha} * np.expm1(np.minimum(x, 0)))`),
  sigmoid: () => lines("y = np.exp(-np.logaddexp(0, -x))"),
  tanh: () => lines("y = np.tanh(x)"),
  softmax: ({
    layer: {
      arguments: { dim },
    },
  }) => lines(`exp = np.exp(x - x.max(axis=${dim}, keepdims=True))`, `y = exp / exp.sum(axis=${dim}, keepdims=True)`),
  pad: (told) => lines(`y = ${numpyPad("x", told.start, padValue(told))}`),
  flatten: () => lines("y = x.reshape(-1, 1, 1)"),
  flip: () => lines("y = x[:, ::-1, ::-1]"),
};

const WINDOWS = "from numpy.lib.stride_tricks import sliding_window_view";
const MODES = /** @type {Record<string, string>} */ ({ reflect: "reflect", replicate: "edge", circular: "wrap" });

/** @param {Told} all  @param {string} [fill] */
function padded(all, fill = "0") {
  return hasPadding(all.start) ? [`x = ${numpyPad("x", all.start, fill)}`] : [];
}

/** @param {string} x  @param {StartLine} start  @param {string} fill */
function numpyPad(x, start, fill) {
  const [[top, bottom], [left, right]] = /** @type {number[][]} */ (start.padding);
  const mode =
    start.padding_mode && start.padding_mode !== "zeros" ? `, mode="${MODES[start.padding_mode]}"` : filled(fill);
  return `np.pad(${x}, ((0, 0), (${top}, ${bottom}), (${left}, ${right}))${mode})`;
}

/** @param {string} fill */
const filled = (fill) => (fill === "0" ? "" : `, constant_values=${fill}`);

/** @param {StartLine} start */
function windowsLine(start) {
  const [kH, kW] = /** @type {number[]} */ (start.kernel_size),
    [dH, dW] = start.dilation ?? [1, 1];
  const [sH, sW] = /** @type {number[]} */ (start.stride);
  const spread = dH > 1 || dW > 1 ? `, ::${dH}, ::${dW}` : "";
  const strided = spread || sH > 1 || sW > 1 ? `[:, ::${sH}, ::${sW}${spread}]` : "";
  const span = `(${(kH - 1) * dH + 1}, ${(kW - 1) * dW + 1})`;
  return `windows = sliding_window_view(x, ${span}, axis=(1, 2))${strided}  # (C, oH, oW, kH, kW)`;
}

/** @param {StartLine} start */
function products(start) {
  const [C] = start.input_shape,
    groups = start.groups ?? 1;
  const bias = start.bias ? " + b[:, None, None]" : "";
  const ending = `${divisorOf(start)}${bias}`;
  if (groups === 1) return [`y = np.einsum("crkij,fcij->frk", windows, w)${ending}`];
  if (groups === C && start.output_shape[0] === C)
    return [`y = np.einsum("crkij,cij->crk", windows, w[:, 0])${ending}  # each channel by itself`];
  return [
    `windows = windows.reshape(${groups}, ${C / groups}, *windows.shape[1:])`,
    `w = w.reshape(${groups}, -1, *w.shape[1:])`,
    `y = np.einsum("gcrkij,gfcij->gfrk", windows, w).reshape(${start.output_shape.join(", ")})${ending}`,
  ];
}

/** @param {Told} all  @returns {Snippet} */
function numpyGradient(all) {
  return {
    needs: [WINDOWS],
    lines: [
      ...gradientWeights(all.start, "np.array"),
      ...padded(all),
      windowsLine(all.start),
      'gx = np.einsum("crkij,ij->crk", windows, wx)',
      'gy = np.einsum("crkij,ij->crk", windows, wy)',
      "y = np.hypot(gx, gy)",
    ],
  };
}

/** What a last window hangs over the padded input in ceil mode. @param {StartLine} start */
function overhang(start) {
  const {
    kernel_size: sizes = [1, 1],
    stride = [1, 1],
    padding = [
      [0, 0],
      [0, 0],
    ],
    dilation = [1, 1],
  } = start;
  return [0, 1].map((axis) => {
    const room = start.input_shape[axis + 1] + padding[axis][0] + padding[axis][1];
    const span = (sizes[axis] - 1) * dilation[axis] + 1;
    return Math.max(0, (start.output_shape[axis + 1] - 1) * stride[axis] + span - room);
  });
}

/** @param {Told} all  @param {string} inside  what padding holds  @param {string} beyond  what lies beyond it */
function poolWindows(all, inside, beyond) {
  const [down, right] = overhang(all.start);
  const over = down || right ? [`x = np.pad(x, ((0, 0), (0, ${down}), (0, ${right})), constant_values=${beyond})`] : [];
  return [...padded(all, inside), ...over, windowsLine(all.start)];
}

/** @param {Told} all  @returns {Snippet} */
function numpyMax(all) {
  return { needs: [WINDOWS], lines: [...poolWindows(all, "-np.inf", "-np.inf"), "y = windows.max(axis=(3, 4))"] };
}

/** @param {Told} all  @returns {Snippet} */
function numpyMean(all) {
  const given = all.layer.arguments,
    counted = given.count_include_pad !== false;
  const mean = given.divisor_override
    ? `np.nansum(windows, axis=(3, 4)) / ${given.divisor_override}`
    : "np.nanmean(windows, axis=(3, 4))";
  return { needs: [WINDOWS], lines: [...poolWindows(all, counted ? "0" : "np.nan", "np.nan"), `y = ${mean}`] };
}

/** @param {Told} all  @returns {Snippet} */
function numpyNorm(all) {
  const p = all.layer.arguments.norm_type,
    [kH, kW] = /** @type {number[]} */ (all.start.kernel_size);
  return {
    needs: [WINDOWS],
    lines: [
      ...poolWindows(all, "np.nan", "np.nan"),
      `y = (np.nanmean(windows**${p}, axis=(3, 4)) * ${kH * kW}) ** (1 / ${p})`,
    ],
  };
}
