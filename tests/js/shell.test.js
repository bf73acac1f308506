import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Keyboard } from "../../static/element/keyboard.js";
import { inlineOpening } from "../../static/element/reception.js";
import { Shell } from "../../static/element/shell.js";
import { fire } from "./dom.js";
import { convolution } from "./scenes.js";

/** The inside of an element of this size, and what it asks for. */
function inside({ width = 900, height = 0, leaves = false } = {}) {
  const host = /** @type {any} */ (document.createElement("kernel-walk"));
  host.box = { left: 0, top: 0, width, height };
  document.body.replaceChildren(host);
  const asked = /** @type {any[]} */ ([]);
  const shell = new Shell(/** @type {any} */ (host.attachShadow()), {
    act: (action) => asked.push(action),
    seek: (index) => asked.push(["seek", index]),
    jump: () => {},
    speed: () => {},
    hover: () => {},
    layer: (layer) => asked.push(["layer", layer]),
    retry: () => asked.push("retry"),
    sized: (tall) => asked.push(["sized", tall]),
    looks: () => asked.push("looks"),
    leave: () => leaves,
  });
  shell.keys.take((/** @type {Shell} */ inside) => new Keyboard(inside));
  const find = (/** @type {string} */ selector) => /** @type {any} */ (host.shadowRoot.querySelector(selector));
  const paintAnew = (scene = convolution()) => shell.paint(scene.opening, scene.arrays, "en", scene.opening.steps[0]);
  const paint = (scene = convolution()) => {
    paintAnew(scene);
    shell.say("", "en");
  };
  const press = (/** @type {string} */ key, node = find(".frame"), more = {}) =>
    fire(node, "keydown", { key, code: "", shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });
  return { host, shell, asked, find, paint, paintAnew, press };
}

test("before the first scene a notice says that it is loading, unless the page put something there", () => {
  const { shell, find, host } = inside();
  shell.say("loading", "en");
  assert.equal(find(".notice").hidden, false);
  assert.equal(host.hasAttribute("aria-busy"), true);
  find("slot").assigned = [document.createElement("img")];
  shell.say("loading", "en");
  assert.equal(find(".notice").hidden, true);
});

test("a scene replaces what stood inside the tag", () => {
  const { find, paint } = inside();
  assert.equal(find(".frame").hidden, true);
  paint();
  assert.deepEqual([find(".frame").hidden, find("slot").hidden, find(".notice").hidden], [false, true, true]);
  assert.equal(find(".frame").getAttribute("aria-label"), "Some");
});

test("an error stands over what is walked, says why, and offers another try; the next step takes it away", () => {
  const { shell, find, paint, asked } = inside();
  paint();
  shell.say("failed", "en", "the server is gone");
  assert.match(find(".notice").textContent, /the server is gone/);
  find(".notice button").click();
  assert.equal(asked.at(-1), "retry");
  const scene = convolution();
  shell.present(scene.steps[1], 2, { inspected: false, ease: false, playing: false, index: 1 });
  assert.equal(find(".notice").hidden, true);
});

test("a lost server is said until it is found, however many steps are walked; its button keeps the focus", () => {
  const { shell, find, paint } = inside();
  paint();
  shell.say("lost", "en", "no answer");
  const button = find(".notice button");
  const scene = convolution();
  shell.present(scene.steps[1], 2, { inspected: false, ease: false, playing: true, index: 1 });
  shell.say("lost", "en", "no answer");
  assert.deepEqual([find(".notice").hidden, find(".notice button") === button], [false, true]);
  shell.say("", "en");
  assert.equal(find(".notice").hidden, true);
});

test("a lost server stays lost when what stands is painted anew", () => {
  const { shell, find, paint, paintAnew } = inside();
  paint();
  shell.say("lost", "en", "no answer");
  const button = find(".notice button");
  paintAnew();
  assert.deepEqual([find(".notice").hidden, find(".notice button") === button], [false, true]);
});

test("while another scene loads the one that stands is dimmed, not taken away", () => {
  const { shell, find, paint } = inside();
  paint();
  shell.say("loading", "en");
  assert.deepEqual([find(".frame").classList.contains("busy"), find(".notice").hidden], [true, true]);
});

test("a step is said in one sentence, at once when the walk stands and now and then while it plays", () => {
  const { shell, find, paint } = inside();
  const scene = convolution();
  paint(scene);
  const show = (/** @type {number} */ index, /** @type {boolean} */ playing) =>
    shell.present(scene.steps[index], index + 1, { inspected: false, ease: false, playing, index });
  show(1, false);
  assert.match(find(".sentence").textContent, /^Step 2 of 12/);
  show(2, true);
  assert.match(find(".sentence").textContent, /^Step 2 of 12/);
  shell.showState(/** @type {any} */ ({ playing: true, speed: 8, loop: false, waiting: false }));
  assert.equal(find(".sentence").getAttribute("aria-live"), "off");
  shell.showState(/** @type {any} */ ({ playing: false, speed: 8, loop: false, waiting: false }));
  assert.match(find(".sentence").textContent, /^Step 3 of 12/, "standing, it says where it stands");
  assert.equal(find(".sentence").getAttribute("aria-live"), "polite");
});

test("a step that passes without its numbers leaves the timeline where it is, and shows where it lies", () => {
  const { shell, find, paint } = inside();
  const scene = convolution();
  paint(scene);
  const silent = { on: true };
  const effects = { paces: () => silent.on, under() {}, over() {}, light() {}, begin() {}, close() {} };
  shell.stage.effects = /** @type {any} */ (effects);
  const show = (/** @type {number} */ index) =>
    shell.present(scene.steps[index], index + 1, /** @type {any} */ ({ playing: true, speed: 960, index }));
  show(5);
  assert.deepEqual([shell.stage.step?.index, shell.stage.pictures.output.view?.written], [5, 6]);
  assert.equal(find(".scrubber").value === "5", false);
  silent.on = false;
  show(6);
  assert.equal(find(".scrubber").value, "6");
});

test("keys act from anywhere inside, and are taken from the page around", () => {
  const { asked, paint, press, find, host } = inside();
  paint();
  asked.length = 0;
  assert.equal(press("ArrowRight").defaultPrevented, true);
  press("PageDown", find(".play"));
  press("n", host);
  assert.deepEqual(asked, ["forward", "onward", "next"]);
});

test("a key that leaves, and a key of a control, are not taken", () => {
  const leaving = inside({ leaves: true });
  leaving.paint();
  assert.equal(leaving.press("PageDown").defaultPrevented, false);
  const { asked, paint, press, find } = inside();
  paint();
  asked.length = 0;
  for (const [key, node] of [
    [" ", find(".play")],
    ["ArrowRight", find(".scrubber")],
    ["f", find(".field")],
  ])
    assert.equal(press(key, node).defaultPrevented, false, key);
  assert.deepEqual(asked, []);
});

test("what a page puts inside the tag keeps its keys", () => {
  const { asked, paint, press, host } = inside();
  const field = document.createElement("div");
  host.append(field);
  paint();
  asked.length = 0;
  press("ArrowRight", field);
  assert.deepEqual(asked, []);
});

test("the list of keys opens by its key, is read with the keys of the dialog, and closes", () => {
  const { asked, paint, press, find } = inside();
  paint();
  asked.length = 0;
  press("?");
  assert.equal(find("dialog").open, true);
  assert.match(find("dialog").textContent, /n.*next layer.*f.*full screen/s);
  press("ArrowRight", find("dialog button"));
  assert.deepEqual(asked, []);
  find("dialog button").click();
  assert.equal(find("dialog").open, false);
});

test("panes are arranged for the width of the element, and again when it changes", () => {
  const { host, shell, find, paint } = inside();
  paint();
  const classes = () => ["narrow", "compact", "fixed"].filter((name) => find(".frame").classList.contains(name));
  assert.deepEqual(classes(), []);
  for (const [width, height, right] of [
    [700, 0, ["compact"]],
    [400, 0, ["narrow", "compact"]],
    [900, 440, ["fixed"]],
  ]) {
    host.box = { left: 0, top: 0, width, height };
    shell.fit();
    assert.deepEqual(classes(), right);
  }
});

test("an element that has no size yet is laid out when it gets one", () => {
  const { host, shell, find, paint } = inside({ width: 0 });
  paint();
  assert.equal(find(".cells"), null);
  host.box = { left: 0, top: 0, width: 800, height: 0 };
  shell.resized();
  assert.ok(find(".cells"));
});

test("a box that only took the height of its panes is not measured again, another width is", () => {
  const { host, shell, asked, paint } = inside();
  paint();
  let measured = 0;
  const { fit } = Shell.prototype;
  shell.fit = () => {
    measured += 1;
    fit.call(shell);
  };
  asked.length = 0;
  host.box = { ...host.box, height: 520 };
  shell.resized();
  shell.resized();
  assert.equal(measured, 0);
  host.box = { ...host.box, width: 700 };
  shell.resized();
  assert.equal(measured, 1);
});

test("the height that the panes wish for is told to the page around", () => {
  const { asked, paint } = inside();
  paint();
  const [name, tall] = asked.at(-1);
  assert.equal(name, "sized");
  assert.ok(tall >= 300);
});

test("a scaled page is painted sharper, once", () => {
  const { host, shell, asked, paint } = inside();
  paint();
  asked.length = 0;
  host.scale = 2;
  shell.fit();
  assert.deepEqual(asked, ["looks"]);
  paint();
  asked.length = 0;
  shell.fit();
  assert.deepEqual(asked, []);
});

test("a page that becomes darker is painted anew", () => {
  const { host, shell, asked, paint } = inside();
  paint();
  asked.length = 0;
  for (const swatch of host.shadowRoot.querySelectorAll(".probe i"))
    Object.assign(swatch, { computed: { color: "rgb(0, 0, 0)" } });
  fire(shell.frame, "transitionend", { propertyName: "opacity" });
  assert.deepEqual(asked, []);
  fire(shell.frame, "transitionend", { propertyName: "column-rule-color" });
  assert.deepEqual(asked, ["looks"]);
});

test("a timeline that nobody wants takes no room", () => {
  const { host, shell, find, paint } = inside();
  paint();
  host.setAttribute("controls", "none");
  shell.fit();
  assert.equal(find(".timeline").hidden, true);
});

test("warnings stand below the panes, in the page's language", () => {
  const { find, paint } = inside();
  const scene = convolution();
  scene.opening.warnings = ["row 5 is never visited", { en: "too few", ko: "부족" }];
  paint(scene);
  assert.deepEqual(
    find(".warnings").children.map((/** @type {any} */ line) => line.textContent),
    ["row 5 is never visited", "too few"],
  );
  paint(convolution());
  assert.equal(find(".warnings").hidden, true);
});

test("an opening inside the tag is taken when it is of the scene that the tag asks for", () => {
  const host = document.createElement("kernel-walk");
  assert.equal(inlineOpening(host), null);
  const script = document.createElement("script");
  script.className = "opening";
  script.textContent = JSON.stringify({ line: "cat 64 | sobel" });
  host.append(script);
  assert.equal(inlineOpening(host)?.line, "cat 64 | sobel");
  host.setAttribute("scene", "cat 64 | relu");
  assert.equal(inlineOpening(host), null);
});
