/** Buttons around the walk: sharing, comparing, a hall, the list of keys; and what brings the lab. */
import "./dom.js";
import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { VIEWS } from "../../static/words/vocabulary.js";
import { answering } from "./answering.js";
import { fire } from "./dom.js";
import { PageEvent } from "./events.js";
import { settled, until } from "./stand_ins.js";

const { compareButton, presentButton, shareButton } = await import("../../static/lab/header-buttons.js");
const { keyHelp } = await import("../../static/lab/key-help.js");

const button = () => /** @type {any} */ (document.createElement("button"));
const walking = (more = {}) => /** @type {any} */ (Object.assign(document.createElement("kernel-walk"), more));

test("the share menu comes when it is asked for, once, and a script that failed is asked for again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "share-"));
  const path = join(folder, "share.mjs");
  const made = /** @type {any} */ ({ menus: 0, opened: 0 });
  Object.assign(globalThis, { made });
  const share = button();
  shareButton(
    share,
    pathToFileURL(path).href,
    walking(),
    () => /** @type {any} */ ({}),
    () => {},
  );
  share.click();
  await settled();
  assert.deepEqual(made, { menus: 0, opened: 0 });
  writeFileSync(
    path,
    `export class Share {
       constructor() { globalThis.made.menus += 1; }
       open() { globalThis.made.opened += 1; }
     }`,
  );
  for (let click = 1; click <= 3; click += 1) {
    share.click();
    await until(() => made.opened === click);
  }
  assert.deepEqual(made, { menus: 1, opened: 3 });
});

test("comparing keeps the scene as it is now, and another press takes it away", () => {
  const [compare, walk] = [button(), walking({ opening: { line: "cat | relu" } })];
  let changes = 0;
  compareButton(compare, walk, () => {
    changes += 1;
  });
  assert.equal(compare.ariaPressed, "false");
  compare.click();
  assert.deepEqual([walk.getAttribute("compare"), compare.ariaPressed, changes], ["cat | relu", "true", 1]);
  walk.opening = { line: "cat | flip" };
  compare.click();
  assert.deepEqual([walk.hasAttribute("compare"), compare.ariaPressed, changes], [false, "false", 2]);
  walk.setAttribute("compare", "from the address");
  const other = button();
  compareButton(other, walk, () => {});
  assert.equal(other.ariaPressed, "true", "an address that compares says so from the start");
});

test("a hall is offered where the browser has a full screen, and keys belong to the walk from then on", () => {
  const keys = /** @type {string[]} */ ([]);
  const walk = walking();
  walk.addEventListener("keydown", (/** @type {any} */ { code }) => keys.push(code));
  for (const enabled of [false, true]) {
    Object.assign(document, { fullscreenEnabled: enabled });
    const present = button();
    presentButton(present, walk);
    assert.equal(present.hidden, !enabled);
    present.focus();
    present.click();
    assert.equal(document.activeElement, document.body);
  }
  assert.deepEqual(keys, ["KeyF", "KeyF"]);
});

test("the list of keys has those of the player and of the lab, and closes by its button or beside it", () => {
  const dialog = /** @type {any} */ (keyHelp());
  const keys = dialog.querySelectorAll("dt").map((/** @type {any} */ key) => key.textContent);
  const meanings = dialog.querySelectorAll("dd").map((/** @type {any} */ meaning) => meaning.textContent);
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(meanings.length, keys.length);
  assert.ok(meanings.every(Boolean));
  for (const key of ["Space", "Home, End", "Alt + ← →", "Delete"]) assert.ok(keys.includes(key), key);
  const digits = keys.find((/** @type {string} */ key) => key.startsWith("1 – "));
  assert.equal(Number(digits.slice(-1)), Math.min(9, VIEWS.length), "as many as have a digit");
  dialog.showModal();
  dialog.querySelector("button").click();
  assert.equal(dialog.open, false);
  dialog.showModal();
  fire(dialog.querySelector("dl"), "click");
  assert.equal(dialog.open, true);
  dialog.dispatchEvent(new PageEvent("click"));
  assert.equal(dialog.open, false);
});

let starts = 0;

/** The page that brings the lab, and what it has asked for. @param {{ lang?: string, opening?: any }} [page] */
async function start({ lang = "en", opening = null } = {}) {
  const walk = walking({ opening });
  document.documentElement.setAttribute("lang", lang);
  document.head.replaceChildren();
  document.body.replaceChildren(walk);
  starts += 1;
  await import(`../../static/lab/start.js?${starts}`);
  const names = () =>
    document.head.querySelectorAll("link").map((/** @type {any} */ { href }) => href.replace(/.*\//, ""));
  const frame = () => new Promise((go) => setTimeout(go, 30));
  return { walk, names, frame };
}

test("the lab waits for the first step, or for the walk to fail, and is brought once", async () => {
  for (const kind of ["ready", "error"]) {
    const { walk, names, frame } = await start();
    await frame();
    assert.deepEqual(names(), [], "nothing competes with the first step");
    walk.dispatchEvent(new PageEvent(kind));
    await until(() => names().length);
    const brought = names();
    assert.equal(brought.at(-1), "lab.js");
    assert.ok(brought.includes("settings.css"));
    walk.dispatchEvent(new PageEvent("ready"));
    await frame();
    assert.deepEqual(names(), brought);
  }
  const shown = await start({ opening: {} });
  await until(() => shown.names().length);
  assert.ok(shown.names().includes("lab.js"), "a walk that stands already needs no event");
});

test("sentences of the page come as data for languages but English, and none without an answer", async () => {
  const words = async () => {
    await start({ lang: "ko", opening: {} });
    await until(() => document.getElementById("words"));
    return document.getElementById("words")?.textContent;
  };
  const asked = answering({ "words/page/ko.json": { Close: "닫기" } });
  assert.equal(await words(), '{"Close":"닫기"}');
  answering({});
  assert.equal(await words(), "{}");
  assert.equal(asked.length, 1);
  await start({ lang: "en", opening: {} });
  await settled();
  assert.equal(document.getElementById("words"), null);
});
