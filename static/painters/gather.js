/** Many cells to one: convolution, gradient filters, pooling, fully connected layers. */
import { bracketed, figure } from "../words/figures.js";
import { drawLabels, drawPart, drawSum, GAP, HEAD, partAt, planRows, ring, rowsThatFit } from "./rows.js";
import { outputsTouching, slideOf } from "./slides.js";

/** @param {Model} model  @param {Step} step  @returns {"sums" | "gradient" | "pooling"} */
function variantOf({ start }, step) {
  if (!start.weight || !step.products) return "pooling";
  return step.angle === undefined ? "sums" : "gradient";
}

/** Depth of a nested array. @param {unknown} nested  @returns {number} */
const depth = (nested) => (Array.isArray(nested) ? 1 + depth(nested[0]) : 0);

/**
 * The window as channels of rows of values, whatever its nesting.
 * @param {Model} model  @param {Step} step  @returns {(number | null)[][][]}
 */
function windowsOf(model, step) {
  const nested = /** @type {any} */ (step.window ?? lookedUp(model, step));
  const levels = depth(nested);
  if (levels >= 3) return nested;
  return levels === 2 ? [nested] : [[nested]];
}

/** A window too large to travel with each step, from the input itself. @param {Model} model  @param {Step} step */
function lookedUp({ start, input }, step) {
  const [kernelRows, kernelColumns] = start.kernel_size ?? [1, 1];
  const [, height, width] = input.shape;
  const [top, left] = step.corner ?? [0, 0];
  return Array.from({ length: kernelRows }, (_, row) =>
    Array.from({ length: kernelColumns }, (__, column) => {
      const inside = top + row >= 0 && left + column >= 0 && top + row < height && left + column < width;
      return inside ? input.data[(step.at[0] * height + top + row) * width + left + column] : null;
    }),
  );
}

/** Channels of the input that a step reads. @param {Model} model  @param {Step} step */
function channelsOf(model, step) {
  if (step.input_channel !== undefined) return [step.input_channel];
  const { input_shape, output_shape } = model.start;
  const groups = groupsOf(model.start);
  const group = Math.floor(step.at[0] / (output_shape[0] / groups));
  const count = input_shape[0] / groups;
  return Array.from({ length: count }, (_, place) => group * count + place);
}

/**
 * Which places of a window hold channels that the output sees; a table may link it to some only.
 * @param {Model} model  @param {Step} step  @returns {(place: number) => boolean}
 */
function linked({ start: { links } }, { at: [output] }) {
  return (place) => !links || links[output][place] > 0;
}

/** Pooling and gradient filters look at each channel by itself. @param {StartLine} start */
function groupsOf({ groups, input_shape, weight }) {
  return groups ?? (weight && Array.isArray(weight[0]?.[0]?.[0]) ? 1 : input_shape[0]);
}

/** @param {Model} model  @param {Step} step  @param {number} channel  place of the channel in the window */
function kernelOf({ start }, step, channel) {
  const weight = /** @type {any[]} */ (start.weight);
  if (step.angle !== undefined) return depth(weight) === 4 ? weight[channel][0] : weight[channel];
  const place = step.input_channel === undefined ? step.at[0] : Math.floor(step.at[0] / start.input_shape[0]);
  const filter = weight[Math.min(place, weight.length - 1)];
  return depth(filter) === 3 ? filter[channel] : filter;
}

/** @param {number[][]} kernel */
const weightOf = (kernel) => kernel.flat().reduce((total, value) => total + Math.abs(value), 0);

/**
 * Places of the channels that get a row: all, or those with the largest weights where room is short.
 * @param {Model} model  @param {Step} step  @param {number} room
 */
function chosenChannels(model, step, room) {
  const count = variantOf(model, step) === "gradient" ? 2 : windowsOf(model, step).length;
  const places = Array.from({ length: count }, (_, place) => place);
  const seen = places.filter(linked(model, step));
  if (seen.length <= room || variantOf(model, step) !== "sums") return seen.slice(0, Math.max(room, 2));
  const sizes = places.map((place) => weightOf(kernelOf(model, step, place)));
  return seen
    .sort((one, other) => sizes[other] - sizes[one])
    .slice(0, room)
    .sort((one, other) => one - other);
}

/** So many products are all seen, unless their cells would be smaller than this. */
const COMPLETE = 27;
const SMALL_CELL = 12;

/** Where no digits have room, cells may be so small for all channels to be seen. */
const FLAT_CELL = 5;

/**
 * As many channels as keep their digits; where even those have none, as many as can be seen at all.
 * @param {Model} model  @param {Step} step  @param {import("./rows.js").RowBox} box
 */
function planWindows(model, step, box) {
  const windows = windowsOf(model, step);
  const [rows, columns] = [windows[0].length, windows[0][0]?.length ?? 1];
  const under = [...windows.keys()].filter(linked(model, step)).length;
  const fits = box.height >= under * (rows * SMALL_CELL + GAP);
  const complete = fits && under * rows * columns <= COMPLETE ? windows.length : 0;
  const plan = planOf(model, step, box, Math.max(complete, rowsThatFit(box.height, rows)), under);
  const flat = Math.floor((box.height - HEAD) / (rows * FLAT_CELL + GAP));
  const lettered = plan.rows.some(({ parts }) => parts.some(({ lettering }) => lettering.size));
  return lettered || flat <= plan.rows.length ? plan : planOf(model, step, box, flat, under);
}

/**
 * @param {Model} model  @param {Step} step  @param {import("./rows.js").RowBox} box
 * @param {number} room  rows  @param {number} under  channels that are linked
 */
function planOf(model, step, box, room, under) {
  const { words, names, input } = model;
  const variant = variantOf(model, step);
  const [first] = windowsOf(model, step);
  const part = { rows: first.length, columns: first[0]?.length ?? 1 };
  const places = chosenChannels(model, step, room);
  const channels = channelsOf(model, step);
  const apart = model.start.pairing === "distance";
  const { window: seen, kernel, products } = model.widest;
  const left = variant === "gradient" ? 0 : under - places.length;
  const layout = planRows(
    {
      parts:
        variant === "pooling"
          ? [{ part: "window", ...part, sign: "", letters: seen }]
          : [
              { part: "window", ...part, sign: "", letters: seen },
              { part: "kernel", ...part, sign: apart ? "−" : "⊙", letters: kernel },
              { part: "products", ...part, sign: apart ? "→" : "=", letters: products },
            ],
      channels: places,
      sums: places.length > 1 && variant !== "pooling" && (variant === "sums" || box.width > 360),
      names: variant === "gradient" ? ["x", "y"] : places.map((place) => input.letter(channels[place] ?? place)),
      more: left > 0 ? words.moreChannels(left) : "",
      heads: { window: words.window, kernel: words.kernel, products: apart ? words.squares : words.products, ...names },
    },
    box,
  );
  return { ...layout, planes: variant === "gradient" ? channels : places.map((place) => channels[place]) };
}

/**
 * @param {CanvasRenderingContext2D} context  @param {import("./rows.js").RowPlan} layout  @param {Model} model
 * @param {Step} step
 */
function drawKernels(context, layout, model, step) {
  drawLabels(context, layout.labels, model.palette);
  for (const row of layout.rows) {
    const part = row.parts.find((candidate) => candidate.part === "kernel");
    if (!part) continue;
    const kernel = kernelOf(model, step, row.channel);
    drawPart(context, part, (down, across) => kernel[down][across], model.kernelScale, model.palette);
  }
}

/**
 * @param {CanvasRenderingContext2D} context  @param {import("./rows.js").RowPlan} layout  @param {Model} model
 * @param {Step} step
 */
function drawWindows(context, layout, model, step) {
  const { palette } = model;
  const windows = windowsOf(model, step);
  for (const row of layout.rows) {
    const values = windows[Math.min(row.channel, windows.length - 1)];
    const products = /** @type {Planes} */ (step.products)?.[row.channel];
    for (const part of row.parts) {
      if (part.part === "window")
        drawPart(context, part, (down, across) => values[down][across], model.windowScale, palette);
      if (part.part === "products")
        drawPart(context, part, (down, across) => products[down][across], model.productScale, palette);
    }
    if (step.sums) drawSum(context, row, step.sums[row.channel], palette);
  }
  if (step.argmax) ring(context, layout.rows[0].parts[0], step.argmax[0], step.argmax[1], palette, palette.output);
  const winner = layout.rows.find((row) => row.channel === step.channel);
  if (winner) ring(context, winner.parts[0], 0, 0, palette, palette.output);
}

/**
 * @param {import("./rows.js").RowPlan} layout  @param {Model} model  @param {Step} step  @param {number} x
 * @param {number} y  @returns {Probe | null}
 */
function probeWindows(layout, model, step, x, y) {
  const found = partAt(layout.rows, x, y);
  if (!found) return null;
  const { row, part, down, across } = found;
  const windows = windowsOf(model, step);
  const value = windows[Math.min(row.channel, windows.length - 1)][down][across];
  /** @type {Token[]} */
  const text = [{ text: figure(value), role: "input" }];
  if (step.products) {
    const apart = model.start.pairing === "distance";
    if (apart) text.unshift({ text: "(" });
    text.push(
      { text: apart ? " − " : "·" },
      { text: bracketed(kernelOf(model, step, row.channel)[down][across]), role: "kernel" },
      { text: `${apart ? ")²" : ""} = ${figure(/** @type {Planes} */ (step.products)[row.channel][down][across])}` },
    );
  }
  return { part: part.part, channel: row.channel, row: down, column: across, text };
}

/** @param {Model} model  @param {Step} step  @returns {Mark} */
function windowRead(model, step) {
  const { dilation = [1, 1], kernel_size = [1, 1] } = model.start;
  const [tall, wide] = step.size ?? kernel_size;
  const [top, left] = step.corner ?? [0, 0];
  const rows = Array.from({ length: tall }, (_, place) => top + place * dilation[0]);
  const columns = Array.from({ length: wide }, (_, place) => left + place * dilation[1]);
  return { planes: channelsOf(model, step).filter((_, place) => linked(model, step)(place)), rows, columns };
}

/** @param {Model} _model  @param {Step} step  @returns {Mark} */
function cellWritten(_model, step) {
  return { planes: [step.at[0]], rows: [step.at[1]], columns: [step.at[2]] };
}

/** @param {Model} model  @param {readonly number[]} at  @returns {Mark} */
function outputsFed({ start }, [channel, row, column]) {
  const [filters, height, width] = start.output_shape;
  const groups = groupsOf(start);
  const per = Math.max(1, filters / groups);
  const first = Math.floor(channel / (start.input_shape[0] / groups)) * per;
  return {
    planes: Array.from({ length: per }, (_, place) => first + place).filter(
      (output) => !start.links || start.links[output][channel] > 0,
    ),
    rows: outputsTouching(row, height, slideOf(start, 0)),
    columns: outputsTouching(column, width, slideOf(start, 1)),
  };
}

/** @param {Model} model  @param {Step} step  @param {Probe} weight  @returns {Mark} */
function multiplies(model, step, weight) {
  const [, height, width] = model.start.output_shape;
  const [down, across] = [slideOf(model.start, 0), slideOf(model.start, 1)];
  const channels = channelsOf(model, step);
  return {
    planes: [channels[Math.min(weight.channel, channels.length - 1)]],
    rows: Array.from({ length: height }, (_, place) => place * down.stride - down.before + weight.row * down.spacing),
    columns: Array.from(
      { length: width },
      (_, place) => place * across.stride - across.before + weight.column * across.spacing,
    ),
  };
}

/** @type {Painter<import("./rows.js").RowPlan>} */
export const gather = {
  board: ({ start, widest }) => {
    const [tall, wide] = start.kernel_size ?? [1, 1];
    const gradient = depth(start.weight) === 3;
    const channels = gradient ? 2 : start.weight ? Math.ceil(start.input_shape[0] / groupsOf(start)) : 1;
    const count = channels * tall * wide <= COMPLETE ? channels : Math.min(3, channels);
    const letters = start.weight ? widest.products : widest.window;
    return {
      columns: (start.weight ? 3 : 1) * wide,
      rows: tall * count,
      count,
      signs: start.weight ? 2 : 0,
      letters: letters[0],
    };
  },
  key: (model, step) => `${variantOf(model, step)} ${step.at[0]} ${step.size}`,
  plan: planWindows,
  still: drawKernels,
  moving: drawWindows,
  probe: probeWindows,
  reads: windowRead,
  writes: cellWritten,
  feeds: outputsFed,
  multiplies,
  stepAt: ({ start }, pane, [channel, row, column]) =>
    pane === "output" ? (channel * start.output_shape[1] + row) * start.output_shape[2] + column : -1,
};
