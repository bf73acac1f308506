/** The arithmetic of a step in figures and in one sentence. Only writes down what the step says. */
import { bracketed, figure } from "./figures.js";

/** A sum of at most so many products is written out. */
const WRITTEN_OUT = 9;

/** How activations are written. */
const NAMES = /** @type {Record<string, string>} */ ({
  relu: "ReLU",
  leaky_relu: "LeakyReLU",
  elu: "ELU",
  sigmoid: "σ",
  tanh: "tanh",
  softmax: "softmax",
});

/** @param {string} name */
export const functionName = (name) => NAMES[name] ?? name;

/** @param {Model} model  @param {Step} step  @returns {Written} */
export function written(model, step) {
  const lines = linesOf(model, step);
  const result = resultOf(model, step);
  const activation = model.start.activation;
  if (activation && step.activated !== undefined) {
    result.push(
      { text: ` → ${functionName(activation)} → `, role: "quiet" },
      { text: figure(step.activated), role: "output" },
    );
    lines.push([
      { text: `${functionName(activation)}(` },
      output(step),
      { text: ") = " },
      { text: figure(step.activated), role: "output" },
    ]);
  }
  return { result, lines };
}

/** What the step comes to. @param {Model} model  @param {Step} step  @returns {Token[]} */
function resultOf({ start, words }, step) {
  if (start.kind === "rearrange") return [];
  if (start.kind === "scatter")
    return [
      { text: Array.isArray(step.input) ? "" : figure(step.input), role: "input" },
      ...(start.weight
        ? /** @type {Token[]} */ ([
            { text: " × ", role: "quiet" },
            { text: words.kernel, role: "kernel" },
          ])
        : []),
    ];
  const plain = step.sums && step.angle === undefined && start.divisor === 1 && start.bias === null;
  const arrow = /** @type {Token[]} */ (
    step.angle === undefined || step.angle === null
      ? []
      : [
          { text: "➝", role: "arrow", turn: step.angle },
          { text: ` ${degrees(step.angle)}`, role: "quiet" },
        ]
  );
  return [{ text: plain ? "Σ = " : "= ", role: "quiet" }, output(step), ...arrow];
}

/** @param {Model} model  @param {Step} step  @returns {Token[][]} */
function linesOf(model, step) {
  if (step.angle !== undefined) return gradientLines(step);
  if (step.sums) return sumLines(model, step);
  if (step.from) return [];
  if (step.exp !== undefined) return softmaxLines(step);
  if (model.start.kind === "pointwise") return pointwiseLines(model, step);
  if (model.start.kind === "scatter") return [];
  return poolingLines(step);
}

/** @param {Model} model  @param {Step} step */
function sumLines(model, step) {
  const { words, start } = model;
  const sums = /** @type {number[]} */ (step.sums);
  const lines = [];
  const terms = sums.length === 1 ? termsOf(model, step) : null;
  const plain = start.divisor === 1 && start.bias === null;
  if (terms) lines.push(plain ? [...terms, { text: " = " }, output(step)] : terms);
  if (terms && plain) return lines;
  const divided = start.divisor !== undefined && start.divisor !== 1;
  /** @type {Token[]} */
  const line =
    sums.length === 1
      ? [{ text: `${words.sumOfProducts} `, role: "quiet" }, { text: figure(sums[0]) }]
      : addends(sums, divided);
  if (divided) line.push({ text: ` / ${figure(start.divisor)}` });
  if (start.bias)
    line.push(
      { text: " + " },
      { text: `${words.bias} `, role: "quiet" },
      { text: bracketed(step.bias), role: "kernel" },
    );
  line.push({ text: " = " }, output(step));
  lines.push(line);
  return lines;
}

/** @param {Step} step  @returns {Token} */
const output = (step) => ({ text: figure(/** @type {Value | undefined} */ (step.output)), role: "output" });

/**
 * Sums of the channels; of many only the first.
 * @param {readonly Value[]} sums  @param {boolean} divided  @returns {Token[]}
 */
function addends(sums, divided) {
  const shown = sums.slice(0, 6).map((sum, place) => (place ? bracketed(sum) : figure(sum)));
  const text = `${shown.join(" + ")}${sums.length > 6 ? " + …" : ""}`;
  return [{ text: divided ? `(${text})` : text }];
}

/** Each product of a small window. @param {Model} model  @param {Step} step  @returns {Token[] | null} */
function termsOf(model, step) {
  const window = /** @type {Planes | undefined} */ (step.window)?.[0]?.flat();
  if (!window || window.length > WRITTEN_OUT) return null;
  const weight = /** @type {any} */ (model.start.weight);
  const kernel = weight[Math.min(step.at[0], weight.length - 1)][0].flat();
  return window.flatMap((value, place) => [
    { text: place ? " + " : "" },
    { text: bracketed(value), role: "input" },
    { text: "·" },
    { text: bracketed(kernel[place]), role: "kernel" },
  ]);
}

/** @param {Step} step  @returns {Token[][]} */
function gradientLines(step) {
  const [x, y] = /** @type {number[]} */ (step.sums);
  return [
    [{ text: "√(" }, { text: bracketed(x) }, { text: "² + " }, { text: bracketed(y) }, { text: "²) = " }, output(step)],
  ];
}

/**
 * Where a gradient points, in words: nothing for other steps.
 * @param {{ direction: string }} words  @param {Step} step  @returns {Token[][]}
 */
export function directionOf({ direction }, { angle }) {
  return angle === undefined ? [] : [[{ text: `${direction} `, role: "quiet" }, { text: degrees(angle) }]];
}

/** @param {Value} angle  in radians */
const degrees = (angle) => `${figure(angle === null ? angle : Math.round((angle * 180) / Math.PI))}°`;

/** @param {Step} step  @returns {Token[][]} */
function poolingLines(step) {
  const window = /** @type {(number | null)[]} */ ((step.window ?? []).flat(3));
  const short = window.length > 0 && window.length <= WRITTEN_OUT;
  if (step.count !== undefined) {
    const sum = short
      ? `(${window.map((value, place) => (place ? bracketed(value) : figure(value))).join(" + ")})`
      : figure(step.sum);
    return [[{ text: sum, role: "input" }, { text: ` / ${figure(step.count)} = ` }, output(step)]];
  }
  if (step.argmax || step.channel !== undefined) {
    const values = short ? window.map(figure).join(", ") : "…";
    return [[{ text: "max(" }, { text: values, role: "input" }, { text: ") = " }, output(step)]];
  }
  return [];
}

/** @param {Model} model  @param {Step} step  @returns {Token[][]} */
function pointwiseLines({ start }, step) {
  const line = /** @type {Token[]} */ ([
    { text: `${functionName(start.operation)}(` },
    { text: figure(/** @type {Value} */ (step.input)), role: "input" },
    { text: ") = " },
    output(step),
  ]);
  return start.curve ? [line, [{ text: `f(x) = ${start.curve.replaceAll("-", "−")}`, role: "quiet" }]] : [line];
}

/** @param {Step} step  @returns {Token[][]} */
function softmaxLines(step) {
  return [
    [
      { text: "e^x = ", role: "quiet" },
      { text: figure(step.exp), role: "input" },
      { text: ` / ${figure(step.total)} = ` },
      output(step),
    ],
  ];
}

/** What a screen reader says of a step. @param {Model} model  @param {Step} step */
export function sentence(model, step) {
  const { words, start } = model;
  const several = (start.kind === "scatter" ? start.input_shape : start.output_shape)[0] > 1;
  return words.sentence(step.index + 1, start.steps, words.place(step.at, several), parts(model, step).join(", "));
}

/** @param {Model} model  @param {Step} step */
function parts({ words, start }, step) {
  const { resultOf } = words;
  const [output, input] = /** @type {Value[]} */ ([step.output, step.input]);
  const said = [];
  if (step.angle !== undefined)
    said.push(resultOf.gradient(/** @type {number[]} */ (step.sums)), resultOf.output(output));
  else if (Array.isArray(step.output)) said.push(resultOf.column(step.output.length));
  else if (step.sums?.length === 1) {
    said.push(resultOf.sums(step.sums[0]));
    if (output !== step.sums[0]) said.push(resultOf.output(output));
  } else if (step.from) said.push(resultOf.moved(words.place(/** @type {Shape} */ (step.from), true), output));
  else if (start.kind === "pointwise") said.push(resultOf.pointwise(input, output));
  else if (start.kind === "scatter")
    said.push(
      start.weight
        ? resultOf.stamped(input)
        : resultOf.spread(/** @type {number | number[] | null} */ (step.input ?? null)),
    );
  else if (step.argmax || step.channel !== undefined) said.push(resultOf.largest(output));
  else said.push(step.count === undefined ? resultOf.output(output) : resultOf.mean(output));
  if (start.activation && step.activated !== undefined)
    said.push(resultOf.activated(functionName(start.activation), step.activated));
  return said;
}
