/** Shapes of what stays in the browser: what painters, stage and element hand each other. */

type Step = StepLine;
type SentArray = Sent;
type StepKind = Layer["kind"];
/** A text in every language of the server. */
type Words = Titles;
type Values = Uint8Array | Int8Array | Uint16Array | Int16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** A layer's whole input and output. */
interface Arrays {
  input: Values;
  output: Values;
  /** Asks for the complete output; null where it was complete from the start. */
  whole: (() => Promise<void>) | null;
  /** What the first steps of a scatter add up to. */
  soFar?: (steps: number) => Promise<Values>;
}

type StepSource = (start: number, stop: number, every: number, signal: AbortSignal) => AsyncIterable<Step>;

interface Token {
  text: string;
  role?: "input" | "kernel" | "output" | "quiet" | "operator" | "arrow";
  /** Radians, clockwise. */
  turn?: number;
}

/** Lines of the arithmetic pane: the result stands large, the others explain it. */
interface Written {
  result: Token[];
  lines: Token[][];
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Colours as the canvas needs them, read from the custom properties, and how sharp it is drawn. */
interface Palette {
  /** Device pixels a CSS pixel. */
  ratio: number;
  dark: boolean;
  paper: string;
  text: string;
  quiet: string;
  line: string;
  input: string;
  kernel: string;
  output: string;
  sans: string;
  mono: string;
}

/** Everything the painters look things up in. */
interface Model {
  opening: Opening;
  start: StartLine;
  layer: Layer;
  soFar?: Arrays["soFar"];
  input: import("./stage/planes.js").Picture;
  output: import("./stage/planes.js").Picture;
  /** Letters of the widest numbers, by how many digits they have. */
  widest: { window: number[]; kernel: number[]; products: number[] };
  windowScale: import("./drawing/scale.js").Scale;
  kernelScale: import("./drawing/scale.js").Scale;
  productScale: import("./drawing/scale.js").Scale;
  palette: Palette;
  words: import("./words/strings.js").Vocabulary;
  lang: string;
  rule: ToldRule | null;
  names: Record<string, string>;
}

/** A number, a letter, or a piece of mathematics as core/rules/tree.py has it, told in one language. */
type RuleTree = number | string | RulePiece;
type RulePiece = { kind: string; [field: string]: any };
type RulePath = (string | number | (string | number)[])[];

interface ToldStatement {
  lines: RuleTree[];
  over?: RulePiece[];
  where?: RuleTree[];
}

/** What a layer tells of itself, in one language. */
interface ToldRule {
  general: ToldStatement;
  indexed: ToldStatement;
  letters: Record<string, number>;
  here: RuleTree[];
  numbers: RuleTree[];
  aside: RuleTree[];
  said: { text: string; facts: Record<string, RulePath> }[];
  activation?: string;
}

/** What writing down a step needs. */
type Writing = Pick<Model, "start" | "rule" | "words" | "lang">;

/** Cells of some planes: every row listed with every column listed. */
interface Mark {
  planes: number[];
  rows: number[];
  columns: number[];
}

/** What lies under the pointer in the arithmetic pane. */
interface Probe {
  /** Of "input", channel, row and column are those of the whole input, else of the window. */
  part: "window" | "kernel" | "products" | "input";
  channel: number;
  row: number;
  column: number;
  text: Token[];
}

/** What a view of a step is made for. */
interface ViewScene {
  opening: Opening;
  arrays: Pick<Arrays, "input" | "output" | "whole">;
  palette: Palette;
  /** One that is known: texts of the opening are told in it. */
  language: string;
  words: import("./words/strings.js").Vocabulary;
  /** Address of the server. */
  server: string;
}

/** What somebody does in a view; all others follow. */
interface ViewEvents {
  /** Walk there. */
  seek(index: number): void;
  /** Show that step for a moment; null: back to where the walk is. */
  look(index: number | null): void;
  /** Light what a weight or an input cell meets; null: nothing. */
  probe(probe: Probe | null): void;
  /** Walk another layer, from a step of it. */
  layer(layer: number, step?: number): void;
}

interface ViewManner {
  inspected: boolean;
  playing: boolean;
  /** Steps that are written into the map. */
  count: number;
}

/** Another picture of the step on the stage. Its height follows from the scene alone. */
interface StepView {
  root: HTMLElement;
  adopt(scene: ViewScene): void;
  show(step: Step, manner: ViewManner): void;
  /** Something is pointed at, on the stage or in another view. */
  light?(probe: Probe | null): void;
  close?(): void;
}

interface ViewClass {
  new (events: ViewEvents): StepView;
}

/** One painter a kind of step: it says where a step lies and draws its arithmetic, and decides nothing. */
interface Painter<Plan = any> {
  /** Cells that its grids have across and down, rows of grids, signs between them, letters of the widest number. */
  board(model: Model): { columns: number; rows: number; count: number; signs: number; letters: number };
  /** Steps with another key need another plan. */
  key(model: Model, step: Step): string;
  plan(
    model: Model,
    step: Step,
    box: { width: number; height: number; least?: number },
  ): Plan & { height: number; planes?: number[] };
  still(context: CanvasRenderingContext2D, plan: Plan, model: Model, step: Step): void;
  moving(context: CanvasRenderingContext2D, plan: Plan, model: Model, step: Step): void;
  probe(plan: Plan, model: Model, step: Step, x: number, y: number): Probe | null;
  reads(model: Model, step: Step): Mark;
  writes(model: Model, step: Step): Mark;
  /** Output cells that an input cell feeds. */
  feeds(model: Model, at: readonly number[]): Mark;
  /** Input cells whose stamp reaches an output cell. */
  stampedBy?(model: Model, at: readonly number[]): Mark;
  /** An output to which steps still add. */
  landing?(model: Model, filled: () => void): {
    update(count: number, step: Step | null): void;
    valueAt(plane: number, row: number, column: number): number | null;
  };
  /** Input cells that a weight ever multiplies. */
  multiplies?(model: Model, step: Step, probe: Probe): Mark;
  /** The step that belongs to a cell of a pane, or -1. */
  stepAt(model: Model, pane: "input" | "output", at: readonly number[]): number;
}

declare module "*.css" {
  const sheet: CSSStyleSheet;
  export default sheet;
}
