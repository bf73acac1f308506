/**
 * Shapes of what travels between server and browser: the same words as in Python.
 *
 * Written by `python -m tools.types` from the models in app/models/; change those, not this file.
 */

/** For each operation that was asked about, in order. */
interface Additions {
  /** null for one that fits, for the others why not */
  refusals: (string | null)[];
}

/** Operations that might be added at a place of a scene. */
interface AdditionsBody {
  /** language of titles and of refusals; where it is none of the server's, Accept-Language decides */
  lang?: string;
  /** a scene line or a JSON scene */
  scene: string | JsonScene;
  /** the place: before which operation, from 0; negative from behind the last */
  layer?: number;
  /** JSON operations */
  operations: JsonLayer[];
}

/** An answer to a question, which its kind, seed and index name. */
interface AnswerBody {
  /** language of titles and of refusals; where it is none of the server's, Accept-Language decides */
  lang?: string;
  /** a scene line or a JSON scene */
  scene: string | JsonScene;
  /** which operation, from 0; negative from the end */
  layer?: number;
  ask: "value" | "size" | "winner" | "parameters" | "kernel" | "window";
  seed?: number;
  index?: number;
  /** where the question was asked of a step */
  step?: number | null;
  /** a number, height x width, row and column, or the letter of a choice, as people write them */
  answer: string;
}

/** What became of an answer. */
interface Answered {
  right: boolean;
  /** right, or what the answer would have been right for */
  sentence: Titles;
  /** the right one */
  answer: string;
  /** the arithmetic of this very step */
  explanation: Titles[];
  /** the table with nothing hidden */
  shown: Shown;
}

/** A whole array. */
interface ArrayValues {
  shape: number[];
  values: Planes;
}

/** A question. */
interface Asked {
  ask: "value" | "size" | "winner" | "parameters" | "kernel" | "window";
  seed: number;
  index: number;
  /** the step it is about */
  step: number | null;
  prompt: Titles;
  /** what an answer is */
  gives: "number" | "size" | "cell" | "choice";
  /** how far off a number may be */
  tolerance: number;
  /** texts, or kernels */
  choices: (Titles | Grid)[];
  shown: Shown;
}

/** A range of steps, walked backward. */
interface Backward {
  line: string;
  layer: number;
  shapes: BackwardShapes;
  /** how many steps the layer has */
  count: number;
  start: number;
  stop: number;
  /** the whole gradient of the output, flat */
  dy: Value[];
  finished: Finished;
  steps: BackwardStep[];
}

/** Shapes of the gradients, and of the cells that one step looks at. */
interface BackwardShapes {
  dy: Shape;
  window: Shape;
  dx: Shape;
  /** of a layer with weights: (C_out, C_in / groups, kH, kW) */
  dw?: number[];
  /** of a layer with a bias */
  db?: number[];
}

/** A step of the layer, walked backward. */
interface BackwardStep {
  index: number;
  at: Shape;
  dy: Value;
  dx: Share;
  dw?: Share;
  db?: Share;
}

/** A layer as programs that run by themselves, and the one line that a step is. */
interface Code {
  /** a loop over the steps */
  numpy_loop: string;
  /** all at once */
  numpy: string;
  pytorch?: string;
  keras?: string;
  step: CodePiece[];
}

/** A part of a line of code: a text, or a whole number to be worked out from the step. */
interface CodePiece {
  text?: string;
  place?: number | string | Piece;
  role?: "input" | "kernel" | "output";
}

/** What a network would learn from one picture. */
interface Descent {
  network: string;
  answer: string;
  classes: string[];
  /** what `before` and `after` are; the least distance wins */
  kind: "probability" | "distance";
  /** before, and after each step */
  losses: number[];
  before: number[];
  after: number[];
  /** from the last layer to the first, before any step */
  layers: LayerGradients[];
}

/** A scene in both spellings, with what its layers say of themselves. */
interface Described {
  line: string;
  scene: JsonScene;
  layers: Layer[];
  /** what a learner should notice, one sentence each */
  warnings: string[];
}

/** What a number may be on this layer's input. */
interface End {
  minimum?: number;
  maximum?: number;
  /** what would be wrong beyond */
  why?: Titles;
}

/** The last line; of a server that is being stopped it says so, and the rest is to be asked for again. */
interface EndLine {
  type: "end";
  /** steps that were told, or are told by rows; not said of a stream that was ended */
  count?: number;
  /** why the stream ended before its time */
  reason?: "shutdown";
}

/** A failure on the way ends the stream with this line. */
interface ErrorLine {
  type: "error";
  detail: string;
  field: string;
  value: string | number | boolean | null;
  rule: string;
}

/** The nine windows of test digits that a unit answers to most, the strongest first. */
interface Exciting {
  network: string;
  layer: string;
  unit: number;
  /** of this layer */
  units: number;
  /** how many test digits were looked at */
  of: number;
  /** rows and columns of a window: the receptive field of a cell */
  size: number;
  /** pixels from 0 to 255 */
  windows: number[][][];
  /** row and column of each window in the picture as the network takes it */
  corners: Pair[];
  /** which digits they are of */
  labels: number[];
  /** what the unit answers, before the activation */
  values: number[];
}

/** What cells of a layer see of the maps below it. */
interface Fields {
  layer: number;
  /** of the layer's own input first, of the scene's input last */
  fields: SeenField[];
}

/** Which layer's cells. */
interface FieldsBody {
  /** language of titles and of refusals; where it is none of the server's, Accept-Language decides */
  lang?: string;
  /** a scene line or a JSON scene */
  scene: string | JsonScene;
  /** which operation, from 0; negative from the end */
  layer?: number;
}

/** A scene of the curriculum. */
interface Figure {
  id: string;
  section: string;
  title: Titles;
  about: Titles;
  line: string;
  /** the layer it opens on */
  layer: number;
  /** the step it opens at */
  step: number;
  /** the views under its stage, joined by + */
  views: string;
  /** the scene beside it, as the compare word of /embed says it */
  compare: string;
  /** where playing pauses, and what is said there */
  stops: [string, Titles][];
  /** conventions that clash with others, and slips that slides are known for */
  notes: Titles[];
}

/** A file as the input of a scene: numbers, or a picture that is kept. */
interface FileInput {
  /** what a JSON scene says */
  input: JsonSource;
  /** what a scene line begins with */
  line: string;
  /** rows and columns, or channels of them */
  shape: number[];
  understood: Understood;
  /** the picture; null for a matrix */
  image: Kept | null;
}

/** The gradients when every step has added its share, flat. */
interface Finished {
  dx: Value[];
  dw?: Value[];
  db?: Value[];
}

/** How the output's sides come about, with this layer's numbers. */
interface Formula {
  rows: string;
  cols: string;
}

/** A gradient as planes to draw. */
interface GradientPicture {
  shape: number[];
  /** its largest magnitude */
  largest: number;
  /** the first 32, as shares of the largest magnitude; without rows where there are too many numbers */
  planes: number[][][];
}

type Grid = Value[][];

interface Health {
  status: string;
}

/** An operation of a JSON scene: its name, beside its settings as GET /api/operations lists them. */
interface JsonLayer {
  /** name of an operation or of a kernel */
  operation: string;
  [other: string]: unknown;
}

/** A scene as JSON: the same as its line. */
interface JsonScene {
  input: JsonSource;
  layers: JsonLayer[];
}

/** The input of a JSON scene. */
interface JsonSource {
  /** a sample's name, image:ID, @id, random, or a matrix (H, W) or (C, H, W), nested or as text */
  source: string | number[][] | number[][][];
  /** the longest side, in pixels */
  size?: number;
  /** gray when not said */
  mode?: "gray" | "rgb";
  /** a region of the whole picture: (top, left, height, width) */
  crop?: [number, number, number, number];
  /** of random numbers: rows and columns, or channels, rows and columns */
  shape?: number[];
  /** of random numbers: the same seed, the same numbers */
  seed?: number;
  /** the least random number; 0 when not said */
  min?: number;
  /** the largest random number; 9 when not said */
  max?: number;
}

/** A picture as it is kept. */
interface Kept {
  id: string;
  width: number;
  height: number;
  channels: number;
  url: string;
  /** a line to begin with */
  scene: string;
}

/** A named kernel, as it is drawn on the slide. */
interface Kernel {
  name: string;
  title: Titles;
  weight: number[][];
  divisor: number;
  group: string;
  source: string;
  /** the operation that its name alone is short for */
  layer: Record<string, unknown>;
}

/** An operation and its settings. */
interface KnownOperation {
  name: string;
  title: Titles;
  kind: "gather" | "scatter" | "pointwise" | "rearrange";
  group: string;
  /** whether it stands on any input, and needs nothing said */
  neutral: boolean;
  /** operations of one family take each other's place in a menu of filters */
  family: string;
  /** the kernel that shows it there */
  picture: string | null;
  summary: string;
  parameters: Setting[];
}

/** An operation on its input. */
interface Layer {
  operation: string;
  kind: "gather" | "scatter" | "pointwise" | "rearrange";
  title: Titles;
  /** every setting, defaults included */
  arguments: Record<string, unknown>;
  input_shape: Shape;
  output_shape: Shape;
  steps: number;
  /** weights and biases that are learned */
  parameters: number;
  multiply_adds: number;
  /** lines from its units to what they are computed from, biases included */
  connections: number;
  /** rows and columns of the scene's input that one cell sees */
  receptive_field: Pair;
  /** rows and columns; null where no kernel slides */
  kernel_size: Pair | null;
  stride: Pair | null;
  formula: Formula | null;
  unvisited: Unvisited;
  limits: Record<string, Limit>;
  /** whether each channel is filtered by itself */
  depthwise: boolean;
  /** the mathematics of the layer, in `/api/scene` */
  rule?: Rule | null;
  /** programs that compute the layer's map, in `/api/scene` */
  code?: Code | null;
}

/** What one layer's output and weights did to the loss. */
interface LayerGradients {
  /** which operation of the scene, from 0 */
  layer: number;
  /** of its weights; empty where it has none */
  name: string;
  output: GradientPicture;
  weights: Record<string, GradientPicture>;
}

/** How a network learnt; the first of each list is before training, then one for each epoch. */
interface Learning {
  network: string;
  /** how many digits */
  learnt_from: number;
  /** mean over the digits learnt from; null before training */
  loss: (number | null)[];
  /** share of the test digits that is answered rightly */
  accuracy: number[];
  /** of the first layer, (epochs, F, C, kH, kW); null where it does not convolve */
  kernels: number[][][][][] | null;
  /** the same share when the test digits are moved by 0, 1, ... pixels */
  moved: number[];
}

/** What a setting may be: one number for rows and columns, and one for each where they end elsewhere. */
interface Limit {
  minimum?: number;
  maximum?: number;
  /** what would be wrong beyond */
  why?: Titles;
  /** rows and columns, where they differ; null: as far as the setting goes */
  sides?: (End | null)[];
}

/** Which lines of a map each cell sees, by the cell's place; an axis of length one says the same of all places. */
interface Lines {
  shape: Shape;
  /** in memory order */
  first: number[];
  /** before `first` where a cell sees nothing */
  last: number[];
}

/** The input of a scene, and what each layer makes of it. */
interface Maps {
  line: string;
  /** of the input first, then of each layer; from `first` on */
  maps: SmallMap[];
}

/** Which maps of a chain. */
interface MapsBody {
  /** language of titles and of refusals; where it is none of the server's, Accept-Language decides */
  lang?: string;
  /** a scene line or a JSON scene */
  scene: string | JsonScene;
  /** the first place that is told: 0 for the input, 1 for the first layer, -1 for the last layer alone */
  first?: number;
}

/** A matrix as text, in any notation. */
interface MatrixBody {
  /** language of titles and of refusals; where it is none of the server's, Accept-Language decides */
  lang?: string;
  /** as it was written or pasted */
  text: string;
  /** what a refusal calls it */
  field?: string;
  /** the text is one number: a comma in it is decimal */
  cell?: boolean;
  /** what a comma is, where that may be asked: between cells, decimal, between thousands */
  commas?: "cells" | "decimal" | "thousands" | null;
  /** what a semicolon parts, where that may be asked */
  semicolons?: "rows" | "cells" | null;
}

/** A refusal; where the text may be read in more than one way, with all of them to choose from. */
interface MatrixQuestion {
  /** the whole sentence */
  detail: string;
  /** the word, setting or thing at fault */
  field: string;
  /** what was in it, cut after 80 characters; null where there is nothing to show */
  value: string | number | boolean | null;
  /** the rule it broke */
  rule: string;
  /** the line of a scene that mends it, where it is clear what was meant */
  fix?: string | null;
  readings?: MatrixReading[];
}

/** A matrix that was read. */
interface MatrixReading {
  /** rows of numbers; channels of them; kernels of those */
  values: number[][] | number[][][] | number[][][][];
  shape: number[];
  /** as the scene line writes it */
  line: string;
  understood: Understood;
}

/** A network: `@name` in a scene line stands for its layers. */
interface Network {
  name: string;
  title: Titles;
  about: Titles;
  source: string;
  input_shape: Shape;
  /** what its outputs stand for, in order */
  classes: (string | Titles)[];
  /** its layers, as a scene line has them behind a picture */
  line: string;
  layers: NetworkLayer[];
  parameters: number;
  connections: number;
  multiply_adds: number;
  /** null for a network without trained weights */
  trained: Trained | null;
}

/** A layer of a network. */
interface NetworkLayer {
  operation: string;
  title: Titles;
  /** the name of its weights, as a scene line and `/api/weights` take it */
  weights: string | null;
  input_shape: Shape;
  output_shape: Shape;
  /** weights and biases that are learned */
  parameters: number;
  /** lines from its units to what they are computed from, biases included */
  connections: number;
  multiply_adds: number;
  /** rows and columns of the picture that one cell sees */
  receptive_field: Pair;
}

/** A description as oEmbed 1.0 has it. */
interface Oembed {
  version: "1.0";
  type: "rich";
  title: string;
  /** the iframe */
  html: string;
  width: number;
  height: number;
  provider_name: string;
  provider_url: string;
  cache_age: number;
  /** a picture of the finished walk */
  thumbnail_url?: string;
  thumbnail_width?: number;
  thumbnail_height?: number;
}

/** Everything a player needs to begin. */
interface Opening {
  line: string;
  scene: JsonScene;
  layers: Layer[];
  /** what a learner should notice, one sentence each */
  warnings: string[];
  layer: number;
  step: number;
  title: Titles;
  input: Sent;
  output: Sent;
  start: StartLine;
  steps: StepLine[];
  /** the mathematics of the layer */
  rule: Rule | null;
  /** of rows and columns; empty where no window makes the size */
  sizes: Size[];
  /** what input, output, window and kernel are called */
  names: Record<string, Titles>;
  /** what planes are called in a figure; a page that carries its opening tells it */
  planes?: Record<string, Titles[]>;
  /** programs that compute the map; a page that carries its opening asks for them */
  code?: Code | null;
  /** of an activation: points of its function */
  curve: [number, number][] | null;
  /** counts to compare a layer of sliding windows by */
  relations: Relations | null;
  /** of a layer that /api/backward walks */
  backward: BackwardShapes | null;
}

/** What to open a player with. */
interface OpeningBody {
  /** language of titles and of refusals; where it is none of the server's, Accept-Language decides */
  lang?: string;
  /** a scene line or a JSON scene */
  scene: string | JsonScene;
  /** which operation, from 0; negative from the end */
  layer?: number;
  /** which step to open at; negative from the end */
  step?: number;
  /** instead of a step: where another walk stands, to open at the same place */
  keeping?: Standing | null;
}

type Pair = [number, number];

/** A piece of mathematics. Which fields it has depends on its `kind`; a bare number or letter stands for itself. */
interface Piece {
  kind: "number" | "symbol" | "words" | "terms" | "minus" | "product" | "fraction" | "power" | "root" | "brackets" | "call" | "range" | "total" | "group" | "row" | "matrix" | "relation" | "case" | "cases" | "given" | "omitted" | "slot" | "each" | "whole";
  /** of a number; `null` is one that JSON cannot say */
  value?: number | null;
  /** of a symbol, a call, a range, or a total: `sum`, `max`, `argmax` */
  name?: string;
  role?: "input" | "kernel" | "output" | "quiet";
  /** what a number is called beside others */
  label?: Record<string, string>;
  /** ° for an angle; `degrees` in a `slot`, which is then told in radians */
  unit?: string;
  index?: (number | string | Piece)[];
  text?: Record<string, string>;
  terms?: (number | string | Piece)[];
  factors?: (number | string | Piece)[];
  above?: number | string | Piece;
  below?: number | string | Piece;
  base?: number | string | Piece;
  exponent?: number | string | Piece;
  body?: number | string | Piece;
  shape?: "curved" | "floor" | "ceil" | "absolute";
  args?: (number | string | Piece)[];
  /** whether no figure says the values of the function */
  rounds?: boolean;
  /** ranges */
  over?: Piece[];
  first?: number | string | Piece;
  last?: number | string | Piece;
  items?: (number | string | Piece)[];
  rows?: (number | string | Piece)[];
  cells?: (number | string | Piece)[];
  sides?: (number | string | Piece)[];
  /** between the sides; = becomes ≈ where a filled number is rounded */
  signs?: ("=" | "\u2248" | "+=" | "\u2264" | "<")[];
  cases?: (number | string | Piece)[];
  relation?: number | string | Piece;
  when?: number | string | Piece;
  /** of what is left out */
  count?: number;
  /** of a `slot`: `step` or `start`, then fields and places; a name is a place of an `each` around it */
  path?: (string | number | (string | number)[])[];
  /** of an `each`: the array whose numbers it repeats its body for */
  of?: (string | number | (string | number)[])[];
  /** of an `each`: the names of the places in the array */
  names?: string[];
  /** of an `each`: whether `null` is left out */
  skips?: boolean;
}

type Planes = Grid[];

/** Why a request was refused, in the language of the request. */
interface Problem {
  /** the whole sentence */
  detail: string;
  /** the word, setting or thing at fault */
  field: string;
  /** what was in it, cut after 80 characters; null where there is nothing to show */
  value: string | number | boolean | null;
  /** the rule it broke */
  rule: string;
  /** the line of a scene that mends it, where it is clear what was meant */
  fix?: string | null;
}

/** Questions, without their answers. */
interface Questions {
  line: string;
  layer: number;
  /** what can be asked of this layer */
  can_ask: ("value" | "size" | "winner" | "parameters" | "kernel" | "window")[];
  questions: Asked[];
}

/** What a layer of sliding windows is beside other ways to compute it. */
interface Relations {
  /** of im2col: one for each window of a channel group */
  rows: number;
  /** of im2col: one for each cell under a window */
  columns: number;
  /** columns that the matrix is multiplied by; 0 for pooling */
  kernels: number;
  /** how many such matrices there are */
  groups: number;
  /** how many times as many numbers the matrices hold as the input does */
  copies: number;
  /** shared weights that are learned, biases left out */
  weights: number;
  /** weights of a fully connected layer between the same cells */
  dense: number;
  /** pairs of cells of input and output that the layer joins */
  links: number;
}

/** A row of outputs, or a piece of one, for detail=rows. */
interface RowLine {
  type: "row";
  /** of its first step */
  index: number;
  /** its first cell, [channel, row, column] */
  at: Shape;
  count: number;
  outputs: Value[];
}

/** What a layer computes: in letters, with its own settings, and with slots for the numbers of a step. */
interface Rule {
  general: Statement;
  indexed: Statement;
  /** what letters of the general rule stand for in this layer */
  letters: Record<string, number>;
  /** places and cells of the general rule, with slots for what they are in a step */
  here: (number | string | Piece)[];
  numbers: (number | string | Piece)[];
  /** lines for where there is room: the sums of a gradient, the stamps of a scatter */
  aside: (number | string | Piece)[];
  /** the sentence about a step */
  said: Said[];
  /** the function that the next layer applies, as it is written */
  activation?: string;
}

/** A part of the sentence about a step. */
interface Said {
  text: Record<string, string>;
  facts: Record<string, (string | number | (string | number)[])[]>;
}

/** A sample picture. */
interface Sample {
  id: string;
  title: Titles;
  credit: string;
  licence: string;
  channels: number;
  height: number;
  width: number;
  /** the sample that shows it among others */
  sheet: string | null;
  /** the address of a small picture of it */
  thumbnail: string;
}

interface SceneBody {
  /** language of titles and of refusals; where it is none of the server's, Accept-Language decides */
  lang?: string;
  /** a scene line or a JSON scene */
  scene: string | JsonScene;
}

/** What cells of a layer see of one map below it. */
interface SeenField {
  /** of the map */
  shape: Shape;
  rows: Lines;
  cols: Lines;
  /** of the map that each channel of the layer sees; null where each sees all, or they are too many */
  channels: number[][] | null;
}

/** An array inside an opening. */
interface Sent {
  shape: Shape;
  type: "uint8" | "int32" | "int64" | "float64";
  /** least and most of its finite values */
  range: [number, number];
  /** little-endian numbers in base64; null where they are many: fetch them */
  data: string | null;
}

/** A setting of an operation. */
interface Setting {
  name: string;
  kind: string;
  title: Titles;
  default: unknown;
  minimum: number | null;
  maximum: number | null;
  choices: string[];
  help: Titles;
  positional: boolean;
  required: boolean;
  /** what a form writes when the operation is added; null leaves the setting out */
  first: unknown;
  /** that stand for a number of cells, as a form offers them */
  words: string[];
  /** seldom changed: a form keeps it behind the others */
  rare: boolean;
  /** whether the layer of a weight set may stand for it, such as lenet-5.c1 */
  named: boolean;
}

type Shape = [number, number, number];

/** What a step adds to one gradient; every list but `after` follows the cells under the window. */
interface Share {
  /** places in the gradient, flat; -1 is padding, where nothing is added */
  cells: number[];
  /** what the gradient of the output is multiplied by */
  factors: Value[];
  added: Value[];
  /** the whole gradient when this is added, flat */
  after: Value[];
}

/** A picture that is moved by 0, 1, ... pixels to the right, and what two networks say of it. */
interface Shifted {
  /** pixels, for each place */
  pictures: number[][][];
  /** pixels of the picture: inputs of a network */
  inputs: number;
  /** how many of them are another number than before it was moved */
  changed: number[];
  networks: ShiftedNetwork[];
}

/** What a network says of a picture that is moved by 0, 1, ... pixels. */
interface ShiftedNetwork {
  network: string;
  title: Titles;
  /** what the answers are; the least distance wins */
  kind: "probability" | "distance";
  classes: string[];
  /** one for each class, for each place of the picture */
  answers: number[][];
  /** which class wins, for each place of the picture */
  best: number[];
  /** by how many pixels at most digits were moved while it learnt */
  learnt_moved: number;
  /** share of the test digits that is answered rightly when they are moved so far, mean over the four directions; measured when the network was trained */
  right: number[];
  /** how many test digits */
  of: number;
}

/** What a question lays on the table; the answer is not among it. */
interface Shown {
  operation: Titles;
  input_shape: Shape;
  /** the settings that differ from their defaults, tables left out */
  settings: Record<string, unknown>;
  /** the layer's rule in letters */
  rule: string[];
  /** a small input whole */
  input?: Planes | null;
  /** where the window starts, in the unpadded input */
  corner?: Pair | null;
  window?: Planes;
  kernel?: Planes;
  /** where they do not give the answer away */
  products?: Planes;
  /** planes, rows and columns of what is left out */
  holes?: Record<string, number[]>;
  /** once it is answered */
  sums?: unknown;
  bias?: number;
  divisor?: number;
  /** the plane of the output; null what is not told yet */
  map?: Planes;
  /** the cell that is asked for */
  at?: Pair;
  /** once it is answered */
  winner?: Pair;
  /** once it is answered */
  size?: Pair;
  /** (kernels, channels, rows, columns) */
  weight_shape?: number[];
  /** how many */
  biases?: number;
}

type Sides = [Pair, Pair];

/** The output's size along one axis, as a relation. */
interface Size {
  axis: "rows" | "cols";
  /** in the letters I, K, S, P, O */
  symbols: Piece;
  /** in the letters H, FH, S, P, OH */
  lecture: Piece;
  /** with this layer's numbers */
  numbers: Piece;
  /** what the last window leaves over, at a stride of more than one */
  remainder: number;
}

/** A map made small: its first channels, each cell the mean of those that it stands for. */
interface SmallMap {
  /** of the whole map */
  shape: Shape;
  /** of what is told of it: channels, rows and columns */
  shown: Shape;
  /** what a cell of 0 stands for */
  low: number;
  /** what a cell of 254 stands for */
  high: number;
  /** a byte a cell in base64, 255 where there is no number; null where the map takes too long */
  cells: string | null;
  /** of a short vector: its numbers themselves */
  values?: Value[];
  /** the place of the largest of them; of distances that of the smallest */
  answer?: number;
  /** what the outputs of a network stand for */
  classes?: (string | Titles)[];
}

/** Where a walk stands. */
interface Standing {
  /** language of titles and of refusals; where it is none of the server's, Accept-Language decides */
  lang?: string;
  /** a scene line or a JSON scene */
  scene: string | JsonScene;
  /** which operation, from 0; negative from the end */
  layer?: number;
  /** which step of it; negative from the end */
  step?: number;
}

/** The first line: the layer, and the range of its steps that follows. What a kind of layer lacks is left out. */
interface StartLine {
  type: "start";
  scene: string;
  layer: number;
  operation: string;
  kind: "gather" | "scatter" | "pointwise" | "rearrange";
  input_shape: Shape;
  output_shape: Shape;
  /** shape of what the steps visit, in order */
  walked_shape: number[];
  /** how many the layer has */
  steps: number;
  start: number;
  stop: number;
  every: number;
  detail: "full" | "partial" | "sums" | "output" | "rows";
  /** the operation of the next layer, where it looks at each cell alone */
  activation: string | null;
  /** of softmax: the axis along which cells share */
  axis?: number;
  /** (C_out, C_in / groups, kH, kW) or, of gradient filters, (2, kH, kW): what multiplies the window */
  weight?: Planes[] | Planes | null;
  bias?: number[] | null;
  divisor?: number;
  kernel_size?: Pair;
  stride?: Pair;
  /** on each side: ((top, bottom), (left, right)) */
  padding?: Sides;
  padding_mode?: string;
  padding_value?: number;
  output_padding?: Pair;
  dilation?: Pair;
  groups?: number;
  flip?: boolean;
  /** of a partial convolution, (C_out, C_in): 1 where an output sees a channel */
  links?: number[][];
  /** of sub-sampling: what the sum of a window is multiplied by, one a channel */
  coefficients?: number[];
  /** what `products` holds if not products: squared differences */
  pairing?: "distance";
  depthwise?: boolean;
  /** of a pooling's gradient: the map that the pooling was given */
  pooled?: Planes;
}

/** Relations, the ranges of the letters that they leave free, and what else holds. */
interface Statement {
  lines: (number | string | Piece)[];
  over?: Piece[];
  where?: (number | string | Piece)[];
}

/** A step. Which numbers it has depends on the kind of its layer, and on `detail`. */
interface StepLine {
  type: "step";
  index: number;
  /** the cell that the step visits, [channel, row, column] */
  at: Shape;
  /** the window's first row and column in the unpadded input; negative in the padding */
  corner?: Pair;
  window?: Planes | Grid;
  /** window times kernel; of a scatter, the stamp */
  products?: Planes | Grid;
  /** the running sums inside the step, for detail=partial */
  partial?: Planes | Grid;
  /** one a channel; of gradient filters, for x and y */
  sums?: Value[];
  /** of an average: over its window */
  sum?: Value;
  /** of an average: cells that are divided by */
  count?: number;
  /** of softmax: what is divided by */
  total?: Value;
  /** of softmax: what is subtracted before, so that no power is too large */
  largest?: Value;
  /** of softmax: e to the cell less the largest */
  exp?: Value;
  bias?: Value;
  /** one value, or a column of them where cells are only moved */
  output?: Value | Value[];
  /** what the next layer's activation makes of the output */
  activated?: Value;
  /** of a gradient filter: its direction in radians */
  angle?: Value;
  /** of a maximum over channels: the one that holds it */
  channel?: number;
  input_channel?: number;
  /** of a maximum: its place in the window */
  argmax?: Pair;
  /** of a maximum: its place in the input */
  winner?: Pair;
  /** rows and columns of this window, where windows differ */
  size?: Pair;
  /** of a pointwise operation or a scatter: what it is given */
  input?: Value | Value[];
  /** of moved cells: where they come from; outside the input is padding */
  from?: Shape | Shape[];
  /** of gaussian noise: what is added to the cell */
  noise?: Value;
  /** of salt-and-pepper: the number between 0 and 100 that says whether the cell is struck */
  draw?: Value;
  /** of a scatter: the output under the stamp, before it */
  before?: Planes;
  /** of a scatter: the output under the stamp, after it */
  after?: Planes;
}

/** Which steps of a layer, and how much of each. */
interface StepsBody {
  /** language of titles and of refusals; where it is none of the server's, Accept-Language decides */
  lang?: string;
  /** a scene line or a JSON scene */
  scene: string | JsonScene;
  /** which operation, from 0; negative from the end */
  layer?: number;
  /** the first step */
  start?: number;
  /** the step before which to stop; the end when not said */
  stop?: number | null;
  /** each so many steps only */
  every?: number;
  /** how much of each step; rows gives whole rows of outputs */
  detail?: "full" | "partial" | "sums" | "output" | "rows";
}

/** One line of a stream. */
type StreamLine = StartLine | StepLine | RowLine | EndLine | ErrorLine;

type Titles = Record<string, string>;

/** How weights came about, and how well they answer. */
interface Trained {
  data: string;
  credit: string;
  licence: string;
  /** how many pictures */
  learnt_from: number;
  command: string;
  seed: number;
  epochs: number;
  /** how many of the pictures that it never saw are answered rightly */
  right: number;
  of: number;
}

/** How a matrix was read, in the language of the request. */
interface Understood {
  sentence: string;
  notes: string[];
}

/** Rows and columns of the input that no window covers. */
interface Unvisited {
  rows: number[];
  cols: number[];
}

type Value = number | null;

/** The numbers of one layer. */
interface Weights {
  name: string;
  /** of `weight` */
  shape: number[];
  weight: number[] | number[][] | number[][][] | number[][][][];
  /** one for each output */
  bias: number[] | null;
  /** of a partial convolution: which outputs see which channels */
  links: number[][] | null;
}
