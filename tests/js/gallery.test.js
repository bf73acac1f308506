/** Pages of figures and of lessons: the theme goes along, ways out know their figure, a key reaches the walk. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { fire, SizeObserver } from "./dom.js";
import { settled, until } from "./stand_ins.js";

let pages = 0;

/** A page of nodes, its script run afresh. @param {string} script  @param {any[]} nodes */
async function page(script, ...nodes) {
  const addresses = /** @type {string[]} */ ([]);
  /** @type {any} */ (document).forget(); // the page before is left
  document.body.replaceChildren(...nodes);
  Object.assign(document, { baseURI: "http://here.example/gallery/" });
  document.documentElement.removeAttribute("data-theme");
  Object.assign(globalThis, {
    location: new URL("http://here.example/gallery/cats?lang=ko"),
    history: {
      state: null,
      replaceState: (/** @type {any} */ _s, /** @type {any} */ _t, /** @type {any} */ to) => addresses.push(String(to)),
    },
  });
  pages += 1;
  await import(`../../static/${script}?page=${pages}`);
  await settled();
  return addresses;
}

/** @param {string} tag  @param {Record<string, string>} [attributes]  @param {any[]} children */
function node(tag, attributes = {}, ...children) {
  const made = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A link as a browser knows it. @param {string} href */
function link(href) {
  const made = node("a", { href });
  Object.defineProperty(made, "origin", {
    get: () => new URL(made.getAttribute("href"), "http://here.example/").origin,
  });
  return made;
}

test("a theme goes along to the pages of this site, and to no others", async () => {
  const [own, other, within] = [link("/gallery/dogs?x=1"), link("https://other.example/"), link("#top")];
  const theme = node("button", { id: "theme" });
  const walk = node("kernel-walk");
  const addresses = await page("gallery/gallery.js", theme, own, other, within, walk);
  const themes = () => [own, other, within].map((one) => one.getAttribute("href"));
  theme.click();
  assert.deepEqual(themes(), ["http://here.example/gallery/dogs?x=1&theme=light", "https://other.example/", "#top"]);
  assert.deepEqual(
    [walk.getAttribute("theme"), addresses.at(-1)],
    ["light", "http://here.example/gallery/cats?lang=ko&theme=light"],
  );
  theme.click();
  theme.click();
  assert.equal(themes()[0], "http://here.example/gallery/dogs?x=1");
  assert.deepEqual([walk.hasAttribute("theme"), addresses.at(-1)], [false, "http://here.example/gallery/cats?lang=ko"]);
});

test("ways out of a figure's page know its name, its step and the address of the page", async () => {
  const ways = node("div", { id: "ways", "data-scene": "@cats", "data-title": "Cats", "data-linked": "" });
  const walk = Object.assign(node("kernel-walk", { layer: "1", stops: "3 7" }), { step: 5 });
  await page("gallery/gallery.js", ways, node("div", { class: "stage" }, walk));
  const png = () => new URL(ways.querySelector("[data-way=png]").getAttribute("href"));
  assert.equal(`${png().origin}${png().pathname}`, "http://here.example/render.png");
  assert.deepEqual([png().searchParams.get("scene"), png().searchParams.get("layer")], ["@cats", "1"]);
  const copied = /** @type {string[]} */ ([]);
  const clipboard = { writeText: async (/** @type {string} */ text) => void copied.push(text) };
  Object.defineProperty(globalThis, "navigator", { value: { clipboard }, configurable: true });
  for (const name of ["frame", "link"]) {
    fire(ways.querySelector(`[data-way=${name}]`), "click");
    await until(() => copied.length === (name === "frame" ? 1 : 2));
  }
  assert.match(copied[0], /src="http:\/\/here\.example\/embed\?scene=@cats" width="700" height="700"/);
  assert.equal(copied[1], "http://here.example/gallery/cats");
});

test("a figure on a card is as large as an embed, and shown as small as its card", async () => {
  const place = node("div", { class: "live", "data-scene": "@cats" });
  await page("gallery/gallery.js", place);
  const watching = /** @type {any} */ ([...SizeObserver.all].find((one) => one.seen.has(place)));
  watching.act([{ target: place, contentRect: { width: 180 } }]);
  assert.equal(place.style["--shown"], "0.25");
});

/** A lesson of these figures. @param {string[]} titles  @param {number} [at] */
async function lesson(titles, at = 0) {
  const figures = titles.map((title) => ({ scene: `@${title}`, layer: 0, step: 0, words: {}, title, about: title }));
  const asked = /** @type {any[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address) => {
      const scene = new URL(address, "http://here").searchParams.get("scene");
      asked.push(scene);
      return Response.json({ line: `line of ${scene}` });
    }
  );
  const playlist = node("main", { class: "playlist", "data-place": String(at) });
  const parts = ["before", "after", "present", "caption", "place"].map((name) => node("button", { class: name }));
  const figure = node("div", { class: "figure" });
  const told = node("script", { id: "lesson" });
  told.textContent = JSON.stringify(figures);
  const others = [playlist, node("h1"), figure, ...parts, told];
  const addresses = await page("lesson/lesson.js", ...others);
  await until(() => figure.querySelector("kernel-walk"));
  const walk = () => figure.querySelector("kernel-walk");
  const press = (/** @type {string} */ key, more = {}) =>
    fire(document, "keydown", { key, target: document.body, ...more });
  return { figures, asked, addresses, parts, playlist, walk, press };
}

test("the figures beside the one that is shown are asked for before, each once", async () => {
  const { asked, walk, parts } = await lesson(["one", "two", "three", "four"], 1);
  await until(() => asked.length === 3);
  assert.deepEqual(asked, ["@two", "@three", "@one"]);
  assert.equal(walk().getAttribute("scene"), "line of @two");
  parts[1].click();
  await until(() => asked.length === 4);
  assert.deepEqual(asked, ["@two", "@three", "@one", "@four"]);
});

test("keys that are pressed beside the walk reach it, and those that it takes move no page", async () => {
  const { walk, press } = await lesson(["one", "two"]);
  walk().steps = 4;
  const passed = /** @type {any[]} */ ([]);
  walk().addEventListener("keydown", (/** @type {any} */ event) => {
    passed.push(event.key);
    if (event.key === "ArrowRight") event.preventDefault();
  });
  assert.deepEqual([press("ArrowRight").defaultPrevented, press("x").defaultPrevented], [true, false]);
  for (const more of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { defaultPrevented: true }])
    press("ArrowRight", more);
  press("Tab");
  assert.deepEqual(passed, ["ArrowRight", "x"]);
});

test("the key that leads out of a figure leads to the next, and does nothing else there", async () => {
  const { walk, press, parts } = await lesson(["one", "two"]);
  walk().addEventListener("keydown", () => {
    fire(walk(), "leave", { detail: { way: "next" } });
  });
  const first = walk();
  assert.equal(press("PageDown").defaultPrevented, true);
  await until(() => walk() !== first);
  assert.equal(parts[4].textContent, "2 / 2");
});

test("a hall gets the lesson as a whole, so that the next figure fills the screen too", async () => {
  const { press, playlist, parts } = await lesson(["one"]);
  let asked = 0;
  playlist.requestFullscreen = async () => {
    asked += 1;
  };
  parts[2].click();
  assert.equal(asked, 1);
  const event = press("f", { code: "KeyF" });
  assert.deepEqual([asked, event.defaultPrevented], [2, true]);
  press("f", { code: "KeyF", ctrlKey: true });
  assert.equal(asked, 2, "the browser's own search");
  let left = 0;
  Object.assign(document, {
    fullscreenElement: playlist,
    exitFullscreen: () => {
      left += 1;
    },
  });
  parts[2].click();
  Object.assign(document, { fullscreenElement: null });
  assert.deepEqual([asked, left], [2, 1]);
});
