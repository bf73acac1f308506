/** Two columns of cells and the lines between them: a layer as the network it is. */
import { figure } from "../../words/figures.js";
import { drawn } from "./shapes.js";

/** Colours that weights take turns in: told apart with any colour vision, and named where they are lit. */
export const TAP_COLOURS = 9;

/** Between the two columns, and a letter's width as a share of its size. */
const ACROSS = 190;
const LETTER = 0.62;
const CROWD = 60;
const GRAPH_HEIGHT = 400;
const ROW_HEIGHT = { least: 13, most: 30 };
/** Under a finger: a graph is drawn at some four fifths of its size, and a target has 44 pixels. */
const TOUCHED = 54;
const MOST_TOUCHED = 12; // of both columns; of more only the outputs, which are buttons, stand that far apart

/** @typedef {{ input: number, output: number, tap: number }} Edge  places of both ends, and the weight */
/** @typedef {{ place: number, name: string, value: number | null, label: string }} Node2  a cell, in words */

/**
 * @param {{ inputs: Node2[], outputs: Node2[], edges: Edge[], title: string }} network
 * @returns {SVGElement}
 */
export function drawGraph({ inputs, outputs, edges, title }) {
  const most = Math.max(inputs.length, outputs.length);
  const row = Math.max(ROW_HEIGHT.least, Math.min(ROW_HEIGHT.most, GRAPH_HEIGHT / most));
  const height = Math.max(most * row, underFinger(inputs.length, outputs.length)) + 8;
  const at = (/** @type {number} */ place, /** @type {number} */ count) => 4 + ((place + 0.5) * (height - 8)) / count;
  const left = new Map(inputs.map(({ place }, index) => [place, at(index, inputs.length)]));
  const right = new Map(outputs.map(({ place }, index) => [place, at(index, outputs.length)]));
  const size = Math.min(15, row - 1);
  const [before, after] = [inputs, outputs].map((nodes) => roomFor(nodes, size));
  const ends = [before, before + ACROSS];
  const radius = (/** @type {number} */ most) => Math.min(most, row / 2 - 1);
  const reach = (/** @type {readonly unknown[]} */ nodes) => height / nodes.length;
  return drawn(
    "svg",
    {
      viewBox: `0 0 ${before + ACROSS + after} ${height}`,
      class: edges.length > CROWD ? "graph crowd" : "graph",
      role: "group",
      "aria-label": title,
      "font-size": size,
    },
    drawn("g", { class: "edges" }, ...edges.map((edge) => edgeLine(edge, ends, left, right))),
    ...inputs.map((node) => cellNode(node, ends[0], left.get(node.place) ?? 0, radius(8), "in", before, reach(inputs))),
    ...outputs.map((node) =>
      cellNode(node, ends[1], right.get(node.place) ?? 0, radius(10), "out", after, reach(outputs)),
    ),
    drawn("g", { class: "names", "aria-hidden": "true" }),
  );
}

/** How high the columns are where fingers choose; nothing under a mouse. @param {number} ins  @param {number} outs */
function underFinger(ins, outs) {
  if (!globalThis.matchMedia?.("(pointer: coarse)").matches) return 0;
  return TOUCHED * (Math.max(ins, outs) <= MOST_TOUCHED ? Math.max(ins, outs) : outs);
}

/** @param {Node2} node */
const textOf = ({ name, value }) => (value === null ? name : `${name} = ${figure(value)}`);

/** The room that the longest text beside the nodes takes. @param {Node2[]} nodes  @param {number} size */
const roomFor = (nodes, size) => Math.max(...nodes.map((node) => textOf(node).length)) * size * LETTER + 18;

/** @param {Edge} edge  @param {number[]} across  @param {Map<number, number>} left
 * @param {Map<number, number>} right */
function edgeLine({ input, output, tap }, across, left, right) {
  const ends = { x1: across[0], y1: left.get(input) ?? 0, x2: across[1], y2: right.get(output) ?? 0 };
  const look = tap < 0 ? "edge dense" : `edge tap-${tap % TAP_COLOURS}`;
  return drawn("line", { ...ends, class: look, "data-in": input, "data-out": output, "data-tap": tap });
}

/** @param {Node2} node  @param {number} x  @param {number} y  @param {number} radius  @param {"in" | "out"} side
 * @param {number} room  for its text  @param {number} share  of the height that is its own */
function cellNode(node, x, y, radius, side, room, share) {
  const { place, label } = node;
  const end = side === "in" ? x - radius - 5 : x + radius + 5;
  const group = drawn(
    "g",
    { class: `node ${side}`, [`data-${side}`]: place },
    hitArea(side === "in" ? x - room : x - 12, y, room + 12, Math.min(share, TOUCHED)),
    drawn("circle", { cx: x, cy: y, r: Math.max(radius, 3) }),
    drawn("text", { x: end, y, dy: "0.35em", "text-anchor": side === "in" ? "end" : "start" }, textOf(node)),
  );
  if (side === "in") return group;
  for (const [word, said] of [
    ["tabindex", "0"],
    ["role", "button"],
    ["aria-label", `${textOf(node)}, ${label}`],
  ])
    group.setAttribute(word, said);
  return group;
}

/** What may be hit for a node: it and its text. @param {number} x  @param {number} y  @param {number} width
 * @param {number} height */
const hitArea = (x, y, width, height) => drawn("rect", { class: "hit", x, y: y - height / 2, width, height });

/** Light some lines and nodes, and name the lit lines. @param {SVGElement} graph
 * @param {(edge: Edge) => boolean} lit  @param {(tap: number) => string} nameOf */
export function lightGraph(graph, lit, nameOf) {
  const [ins, outs] = [new Set(), new Set()];
  const names = [];
  for (const line of graph.querySelectorAll(".edge")) {
    const edge = edgeOf(line);
    const on = lit(edge);
    line.classList.toggle("lit", on);
    if (!on) continue;
    ins.add(edge.input);
    outs.add(edge.output);
    if (edge.tap >= 0) names.push(nameBeside(line, nameOf(edge.tap)));
  }
  for (const node of graph.querySelectorAll(".node")) {
    const input = node.getAttribute("data-in");
    node.classList.toggle(
      "lit",
      input === null ? outs.has(Number(node.getAttribute("data-out"))) : ins.has(Number(input)),
    );
  }
  graph.querySelector(".names")?.replaceChildren(...(names.length <= 18 ? names : []));
}

/** @param {Element} line  @returns {Edge} */
function edgeOf(line) {
  const number = (/** @type {string} */ name) => Number(line.getAttribute(name));
  return { input: number("data-in"), output: number("data-out"), tap: number("data-tap") };
}

/** A name on its line, near the input, where lines still stand apart. @param {Element} line  @param {string} text */
function nameBeside(line, text) {
  const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map((name) => Number(line.getAttribute(name)));
  const share = 0.2;
  return drawn("text", { x: x1 + (x2 - x1) * share, y: y1 + (y2 - y1) * share, dy: "0.35em", translate: "no" }, text);
}
