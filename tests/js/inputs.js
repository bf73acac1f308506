/** Fields of a page: what is written in them, and whether it may be. */
import { PageElement } from "./nodes.js";

/** What a field may be, of what it must be. */
function validityOf({ type, value, max, min, step }) {
  const number = value === "" || type !== "number" ? Number.NaN : Number(value);
  const from = min === "" ? 0 : Number(min);
  return {
    rangeOverflow: max !== "" && number > Number(max),
    rangeUnderflow: min !== "" && number < Number(min),
    stepMismatch: !["", "any"].includes(step) && Math.abs((number - from) % Number(step)) > 1e-9,
  };
}

export class ButtonElement extends PageElement {}

export class InputElement extends PageElement {
  get value() {
    const text = this.typed ?? this.getAttribute("value") ?? "";
    return this.type === "range" ? onTrack(text, this) : text;
  }
  set value(value) {
    const text = String(value);
    const written = text !== "" && Number.isFinite(Number(text));
    this.typed = this.type === "number" && !written ? "" : text;
  }
  get defaultValue() {
    return this.getAttribute("value") ?? "";
  }
  get valueAsNumber() {
    return this.value === "" ? Number.NaN : Number(this.value);
  }
  get step() {
    return this.getAttribute("step") ?? "";
  }
  set step(value) {
    this.setAttribute("step", value);
  }
  get validity() {
    return validityOf(this);
  }
  checkValidity() {
    return !Object.values(this.validity).some(Boolean);
  }
  reportValidity() {
    if (!this.checkValidity()) this.focus();
    return this.checkValidity();
  }
}

/** A slider never stands outside its track. */
function onTrack(text, { min, max }) {
  const [least, most] = [Number(min || 0), Number(max || 100)];
  const number = text === "" ? (least + most) / 2 : Number(text);
  return String(Math.max(least, Math.min(Math.max(least, most), number)));
}

export class TextAreaElement extends PageElement {
  get value() {
    return this.typed ?? this.textContent;
  }
  set value(value) {
    this.typed = String(value);
  }
}

export class OptionElement extends PageElement {
  constructor(text = "", value = "", _default = false, chosen = false) {
    super("option");
    this.textContent = text;
    if (value !== "") this.setAttribute("value", value);
    if (chosen) this.selected = true;
  }
  get value() {
    return this.getAttribute("value") ?? this.textContent;
  }
  get selected() {
    return this.chosen ?? this.hasAttribute("selected");
  }
  set selected(chosen) {
    this.chosen = chosen;
  }
}

export class SelectElement extends PageElement {
  get options() {
    return this.querySelectorAll("option");
  }
  get length() {
    return this.options.length;
  }
  get selectedIndex() {
    const { options } = this;
    return options.length ? Math.max(0, options.map(({ selected }) => Boolean(selected)).lastIndexOf(true)) : -1;
  }
  set selectedIndex(index) {
    for (const [place, option] of this.options.entries()) option.selected = place === index;
  }
  get value() {
    return this.options[this.selectedIndex]?.value ?? "";
  }
  set value(value) {
    this.selectedIndex = this.options.findIndex((option) => option.value === String(value));
  }
}
