/** Menus: where they open, which button has the focus, and how letters and arrows find one. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrows, popover } from "../../static/page/popover.js";
import { fire } from "./dom.js";

/** A menu of these rows beside a button. @param {string[][]} rows  the texts of each  @param {number} [chosen] */
function menu(rows, chosen = -1) {
  const [button, panel] = /** @type {any[]} */ ([document.createElement("button"), document.createElement("div")]);
  const items = rows.map((texts, place) => {
    const item = /** @type {any} */ (document.createElement("button"));
    for (const text of texts) item.append(Object.assign(document.createElement("span"), { textContent: text }));
    if (place === chosen) item.setAttribute("aria-current", "true");
    return item;
  });
  panel.append(...items);
  document.body.replaceChildren(button, panel);
  let opened = 0;
  popover(button, panel, () => {
    opened += 1;
  });
  arrows(panel);
  let time = 0;
  const press = (/** @type {string} */ key, more = {}) => {
    time += 100;
    const event = fire(document.activeElement, "keydown", { key, timeStamp: time, ...more });
    return event.defaultPrevented;
  };
  const wait = () => {
    time += 1000;
  };
  const at = () => items.indexOf(document.activeElement);
  return { button, panel, items, press, wait, at, opened: () => opened };
}

const ROWS = [
  ["Sobel x", "sobel-x"],
  ["Sobel y", "sobel-y"],
  ["Box", "box-3"],
  ["Gaussian blur", "gauss"],
];

test("a menu opens on what is chosen, else on its first row, and says that it is open", () => {
  const { button, panel, at, opened } = menu(ROWS, 2);
  assert.deepEqual([button.getAttribute("aria-haspopup"), button.ariaExpanded], ["true", "false"]);
  panel.showPopover();
  assert.deepEqual([at(), button.ariaExpanded, opened()], [2, "true", 1]);
  panel.hidePopover();
  assert.equal(button.ariaExpanded, "false");
  const none = menu(ROWS);
  none.panel.showPopover();
  assert.equal(none.at(), 0);
});

test("arrows go round, Home and End to the ends, past what cannot be chosen", () => {
  const { panel, items, press, at } = menu(ROWS);
  items[1].disabled = true;
  panel.showPopover();
  for (const [key, place] of /** @type {[string, number][]} */ ([
    ["ArrowUp", 3],
    ["ArrowDown", 0],
    ["ArrowRight", 2],
    ["ArrowLeft", 0],
    ["End", 3],
    ["Home", 0],
  ])) {
    assert.equal(press(key), true);
    assert.equal(at(), place === 1 ? -1 : place, key);
  }
});

test("letters find the next row that begins with them; the same letter goes round", () => {
  const { panel, press, wait, at } = menu(ROWS);
  panel.showPopover();
  press("s");
  assert.equal(at(), 1);
  wait();
  press("s");
  assert.equal(at(), 0);
  wait();
  press("B");
  assert.equal(at(), 2);
  wait();
  for (const key of "sobel y") press(key);
  assert.equal(at(), 1, "a space within a word is part of it");
});

test("a word within a row is found where no row begins with it, and what is nowhere moves nothing", () => {
  const { panel, press, wait, at } = menu(ROWS);
  panel.showPopover();
  for (const key of "blur") press(key);
  assert.equal(at(), 3);
  wait();
  assert.equal(press("z"), true);
  assert.equal(at(), 3);
});

test("a space alone, keys with others and keys of other kinds belong to the button and the page", () => {
  const { panel, press, at } = menu(ROWS);
  panel.showPopover();
  for (const [key, more] of /** @type {[string, object][]} */ ([
    [" ", {}],
    ["Enter", {}],
    ["Tab", {}],
    ["s", { ctrlKey: true }],
    ["s", { metaKey: true }],
    ["s", { altKey: true }],
  ]))
    assert.equal(press(key, more), false, key);
  assert.equal(at(), 0);
  const empty = menu([]);
  empty.panel.showPopover();
  empty.panel.focus();
  assert.equal(fire(empty.panel, "keydown", { key: "ArrowDown" }).defaultPrevented, false);
});

test("a panel takes the room there is above it, and one wider than the page begins at its edge", () => {
  const placed = (/** @type {any} */ near, /** @type {any} */ size) => {
    const { button, panel } = menu(ROWS);
    button.box = near;
    panel.box = { left: 0, top: 0, ...size };
    panel.showPopover();
    return panel.style;
  };
  const above = placed({ left: 100, top: 800, width: 80, height: 30 }, { width: 300, height: 400 });
  assert.deepEqual([above.top, above.maxHeight], ["392px", "784px"]);
  const left = placed({ left: -20, top: 50, width: 80, height: 30 }, { width: 300, height: 200 });
  assert.deepEqual([left.left, left.maxHeight], ["8px", "804px"]);
  const wide = placed({ left: 100, top: 50, width: 80, height: 30 }, { width: 2000, height: 200 });
  assert.equal(wide.left, "8px");
});
