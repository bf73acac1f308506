/** The lab as a whole: line, chips, keys and address say the same scene, and what is refused leaves it as it is. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { fire, happen } from "./dom.js";
import { PageEvent } from "./events.js";
import { lab } from "./labs.js";
import { settled, until } from "./stand_ins.js";

test("a line that is applied walks from its first step, as an entry of the history", async () => {
  const { walk, told, submit, went, at, field } = await lab();
  await submit("dog | relu");
  assert.deepEqual(told.asked.at(-1), { scene: "dog | relu", layer: 0, step: 0 });
  assert.deepEqual([walk.opening.line, field.value], ["dog | relu", "dog | relu"]);
  assert.deepEqual([went.at(-1)?.[0], at().get("scene")], ["push", "dog | relu"]);
  assert.equal(document.title, "dog | relu · Kernelwalk");
});

test("a line that is refused stays with its reason; Escape brings back the one that walks", async () => {
  const { walk, told, submit, field, complaint } = await lab();
  told.refused = () => ({ detail: "operation is 'rely'" });
  await submit("cat | rely");
  assert.deepEqual(
    [field.value, complaint(), field.getAttribute("aria-invalid")],
    ["cat | rely", "operation is 'rely'", "true"],
  );
  assert.equal(walk.opening.line, "cat | conv2d | relu");
  fire(field, "keydown", { key: "x" });
  assert.equal(field.value, "cat | rely");
  fire(field, "keydown", { key: "Escape" });
  assert.deepEqual(
    [field.value, complaint(), field.getAttribute("aria-invalid")],
    ["cat | conv2d | relu", "", "false"],
  );
});

test("what mends a refused scene is a button that applies it", async () => {
  const { walk, told, submit, error } = await lab();
  told.refused = (scene) =>
    scene === "cat | lenet"
      ? { detail: "too large", fix: "cat 28 | @lenet", field: "input", value: "(1, 64, 64)" }
      : null;
  await submit("cat | lenet");
  const [button] = error.querySelectorAll("button");
  assert.deepEqual([button.textContent, button.title], ["Resize to 28", "cat 28 | @lenet"]);
  button.click();
  await settled();
  assert.deepEqual([walk.opening.line, error.hidden], ["cat 28 | @lenet", true]);
});

test("chips choose what is walked; the one that is walked needs no request", async () => {
  const { walk, told, chips } = await lab();
  chips()[2].click();
  await settled();
  assert.deepEqual([told.asked.length, told.asked[0].layer, walk.opening.layer], [1, 1, 1]);
  chips()[0].click();
  chips()[2].click();
  await settled();
  assert.equal(told.asked.length, 1);
  assert.equal(chips()[2].getAttribute("aria-current"), "true");
});

test("the walked layer stays the walked one when others go, and the last one cannot go", async () => {
  const { walk, chips, complaint } = await lab({ line: "cat | conv2d | relu | flip" });
  const remove = async (/** @type {number} */ place) => {
    chips()[place].focus();
    fire(chips()[place], "keydown", { key: "Delete" });
    await settled();
  };
  chips()[3].click();
  await settled();
  await remove(1);
  assert.deepEqual([walk.opening.line, walk.opening.layer], ["cat | relu | flip", 1]);
  await remove(2);
  assert.deepEqual([walk.opening.line, walk.opening.layer], ["cat | relu", 0]);
  await remove(1);
  assert.deepEqual([walk.opening.line, complaint()], ["cat | relu", "A scene needs at least one operation."]);
});

test("a moved layer takes the walk along, and none moves over an end of the chain", async () => {
  const { walk, told, chips } = await lab({ line: "cat | conv2d | relu | flip" });
  const move = async (/** @type {number} */ place, /** @type {string} */ key) => {
    chips()[place].focus();
    fire(chips()[place], "keydown", { key, altKey: true });
    await settled();
  };
  await move(1, "ArrowRight");
  assert.deepEqual([walk.opening.line, walk.opening.layer], ["cat | relu | conv2d | flip", 1]);
  await move(1, "ArrowRight");
  assert.deepEqual([walk.opening.line, walk.opening.layer], ["cat | conv2d | relu | flip", 0]);
  const before = told.asked.length;
  await move(1, "ArrowLeft");
  await move(3, "ArrowRight");
  assert.equal(told.asked.length, before);
});

test("an operation is added behind the walked one, and walked", async () => {
  const { walk, told, rooms } = await lab();
  told.additions = [null, null, "there is nothing to flip"];
  const menu = /** @type {any} */ (rooms[0].querySelector(".operation-menu"));
  menu.showPopover();
  await settled();
  assert.equal(told.asked.at(-1).layer, 1, "the place behind the walked one");
  const [conv, , flip] = [...menu.querySelectorAll("button")];
  flip.click();
  await settled();
  assert.equal(walk.opening.line, "cat | conv2d | relu");
  conv.click();
  await settled();
  assert.deepEqual([walk.opening.line, walk.opening.layer], ["cat | conv2d | conv2d | relu", 1]);
});

test("the form shows the input when its chip is chosen, until a line or a layer is", async () => {
  const { chips, rooms, submit } = await lab();
  const title = () => rooms[1].querySelector("h2")?.textContent;
  assert.equal(title(), "CONV2D");
  chips()[0].click();
  assert.deepEqual([title(), chips()[0].getAttribute("aria-current")], ["Input", "true"]);
  await submit("cat | relu");
  assert.equal(title(), "RELU");
  chips()[0].click();
  chips()[1].click();
  assert.equal(title(), "RELU");
});

test("tools of the form move and remove the walked layer", async () => {
  const { walk, rooms } = await lab({ line: "cat | conv2d | relu" });
  const tool = async (/** @type {string} */ name) => {
    [...rooms[1].querySelectorAll("button")].find(({ title }) => title === name)?.click();
    await settled();
    return walk.opening.line;
  };
  assert.equal(await tool("Move later"), "cat | relu | conv2d");
  assert.equal(await tool("Move earlier"), "cat | conv2d | relu");
  assert.equal(await tool("Remove this operation"), "cat | relu");
});

test("a slider that is drawn anywhere on the page makes one entry of the history", async () => {
  const { rooms, went, submit } = await lab();
  const slider = /** @type {any} */ (document.createElement("input"));
  slider.type = "range";
  rooms[1].append(slider);
  for (const line of ["cat | relu", "dog | relu", "cow | relu"]) {
    fire(slider, "input");
    await submit(line);
  }
  fire(slider, "change");
  assert.equal(went.filter(([how]) => how === "push").length, 1);
  await submit("hen | relu");
  assert.equal(went.filter(([how]) => how === "push").length, 2);
});

test("the words of a course stay in the address, the stop at the end aside", async () => {
  const { walk, at, submit } = await lab();
  walk.setAttribute("stops", "3 7");
  walk.setAttribute("compare", "cat | flip");
  await submit("dog | relu");
  assert.deepEqual([at().get("stops"), at().get("compare")], ["3 7", "cat | flip"]);
  walk.setAttribute("stops", "last");
  await submit("cow | relu");
  assert.deepEqual([at().has("stops"), at().has("compare")], [false, true]);
});

test("another layer of the same scene is no entry of the history, and going back asks for what was", async () => {
  const { walk, chips, went, at, submit } = await lab();
  chips()[2].click();
  await settled();
  assert.deepEqual([went.some(([how]) => how === "push"), at().get("layer")], [false, "1"]);
  await submit("dog | relu");
  globalThis.location = /** @type {any} */ (
    new URL("http://here.example/lab?scene=cat+|+conv2d+|+relu&layer=1&step=3")
  );
  happen(new PageEvent("popstate"));
  await settled();
  assert.deepEqual([walk.opening.line, walk.opening.layer, walk.opening.step], ["cat | conv2d | relu", 1, 3]);
  assert.equal(went.at(-1)?.[0], "replace", "what lies behind is not written over");
});

test("the address says where the walk stands, not at every step; links to languages take it along", async () => {
  const { walk, went, at, korean } = await lab();
  await settled();
  const before = went.length;
  for (let step = 1; step < 9; step += 1) {
    walk.step = step;
    walk.dispatchEvent(new PageEvent("step", { detail: walk.opening.steps[step] }));
  }
  await until(() => at().get("step") === "8");
  assert.ok(went.length - before <= 2, `${went.length - before} changes`);
  assert.equal(at().get("step"), "8");
  assert.deepEqual(new URLSearchParams(korean.getAttribute("href") ?? "").get("lang"), "ko");
  assert.equal(new URLSearchParams(korean.getAttribute("href") ?? "").get("step"), "8");
});

test("an address that says a step stands there, and one that says play goes on from it", async () => {
  const standing = await lab({ query: "?scene=cat+|+conv2d&step=5" });
  assert.deepEqual(standing.walk.done, [["pause"], ["seek", 5]]);
  const playing = await lab({ query: "?scene=cat+|+conv2d&step=5&play=1" });
  assert.deepEqual(playing.walk.done, [["play"]]);
  const without = await lab({ query: "?scene=cat+|+conv2d" });
  assert.deepEqual(without.walk.done, []);
});

test("an address that the server refused stays until another scene is asked for", async () => {
  const { field, complaint, went, submit, chips } = await lab({
    query: "?scene=cat+|+rely",
    refusal: "operation is 'rely'",
  });
  assert.deepEqual([field.value, complaint(), went], ["cat | rely", "operation is 'rely'", []]);
  assert.ok(chips().length, "what walks instead can be used");
  await submit("cat | relu");
  assert.deepEqual([complaint(), went.at(-1)?.[0]], ["", "push"]);
});

test("keys of the player work on the whole page, but not in text nor under a list that is open", async () => {
  const { walk, press, field } = await lab();
  const passed = /** @type {string[]} */ ([]);
  walk.addEventListener("keydown", (/** @type {any} */ event) => {
    passed.push(event.key);
    if (event.key === "ArrowRight") event.preventDefault();
  });
  assert.equal((await press(" ")).defaultPrevented, true);
  walk.playing = true;
  await press(" ");
  assert.deepEqual(walk.done, [["play"], ["pause"]]);
  assert.deepEqual(
    [(await press("ArrowRight")).defaultPrevented, (await press("Home")).defaultPrevented, passed],
    [true, false, ["ArrowRight", "Home"]],
    "the page keeps what the player does not take",
  );
  await press("ArrowRight", { target: field });
  await press("ArrowRight", { defaultPrevented: true });
  await press("x");
  assert.equal(passed.length, 2);
  const help = await press("?");
  const dialog = /** @type {any} */ (document.body.querySelector("dialog"));
  assert.deepEqual([help.defaultPrevented, dialog.open], [true, true]);
  dialog.setAttribute("open", "");
  await press("ArrowRight");
  assert.equal(passed.length, 2);
});

test("digits open the tabs in their order, and the address says which is open", async () => {
  const { press, at, rooms } = await lab();
  const open = () => rooms[2].querySelector("[aria-selected=true]")?.textContent;
  const tabs = [...rooms[2].querySelectorAll("[role=tab]")].filter(({ hidden }) => !hidden);
  assert.deepEqual(
    tabs.map(({ textContent }) => textContent),
    ["Numbers", "Formula", "Code", "Network"],
  );
  await press("4");
  assert.deepEqual([open(), at().get("view")], ["Network", "network"]);
  await press("9");
  assert.equal(open(), "Network", "there is no ninth tab");
  await press("1");
  assert.deepEqual([open(), at().has("view")], ["Numbers", false]);
  await press("3", { ctrlKey: true, metaKey: false });
  assert.equal(open(), "Numbers", "the browser's own keys stay its own");
});

test("without its tables the lab says that the server is silent, and what walks goes on", async () => {
  const { complaint, walk } = await lab({ silent: true });
  assert.deepEqual([complaint(), walk.opening.line], ["The server does not answer.", "cat | conv2d | relu"]);
});
