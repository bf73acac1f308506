/** A page that is only as much of a browser as the views ask for. Importing it puts it in place. */
import { Events, PageEvent, PressedKey } from "./events.js";
import { ButtonElement, InputElement, OptionElement, SelectElement, TextAreaElement } from "./inputs.js";
import { PageElement, PageNode } from "./nodes.js";

class Observer {
  static all = new Set();
  constructor(act) {
    this.act = act;
    this.seen = new Set();
    Observer.all.add(this);
  }
  observe(node) {
    this.seen.add(node);
  }
  unobserve(node) {
    this.seen.delete(node);
  }
  disconnect() {
    this.seen.clear();
  }
}
export class SizeObserver extends Observer {}
export class SightObserver extends Observer {}

/** Media queries that a test can change. */
export const QUERIES = new Map();
function matchMedia(query) {
  const known = QUERIES.get(query) ?? Object.assign(new Events(), { media: query, matches: false });
  QUERIES.set(query, known);
  return known;
}

const TAGS = {
  button: ButtonElement,
  input: InputElement,
  textarea: TextAreaElement,
  select: SelectElement,
  option: OptionElement,
};
const html = new PageElement("html");
html.setAttribute("lang", "en");
const page = Object.assign(new PageElement("#document"), {
  documentElement: html,
  head: new PageElement("head"),
  body: new PageElement("body"),
  baseURI: "http://here.example/",
  createElement: (tag) => (TAGS[tag] ? new TAGS[tag](tag === "option" ? "" : tag) : new PageElement(tag)),
  createElementNS: (_space, tag) => new PageElement(tag),
  getElementById: (id) => [...html.within()].find((node) => node.id === id) ?? null,
  querySelector: (selector) => html.querySelector(selector),
  querySelectorAll: (selector) => html.querySelectorAll(selector),
  activeElement: null,
  fullscreenElement: null,
});
page.append(html);
html.append(page.head, page.body);
page.activeElement = page.body;

const view = new Events();
Object.assign(globalThis, {
  document: page,
  Node: PageNode,
  Element: PageElement,
  HTMLElement: PageElement,
  HTMLButtonElement: ButtonElement,
  HTMLInputElement: InputElement,
  HTMLTextAreaElement: TextAreaElement,
  Option: OptionElement,
  KeyboardEvent: PressedKey,
  CSS: { escape: (text) => text },
  matchMedia,
  ResizeObserver: SizeObserver,
  IntersectionObserver: SightObserver,
  innerHeight: 900,
  innerWidth: 1440,
  scrollY: 0,
  devicePixelRatio: 1,
  getComputedStyle: (node) => ({
    paddingLeft: "0px",
    paddingRight: "0px",
    paddingTop: "0px",
    paddingBottom: "0px",
    rowGap: "0px",
    color: "rgb(255, 255, 255)",
    fontFamily: "sans",
    getPropertyValue: () => "",
    ...node.computed,
  }),
  requestAnimationFrame: (act) => setTimeout(() => act(performance.now())),
  cancelAnimationFrame: clearTimeout,
  addEventListener: view.addEventListener.bind(view),
  removeEventListener: view.removeEventListener.bind(view),
  location: new URL("http://here.example/"),
});

globalThis.window = Object.assign(view, { parent: view, location: globalThis.location, document: page });

/** What happens to the window itself. */
export const happen = (event) => view.hear(event);

/** Who listened to the window before has left it. */
export const leave = () => view.forget();

/** An event as the page's own. */
export const fire = (node, type, more = {}) => {
  const event = new PageEvent(type, { bubbles: true, ...more });
  node.dispatchEvent(event);
  return event;
};
