/** The element's own words, English and Korean. Lab pages have their catalogue; an embed brings these along. */
import { figure } from "./figures.js";

/** @typedef {typeof ENGLISH} Vocabulary */

const ENGLISH = {
  input: "Input",
  featureMap: "Feature map",
  arithmetic: "Arithmetic",
  window: "window",
  kernel: "kernel",
  products: "products",
  cell: "cell",
  stamp: "stamp",
  column: "column",
  padding: "padding",
  bias: "bias",
  sumOfProducts: "sum of products",
  sum: "sum",
  direction: "direction (x right, y down)",
  place: (/** @type {number[]} */ [channel, row, column], /** @type {boolean} */ several) =>
    several ? `channel ${channel}, row ${row}, column ${column}` : `row ${row}, column ${column}`,
  moreChannels: (/** @type {number} */ count) => `+ ${count} more channel${count > 1 ? "s" : ""}`,
  morePlanes: (/** @type {number} */ count) => `+${count}`,
  channel: (/** @type {number} */ index) => `Channel ${index}`,
  inputLabel: (/** @type {string} */ shape) => `Input, ${shape}. The frame shows the cells this step reads.`,
  outputLabel: (/** @type {string} */ shape) => `Feature map, ${shape}. Cells not yet computed are hatched.`,
  arithmeticLabel: "Arithmetic of this step",
  timeline: "Timeline",
  first: "First step",
  last: "Last step",
  next: "Next layer",
  back: "Step back",
  forward: "Step forward",
  rowBack: "Row back",
  rowForward: "Row forward",
  play: "Play",
  pause: "Pause",
  loop: "Loop",
  strongest: "Strongest answer",
  scrubber: "Step",
  stepField: "Step number, or row and column such as 3:17",
  step: "step",
  counter: (/** @type {number} */ step, /** @type {number} */ steps) => `step ${step} of ${steps}`,
  speed: "Speed",
  speedText: (/** @type {string} */ speed) => `${speed} steps/s`,
  loading: "Loading …",
  waiting: "Fetching steps …",
  failed: "This scene cannot be shown.",
  unreachable: "The server does not answer.",
  retry: "Try again",
  clipped: "clipped",
  keys: "Keys",
  close: "Close",
  keyList: [
    ["Space", "play or pause"],
    ["← →", "step back, step forward"],
    ["Shift + ← →", "row back, row forward"],
    ["Page Up, Page Down", "step back, step forward"],
    ["Home, End", "first step, last step"],
    ["[ ]", "slower, faster"],
    ["n", "next layer"],
    ["f", "full screen"],
    ["?", "this list"],
  ],
  sentence: (
    /** @type {number} */ step,
    /** @type {number} */ steps,
    /** @type {string} */ place,
    /** @type {string} */ result,
  ) => `Step ${step} of ${steps}, ${place}: ${result}.`,
  resultOf: {
    sums: (/** @type {number} */ sum) => `sum of products ${figure(sum)}`,
    output: (/** @type {number | null | undefined} */ output) => `output ${figure(output)}`,
    activated: (/** @type {string} */ name, /** @type {number | null | undefined} */ value) =>
      `${name} gives ${figure(value)}`,
    gradient: (/** @type {number[]} */ [x, y]) => `sums x ${figure(x)} and y ${figure(y)}`,
    largest: (/** @type {number | null | undefined} */ value) => `largest value ${figure(value)}`,
    mean: (/** @type {number | null | undefined} */ value) => `mean ${figure(value)}`,
    pointwise: (/** @type {number | null | undefined} */ input, /** @type {number | null | undefined} */ output) =>
      `input ${figure(input)} gives ${figure(output)}`,
    moved: (/** @type {string} */ from, /** @type {number | null | undefined} */ value) =>
      `copies ${figure(value)} from ${from}`,
    column: (/** @type {number} */ count) => `the ${count} cells of the window become a column`,
    spread: (/** @type {number | number[] | null | undefined} */ value) =>
      `${[value].flat().map(figure).join(", ")} is added to the output`,
    stamped: (/** @type {number | null | undefined} */ value) =>
      `the kernel times ${figure(value)} is added to the output`,
  },
};

/** @type {Vocabulary} */
const KOREAN = {
  input: "입력",
  featureMap: "특성 맵",
  arithmetic: "계산",
  window: "윈도우",
  kernel: "커널",
  products: "곱",
  cell: "입력 칸",
  stamp: "더할 값",
  column: "열",
  padding: "패딩",
  bias: "편향",
  sumOfProducts: "곱의 합",
  sum: "합",
  direction: "방향(x 오른쪽, y 아래쪽)",
  place: ([channel, row, column], several) =>
    several ? `채널 ${channel}, ${row}행 ${column}열` : `${row}행 ${column}열`,
  moreChannels: (count) => `외 채널 ${count}개`,
  morePlanes: (count) => `+${count}`,
  channel: (index) => `채널 ${index}`,
  inputLabel: (shape) => `입력, ${shape}. 테두리는 이 스텝이 읽는 칸입니다.`,
  outputLabel: (shape) => `특성 맵, ${shape}. 아직 계산하지 않은 칸은 빗금입니다.`,
  arithmeticLabel: "이 스텝의 계산",
  timeline: "재생 막대",
  first: "첫 스텝",
  last: "마지막 스텝",
  next: "다음 층",
  back: "한 스텝 뒤로",
  forward: "한 스텝 앞으로",
  rowBack: "한 행 뒤로",
  rowForward: "한 행 앞으로",
  play: "재생",
  pause: "일시 정지",
  loop: "반복",
  strongest: "가장 강한 반응",
  scrubber: "스텝",
  stepField: "스텝 번호 또는 3:17처럼 행과 열",
  step: "스텝",
  counter: (step, steps) => `${steps}스텝 중 ${step}번째`,
  speed: "속도",
  speedText: (speed) => `초당 ${speed}스텝`,
  loading: "불러오는 중 …",
  waiting: "스텝을 가져오는 중 …",
  failed: "이 장면을 표시할 수 없습니다.",
  unreachable: "서버가 응답하지 않습니다.",
  retry: "다시 시도",
  clipped: "범위 밖 값 잘림",
  keys: "단축키",
  close: "닫기",
  keyList: [
    ["Space", "재생, 일시 정지"],
    ["← →", "한 스텝 뒤로, 앞으로"],
    ["Shift + ← →", "한 행 뒤로, 앞으로"],
    ["Page Up, Page Down", "한 스텝 뒤로, 앞으로"],
    ["Home, End", "첫 스텝, 마지막 스텝"],
    ["[ ]", "느리게, 빠르게"],
    ["n", "다음 층"],
    ["f", "전체 화면"],
    ["?", "단축키 목록"],
  ],
  sentence: (step, steps, place, result) => `${steps}스텝 중 ${step}번째, ${place}: ${result}.`,
  resultOf: {
    sums: (sum) => `곱의 합 ${figure(sum)}`,
    output: (output) => `출력 ${figure(output)}`,
    activated: (name, value) => `${name} 적용 결과 ${figure(value)}`,
    gradient: ([x, y]) => `x 방향 합 ${figure(x)}, y 방향 합 ${figure(y)}`,
    largest: (value) => `최댓값 ${figure(value)}`,
    mean: (value) => `평균 ${figure(value)}`,
    pointwise: (input, output) => `입력 ${figure(input)}, 출력 ${figure(output)}`,
    column: (count) => `윈도우의 ${count}칸이 한 열이 됨`,
    moved: (from, value) => `${from}의 값 ${figure(value)}을(를) 그대로 옮김`,
    spread: (value) => `${[value].flat().map(figure).join(", ")}을(를) 출력에 더함`,
    stamped: (value) => `커널에 ${figure(value)}을(를) 곱해 출력에 더함`,
  },
};

/** The words of a language; anything but Korean is English. @param {string} lang */
export function wordsOf(lang) {
  return languageOf(lang) === "ko" ? KOREAN : ENGLISH;
}

/** @param {string} lang  @returns {"en" | "ko"} */
export function languageOf(lang) {
  return lang.toLowerCase().startsWith("ko") ? "ko" : "en";
}

/** @param {string | Words | undefined} text  @param {"en" | "ko"} lang */
export function inLanguage(text, lang) {
  return typeof text === "object" ? (text[lang] ?? text.en) : (text ?? "");
}
