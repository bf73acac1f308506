import "./dom.js";
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Share } from "../../static/lab/share.js";
import { tintOf } from "../../static/lab/tint.js";
import { Upload } from "../../static/lab/upload.js";
import { copyButton } from "../../static/page/copying.js";
import { icon, make } from "../../static/page/elements.js";
import { arrows, grouped, popover } from "../../static/page/popover.js";
import { Theme } from "../../static/page/theme.js";
import { sayIn } from "../../static/words/language.js";
import { fire, happen } from "./dom.js";
import { settled } from "./stand_ins.js";

test("an element is made with its attributes and children; what is false is left out", () => {
  const node = make(
    "button",
    { type: "button", hidden: true, disabled: false, "aria-label": "" },
    "one ",
    make("b", {}, "two"),
  );
  assert.equal(node.textContent, "one two");
  assert.deepEqual(
    [...node.attributes],
    [
      ["type", "button"],
      ["hidden", ""],
      ["aria-label", ""],
    ],
  );
  assert.equal(icon("M0 0").firstElementChild?.getAttribute("d"), "M0 0");
});

test("the theme goes round, and page and player follow together", () => {
  const [button, walk, other] = ["button", "kernel-walk", "kernel-walk"].map((tag) => document.createElement(tag));
  const [walks, seen] = [[walk], /** @type {string[]} */ ([])];
  let changes = 0;
  const theme = new Theme(
    button,
    () => walks,
    () => {
      changes += 1;
    },
  );
  walks.push(other); // a player that comes later goes along
  seen.push(theme.name);
  for (let turn = 0; turn < 3; turn += 1) {
    button.click();
    seen.push(theme.name);
    assert.equal(walk.getAttribute("theme"), theme.name === "auto" ? null : theme.name);
    assert.equal(other.getAttribute("theme"), walk.getAttribute("theme"));
    assert.equal(document.documentElement.getAttribute("data-theme"), walk.getAttribute("theme"));
    assert.ok(button.getAttribute("aria-label"));
  }
  assert.deepEqual([seen, changes], [["auto", "light", "dark", "auto"], 3]);
});

/** A menu of so many buttons, and the button that opens it at a height of the window. */
function menu({ top = 100, count = 3, height = 200 } = {}) {
  const [button, panel] = ["button", "div"].map((tag) => /** @type {any} */ (document.createElement(tag)));
  button.box = { left: 50, top, width: 80, height: 30 };
  button.getBoundingClientRect = () => ({ left: 50, top, bottom: top + 30, right: 130, width: 80, height: 30 });
  panel.box = { left: 0, top: 0, width: 300, height };
  panel.append(...Array.from({ length: count }, () => document.createElement("button")));
  document.body.replaceChildren(button, panel);
  let opened = 0;
  popover(button, panel, () => {
    opened += 1;
  });
  arrows(panel);
  return { button, panel, count: () => opened };
}

test("a panel opens below its button, or above it where there is more room, and never beyond the window", () => {
  const { panel, button, count } = menu();
  fire(panel, "beforetoggle", { newState: "open" });
  fire(panel, "toggle", { newState: "open" });
  assert.deepEqual([panel.style.top, panel.style.left, count()], ["138px", "50px", 1]);
  assert.equal(button.getAttribute("aria-expanded"), "true");
  fire(panel, "toggle", { newState: "closed" });
  assert.equal(button.getAttribute("aria-expanded"), "false");
  const low = menu({ top: 800, height: 400 });
  fire(low.panel, "toggle", { newState: "open" });
  assert.equal(low.panel.style.top, `${800 - 8 - 400}px`);
  globalThis.innerWidth = 320;
  fire(low.panel, "toggle", { newState: "open" });
  assert.equal(low.panel.style.left, "12px");
  globalThis.innerWidth = 1440;
});

test("arrows walk round a menu, and leave other keys alone", () => {
  const { panel } = menu();
  const [first, second, third] = panel.children;
  first.focus();
  fire(first, "keydown", { key: "ArrowDown" });
  assert.equal(document.activeElement, second);
  fire(second, "keydown", { key: "ArrowUp" });
  fire(first, "keydown", { key: "ArrowLeft" });
  assert.equal(document.activeElement, third);
  assert.equal(fire(third, "keydown", { key: "Tab" }).defaultPrevented, false);
});

test("rows stand under the headings of their groups, in the order in which groups come", () => {
  const rows = [
    { name: "a", of: "x" },
    { name: "b", of: "y" },
    { name: "c", of: "x" },
  ];
  const sections = grouped(
    rows,
    ({ of }) => of,
    (group) => group.toUpperCase(),
    ({ name }) => make("i", {}, name),
  );
  assert.deepEqual(
    sections.map(({ textContent }) => textContent),
    ["Xac", "Yb"],
  );
});

test("text is copied, and the button says so for a while", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const copied = /** @type {string[]} */ ([]);
  Object.defineProperty(globalThis, "navigator", {
    value: { clipboard: { writeText: async (/** @type {string} */ text) => copied.push(text) } },
    configurable: true,
  });
  const button = copyButton("Copy", () => "the line", document.createElement("textarea"), sayIn("en"));
  button.click();
  for (let turn = 0; turn < 5; turn += 1) await null;
  assert.deepEqual([copied, button.textContent], [["the line"], "CopiedCopied"]);
  mock.timers.tick(2000);
  assert.equal(button.textContent, "Copy");
  mock.timers.reset();
});

test("where the clipboard is denied the text is selected for the visitor", async () => {
  Object.defineProperty(globalThis, "navigator", {
    value: { clipboard: { writeText: async () => Promise.reject(new Error("denied")) } },
    configurable: true,
  });
  const field = /** @type {any} */ (document.createElement("textarea"));
  const button = copyButton("Copy", () => "the line", field, sayIn("en"));
  button.click();
  for (let turn = 0; turn < 5; turn += 1) await null;
  assert.equal(field.selected, true);
  assert.match(button.textContent, /Ctrl\+C/);
});

test("the share menu writes the address, a frame of the size that is asked for, and an element", () => {
  const button = document.createElement("button");
  const state = { scene: "cat 64 | sobel", layer: 0, step: 7, playing: true, view: "code", lang: "ko", theme: "dark" };
  const walk = /** @type {any} */ (document.createElement("kernel-walk"));
  const nothing = () => {};
  button.dataset.languages = '{"en": "English", "ko": "한국어"}';
  const share = /** @type {any} */ (new Share(button, walk, () => state, nothing));
  share.open();
  const { sheet } = share;
  const copied = (/** @type {string} */ name) => {
    share.dialog.querySelector(`[data-way=${name}]`).click();
    return sheet.code.value;
  };
  assert.equal(share.dialog.open, true);
  assert.match(copied("frame"), /width="700" height="700"/, "room for the view that is open");
  assert.match(share.preview.getAttribute("src"), /^http:\/\/here\.example\/embed\?/);
  assert.match(
    copied("element"),
    /<kernel-walk scene="cat 64 \| sobel" step="7" view="numbers code" lang="ko" theme="dark" controls><img src="/,
  );
  sheet.width.value = "900";
  fire(sheet.width, "input");
  assert.match(copied("frame"), /width="900" height="700"/);
  sheet.width.value = "9";
  fire(sheet.width, "input");
  assert.match(copied("frame"), /width="320"/, "no frame too small to see anything");
  share.dialog.close();
  assert.equal(share.preview.hasAttribute("src"), false, "a closed preview does not walk on");
});

/** A request whose answer the test gives. */
class Request {
  static last = /** @type {any} */ (null);
  upload = {};
  status = 0;
  response = /** @type {any} */ (null);
  statusText = "";
  constructor() {
    Request.last = this;
  }
  open(/** @type {string} */ method, /** @type {string} */ address) {
    Object.assign(this, { method, address });
  }
  send(/** @type {unknown} */ body) {
    Object.assign(this, { body });
  }
}

test("a file that is dropped or pasted is sent, with the share that is on its way", async () => {
  globalThis.XMLHttpRequest = /** @type {any} */ (Request);
  const done = /** @type {any[]} */ ([]);
  const upload = new Upload({ done: (told) => done.push(told.line), fail: ({ message }) => done.push(message) });
  const event = (/** @type {string} */ type, more = {}) => {
    const happened = {
      type,
      defaultPrevented: false,
      preventDefault() {
        this.defaultPrevented = true;
      },
      ...more,
    };
    happen(happened);
    return happened;
  };
  assert.equal(
    event("drop", { dataTransfer: { types: ["text/plain"], files: [] } }).defaultPrevented,
    false,
    "text stays the page's",
  );
  assert.equal(event("dragover", { dataTransfer: { types: ["Files"] } }).defaultPrevented, true);
  assert.equal(event("drop", { dataTransfer: { types: ["Files"], files: ["one"] } }).defaultPrevented, true);
  const [state] = document.body.querySelectorAll(".uploading");
  assert.deepEqual([Request.last.body, state.hidden], ["one", false]);
  Request.last.upload.onprogress({ lengthComputable: true, loaded: 1, total: 4 });
  assert.equal(/** @type {any} */ (state.querySelector("progress")).value, 0.25);
  Object.assign(Request.last, { status: 200, response: { line: "[1 2; 3 4]" } }).onload();
  await settled();
  assert.deepEqual([done, state.hidden], [["[1 2; 3 4]"], true]);
  event("paste", { clipboardData: { files: ["two"] } });
  Object.assign(Request.last, { status: 415, response: { detail: "this is no picture" } }).onload();
  await settled();
  event("paste", { clipboardData: { files: ["three"] } });
  Request.last.onerror();
  await settled();
  assert.deepEqual(done.slice(1), ["this is no picture", "The server does not answer."]);
  assert.ok(upload);
});

test("a kernel's cells wear the stage's colours in both themes", () => {
  const { background, color } = tintOf([-2, 0, 2])(0);
  assert.equal(background, "light-dark(rgb(255 255 255), rgb(0 0 0))");
  assert.equal(color, "light-dark(#000, #fff)");
});
