/** Form controls, one a kind of Parameter: the operations describe themselves, and this makes the form. */
import { icon, make } from "../page/elements.js";
import { whenWritten } from "../page/typing.js";
import { _, choiceName } from "../page/words.js";
import { spellMatrix } from "./matrix.js";
import { isUnfinished, PAUSE } from "./reader.js";
import { withSlider } from "./slider.js";

/** @typedef {Setting} Parameter */
/** @typedef {{ layer: Layer, start: StartLine, limit: Limit, range: number[] }} Context  range: of the input */
/** @typedef {{ nodes: HTMLElement[], show: (value: any, context: Context) => void }} Control */
/** @typedef {(value: unknown) => void} Change  undefined: the default; NaN: not readable */
/** @typedef {(parameter: Parameter, id: string, change: Change) => Control} Maker */

/** @type {Record<string, Maker>} */
export const CONTROLS = {
  int: (parameter, id, change) => numberControl(parameter, id, change, "1"),
  number: (parameter, id, change) => numberControl(parameter, id, change, "any"),
  pair: pairControl,
  padding: paddingControl,
  choice: choiceControl,
  boolean: booleanControl,
  numbers: (_parameter, id, change) => textControl(id, change, (value) => [value].flat().join(" ")),
  sizes: (_parameter, id, change) => textControl(id, change, (value) => [value].flat().join(" ")),
  matrix: (_parameter, id, change) =>
    textControl(id, change, (value) => (typeof value === "string" ? value : spellMatrix(value))),
};

/** Kinds of numbers that a slider can draw. */
const SLIDING = ["int", "number", "pair", "padding"];

const LINKED = "M10 14a4 4 0 0 0 6 0l3-3a4.200 4.200 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4.200 4.200 0 0 0 6 6l1-1";

/** @param {Parameter} parameter  @param {string} id  @param {Change} change */
export function settingControl(parameter, id, change) {
  const control = (CONTROLS[parameter.kind] ?? CONTROLS.sizes)(parameter, id, change);
  return SLIDING.includes(parameter.kind) ? withSlider(parameter, control, change) : control;
}

/**
 * @param {Parameter} parameter  @param {string} id  @param {Change} change  @param {string} step
 * @returns {Control}
 */
function numberControl(parameter, id, change, step) {
  const input = make("input", { type: "number", id, step });
  whenWritten(input, () => change(read(input)));
  return {
    nodes: [input],
    show: (value, { limit }) => {
      bound(input, parameter, limit);
      writeInto(input, value);
      input.placeholder = value === null ? _("as is") : "";
    },
  };
}

/**
 * One number for both sides, or one for each. @param {Parameter} parameter  @param {string} id
 * @param {Change} change  @returns {Control}
 */
function pairControl(parameter, id, change) {
  const rows = make("input", { type: "number", id, step: "1" });
  const columns = make("input", { type: "number", step: "1", "aria-label": _("columns") });
  const link = make(
    "button",
    {
      type: "button",
      class: "link-sides",
      "aria-pressed": "true",
      title: _("Same for rows and columns"),
      "aria-label": _("Same for rows and columns"),
    },
    icon(LINKED),
  );
  let linked = true;
  /** @type {Limit} */
  let known = {};
  const tell = () => change(linked ? read(rows) : both(read(rows), read(columns)));
  const look = () => {
    link.setAttribute("aria-pressed", String(linked));
    columns.hidden = linked;
    bound(rows, parameter, linked ? known : endOf(known, 0));
    bound(columns, parameter, endOf(known, 1));
  };
  link.addEventListener("click", () => {
    linked = !linked;
    if (!linked) columns.value = rows.value;
    look();
    if (linked) tell();
  });
  for (const input of [rows, columns]) whenWritten(input, tell);
  look();
  return {
    nodes: [rows, columns, link],
    show: (value, { limit, start }) => {
      const given = value ?? /** @type {any} */ (start)[parameter.name];
      const idle = ![rows, columns].includes(/** @type {any} */ (document.activeElement));
      if (given && given[0] !== given[1]) linked = false;
      else if (idle && document.activeElement !== link && given) linked = linked || false;
      known = limit;
      writeInto(rows, value ? value[0] : null);
      writeInto(columns, value ? value[1] : null);
      for (const [input, side] of /** @type {const} */ ([
        [rows, 0],
        [columns, 1],
      ]))
        input.placeholder = !value && given ? String(given[side]) : "";
      look();
    },
  };
}

/** @param {unknown} height  @param {unknown} width */
function both(height, width) {
  if (height === undefined || width === undefined) return undefined;
  return Number.isNaN(height) || Number.isNaN(width) ? NaN : [height, width];
}

/**
 * A word or numbers. Where no window slides, a word has no meaning.
 * @param {Parameter} parameter  @param {string} id  @param {Change} change  @returns {Control}
 */
function paddingControl(parameter, id, change) {
  const words = make("select", { id });
  const sides = make("input", {
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": _("Padding in cells: one number, or rows and columns"),
  });
  words.append(...parameter.words.map((word) => new Option(choiceName(word), word)));
  words.append(new Option(_("number of cells"), "number"));
  words.hidden = !parameter.words.length;
  words.addEventListener("change", () => {
    sides.hidden = words.value !== "number";
    if (words.value === "number") {
      sides.focus();
      sides.select();
    }
    change(words.value === "number" ? readPadding(sides.value || "1") : words.value);
  });
  whenWritten(sides, () => change(readPadding(sides.value)));
  return {
    nodes: [words, sides],
    show: (value) => {
      if (typeof value === "string" && ![...words.options].some((option) => option.value === value))
        words.append(new Option(choiceName(value), value));
      const word = typeof value === "string" ? value : value === 0 && words.options.length > 1 ? "valid" : "number";
      if (document.activeElement !== sides) {
        words.value = word;
        sides.hidden = word !== "number";
        sides.value = word === "number" ? spellPadding(value) : "1";
      }
    },
  };
}

/** 1; 1 2; or 0 1 2 3: top, bottom, left, right. @param {string} text */
function readPadding(text) {
  const numbers = text.replace(/[(),]/g, " ").trim().split(/\s+/).map(wholeNumber);
  if (numbers.some(Number.isNaN)) return NaN;
  if (numbers.length === 1) return numbers[0];
  if (numbers.length === 2) return numbers;
  return numbers.length === 4 ? [numbers.slice(0, 2), numbers.slice(2)] : NaN;
}

/** @param {string} text */
const wholeNumber = (text) => (/^[+-]?[0-9]+$/.test(text) ? Number(text) : NaN);

/** @param {any} value */
const spellPadding = (value) => [value].flat(2).join(" ");

/** @param {Parameter} parameter  @param {string} id  @param {Change} change  @returns {Control} */
function choiceControl(parameter, id, change) {
  const select = make("select", { id }, ...parameter.choices.map((word) => new Option(choiceName(word), word)));
  select.addEventListener("change", () => change(select.value));
  return {
    nodes: [select],
    show: (value) => {
      select.value = value;
    },
  };
}

/** @param {Parameter} _parameter  @param {string} id  @param {Change} change  @returns {Control} */
function booleanControl(_parameter, id, change) {
  const input = make("input", { type: "checkbox", role: "switch", id });
  input.addEventListener("change", () => change(input.checked));
  return {
    nodes: [input],
    show: (value) => {
      input.checked = value === true;
    },
  };
}

/**
 * Numbers as text: the server reads them, when they are finished.
 * @param {string} id  @param {Change} change  @param {(value: any) => string} spell  @returns {Control}
 */
function textControl(id, change, spell) {
  const input = make("input", { type: "text", id, autocomplete: "off", autocapitalize: "off", spellcheck: "false" });
  let timer = 0,
    told = "";
  const tell = () => {
    clearTimeout(timer);
    const text = input.value.trim();
    if (text === told) return;
    told = text;
    change(text === "false" ? false : text || undefined);
  };
  input.addEventListener("change", tell);
  const wait = () => clearTimeout(timer);
  const typed = () => {
    wait();
    if (!input.value || !isUnfinished(input.value)) timer = setTimeout(tell, PAUSE);
  };
  whenWritten(input, typed, wait);
  return {
    nodes: [input],
    show: (value) => {
      if (document.activeElement === input) return;
      input.value = told = value === null ? "" : spell(value);
    },
  };
}

/** @param {HTMLInputElement} input */
function read(input) {
  return input.value === "" && !input.validity.badInput ? undefined : input.valueAsNumber;
}

/**
 * Never offers what the other settings rule out. @param {HTMLInputElement} input  @param {Parameter} parameter
 * @param {End} limit
 */
function bound(input, parameter, limit) {
  const minimum = limit.minimum ?? parameter.minimum,
    maximum = limit.maximum ?? parameter.maximum;
  input.min = minimum === null || minimum === undefined ? "" : String(minimum);
  input.max = maximum === null || maximum === undefined ? "" : String(maximum);
}

/** Where a number for one side ends. @param {Limit} limit  @param {number} side  @returns {End} */
export function endOf(limit, side) {
  return limit.sides ? (limit.sides[side] ?? {}) : limit;
}

/** A field that is being written in keeps its text. @param {HTMLInputElement} input  @param {number | null} value */
function writeInto(input, value) {
  if (document.activeElement === input && (value === null || input.valueAsNumber === value)) return;
  if (document.activeElement === input && !input.validity.valid) return; // what is wrong stays, with its complaint
  input.value = value === null || value === undefined ? "" : String(value);
}
