/** The layer as a few lines of NumPy or PyTorch that give the same numbers, and the step as one of them. */
import { NUMPY } from "./numpy.js";
import { divisorOf, nested } from "./snippets.js";
import { TORCH } from "./torch.js";

/** @typedef {import("./snippets.js").Told} Told */
/** @typedef {import("./snippets.js").Snippet} Snippet */
/** @typedef {import("./snippets.js").Sources} Sources */

/** The whole snippet. @param {"numpy" | "torch"} library  @param {Told} all */
export function code(library, all) {
  const table = library === "numpy" ? NUMPY : TORCH;
  const snippet = table[all.layer.operation]?.(all) ?? fetched(all.sources);
  const loading = all.sources.matrix === undefined;
  const imports = [
    ...(loading ? ["from io import BytesIO", "from urllib.request import urlopen", ""] : []),
    "import numpy as np",
    ...(library === "torch" ? ["import torch", "import torch.nn.functional as F"] : []),
    ...snippet.needs,
  ];
  return [...imports, "", ...input(library, all), ...snippet.lines].join("\n");
}

/** @param {"numpy" | "torch"} library  @param {Told} all */
function input(library, { sources, start }) {
  const [C, H, W] = start.input_shape;
  const array =
    sources.matrix === undefined
      ? `np.load(BytesIO(urlopen("${sources.address}").read()))`
      : `np.array(${nested(sources.matrix)})`;
  const shaped = sources.matrix === undefined ? array : `${array}.reshape(${C}, ${H}, ${W})`;
  const x = library === "numpy" ? `${shaped}.astype(float)` : `torch.from_numpy(${shaped}).double()`;
  return [`x = ${x}  # (${C}, ${H}, ${W})`];
}

/** What no library writes in a line is still the server's own answer. @param {Sources} sources  @returns {Snippet} */
function fetched({ answer }) {
  return {
    needs: ["from io import BytesIO", "from urllib.request import urlopen"],
    lines: [`y = np.load(BytesIO(urlopen("${answer}").read()))`],
  };
}

/** The one step as Python would index it. @param {StartLine} start  @param {Step} step  @returns {Token[]} */
export function stepCode(start, step) {
  const [channel, row, column] = step.at;
  const y = /** @type {Token} */ ({ text: `y[${channel}, ${row}, ${column}]`, role: "output" });
  const x = (/** @type {string} */ text) => /** @type {Token} */ ({ text, role: "input" });
  if (start.kind === "rearrange") return [y, { text: " = " }, x(`x[${(step.from ?? []).join(", ")}]`)];
  if (start.kind === "scatter")
    return [{ text: "y[…] += " }, x(`x[${step.at.join(", ")}]`), { text: " * " }, { text: "w", role: "kernel" }];
  if (start.kind === "pointwise") return [y, { text: " = f(" }, x(`x[${step.at.join(", ")}]`), { text: ")" }];
  return [y, { text: " = " }, ...gathered(start, step, x)];
}

/** @param {StartLine} start  @param {Step} step  @param {(text: string) => Token} x  @returns {Token[]} */
function gathered(start, step, x) {
  const window = x(windowText(start, step));
  const w = (/** @type {string} */ text) => /** @type {Token} */ ({ text, role: "kernel" });
  if (step.angle !== undefined) {
    return [
      { text: "hypot((" },
      window,
      { text: " * " },
      w("wx"),
      { text: ").sum(), (" },
      window,
      { text: " * " },
      w("wy"),
      { text: ").sum())" },
    ];
  }
  if (!step.sums)
    return [
      window,
      { text: step.argmax || step.channel !== undefined ? ".max()" : step.count === undefined ? ".norm()" : ".mean()" },
    ];
  const bias = start.bias ? [{ text: " + " }, w(`b[${step.at[0]}]`)] : [];
  return [
    { text: "(" },
    window,
    { text: " * " },
    w(`w[${step.at[0]}]`),
    { text: `).sum()${divisorOf(start)}` },
    ...bias,
  ];
}

/** @param {StartLine} start  @param {Step} step */
function windowText(start, step) {
  const [kH, kW] = start.kernel_size ?? [1, 1],
    [dH, dW] = start.dilation ?? [1, 1];
  const [[top], [left]] = start.padding ?? [[0], [0]],
    corner = step.corner ?? [step.at[1], step.at[2]];
  const slice = (/** @type {number} */ from, /** @type {number} */ size, /** @type {number} */ by) =>
    size === 1 ? `${from}` : `${from}:${from + (size - 1) * by + 1}${by > 1 ? `:${by}` : ""}`;
  const [C] = start.input_shape,
    groups = start.groups ?? 1,
    depth = C / groups;
  const group =
    step.sums && step.angle === undefined ? Math.floor(step.at[0] / (start.output_shape[0] / groups)) : step.at[0];
  const channels =
    step.channel !== undefined
      ? ":"
      : step.sums && step.angle === undefined && depth > 1
        ? slice(group * depth, depth, 1)
        : `${group}`;
  return `x[${channels}, ${slice(corner[0] + top, kH, dH)}, ${slice(corner[1] + left, kW, dW)}]`;
}
