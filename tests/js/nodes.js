/** Nodes of a page: as much of a DOM as the views ask for. */
import { recorder } from "./canvas.js";
import { Events, PageEvent } from "./events.js";
import { classesOf, dataOf, styleOf } from "./properties.js";
import { fits } from "./selectors.js";

export class PageNode extends Events {
  parentNode = null;

  get parentElement() {
    return this.parentNode instanceof PageElement ? this.parentNode : null;
  }
  remove() {
    const among = this.parentNode?.childNodes;
    if (among) among.splice(among.indexOf(this), 1);
    this.parentNode = null;
  }
  after(...nodes) {
    this.#beside(1, nodes);
  }
  before(...nodes) {
    this.#beside(0, nodes);
  }
  replaceWith(...nodes) {
    if (!this.parentNode) return;
    this.after(...nodes);
    this.remove();
  }
  #beside(by, nodes) {
    const parent = this.parentNode;
    for (const node of nodes) node.remove?.();
    parent.childNodes.splice(parent.childNodes.indexOf(this) + by, 0, ...nodes.map((node) => parent.taken(node)));
  }
  getRootNode() {
    let root = this;
    while (root.parentNode) root = root.parentNode;
    return root;
  }
  get isConnected() {
    let root = this.getRootNode();
    while (root.host) root = root.host.getRootNode();
    return root === document;
  }
}

class Text extends PageNode {
  constructor(text) {
    super();
    this.nodeValue = String(text);
  }
  get textContent() {
    return this.nodeValue;
  }
}

export class PageElement extends PageNode {
  childNodes = [];
  attributes = new Map();
  /** What a layout would say; tests set it. */
  box = { left: 0, top: 0, width: 0, height: 0 };
  scrollHeight = 0;
  open = false;

  constructor(tag) {
    super();
    this.localName = tag;
    this.style = styleOf();
    this.classList = classesOf(this);
    this.dataset = dataOf(this);
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }
  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }
  hasAttribute(name) {
    return this.attributes.has(name);
  }
  removeAttribute(name) {
    this.attributes.delete(name);
  }
  toggleAttribute(name, set = !this.attributes.has(name)) {
    if (set) this.setAttribute(name, "");
    else this.removeAttribute(name);
  }

  get children() {
    return this.childNodes.filter((node) => node instanceof PageElement);
  }
  get childElementCount() {
    return this.children.length;
  }
  get firstChild() {
    return this.childNodes[0] ?? null;
  }
  get firstElementChild() {
    return this.children[0] ?? null;
  }
  get lastElementChild() {
    return this.children.at(-1) ?? null;
  }
  taken(node) {
    const child = node instanceof PageNode ? node : new Text(node);
    child.remove();
    child.parentNode = this;
    return child;
  }
  append(...nodes) {
    for (const node of nodes) this.childNodes.push(this.taken(node));
  }
  prepend(...nodes) {
    this.childNodes.unshift(...nodes.map((node) => this.taken(node)));
  }
  replaceChildren(...nodes) {
    for (const node of [...this.childNodes]) node.remove();
    this.append(...nodes);
  }
  get textContent() {
    return this.childNodes.map((node) => node.textContent).join("");
  }
  set textContent(text) {
    this.replaceChildren(...(text === "" ? [] : [String(text)]));
  }

  matches(selector) {
    return selector.split(",").some((one) => fits(this, one.trim()));
  }
  closest(selector) {
    for (let node = this; node instanceof PageElement; node = node.parentNode) if (node.matches(selector)) return node;
    return null;
  }
  *within() {
    for (const child of this.children) {
      yield child;
      yield* child.within();
    }
  }
  querySelectorAll(selector) {
    return [...this.within()].filter((node) => node.matches(selector));
  }
  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }
  contains(node) {
    for (let one = node; one; one = one.parentNode) if (one === this) return true;
    return false;
  }

  getBoundingClientRect() {
    const { left, top, width, height } = this.box;
    const scale = this.scale ?? 1;
    return { left, top, width: width * scale, height: height * scale, right: left + width, bottom: top + height };
  }
  get offsetWidth() {
    return this.box.width;
  }
  get offsetHeight() {
    return this.hidden ? 0 : this.box.height;
  }
  get clientWidth() {
    return this.box.width;
  }
  get clientHeight() {
    return this.box.height;
  }
  checkVisibility() {
    return this.visible ?? true;
  }

  focus() {
    if (document.activeElement !== this) document.activeElement?.left?.();
    document.activeElement = this;
    this.dispatchEvent(new PageEvent("focusin", { bubbles: true }));
    this.dispatchEvent(new PageEvent("focus"));
  }
  blur() {
    document.activeElement = document.body;
    this.left();
  }
  left() {
    this.dispatchEvent(new PageEvent("blur"));
    this.dispatchEvent(new PageEvent("focusout", { bubbles: true }));
  }
  click() {
    this.dispatchEvent(new PageEvent("click", { bubbles: true }));
  }
  select() {
    this.selected = true;
  }
  showModal() {
    this.open = true;
  }
  close() {
    this.open = false;
    this.dispatchEvent(new PageEvent("close"));
  }
  showPopover() {
    for (const type of ["beforetoggle", "toggle"]) this.dispatchEvent(new PageEvent(type, { newState: "open" }));
  }
  hidePopover() {
    for (const type of ["beforetoggle", "toggle"]) this.dispatchEvent(new PageEvent(type, { newState: "closed" }));
  }
  scrollIntoView() {
    document.scrolledTo = this;
  }
  setPointerCapture(pointer) {
    this.captured = pointer;
  }
  attachShadow() {
    const root = new PageElement("#shadow");
    root.host = this;
    this.shadowRoot = root;
    return root;
  }
  getContext() {
    this.context ??= recorder(this);
    return this.context;
  }
  assignedNodes() {
    return this.assigned ?? [];
  }
}

/** Properties that are attributes by the same name. */
for (const [property, attribute] of Object.entries({
  className: "class",
  id: "id",
  title: "title",
  type: "type",
  lang: "lang",
  src: "src",
  href: "href",
  max: "max",
  min: "min",
  width: "width",
  height: "height",
  ariaLabel: "aria-label",
  ariaPressed: "aria-pressed",
  ariaExpanded: "aria-expanded",
  ariaChecked: "aria-checked",
}))
  Object.defineProperty(PageElement.prototype, property, {
    get() {
      const text = this.getAttribute(attribute) ?? "";
      return ["width", "height"].includes(property) && this.localName === "canvas" && text ? Number(text) : text;
    },
    set(value) {
      this.setAttribute(attribute, value);
    },
    configurable: true,
  });
for (const property of ["hidden", "disabled"])
  Object.defineProperty(PageElement.prototype, property, {
    get() {
      return this.hasAttribute(property);
    },
    set(value) {
      this.toggleAttribute(property, Boolean(value));
    },
  });
const OTHERS = {
  tabIndex: {
    get: (node) => Number(node.getAttribute("tabindex") ?? -1),
    set: (node, value) => node.setAttribute("tabindex", value),
  },
  rows: { get: (node) => node.querySelectorAll("tr") },
  cells: { get: (node) => node.children },
  tBodies: { get: (node) => node.querySelectorAll("tbody") },
  caption: { get: (node) => node.querySelector("caption") },
};
for (const [property, { get, set }] of Object.entries(OTHERS))
  Object.defineProperty(PageElement.prototype, property, {
    get() {
      return get(this);
    },
    set(value) {
      set?.(this, value);
    },
  });
