/** The gallery's pages: figures come alive as they come near the screen; one that is open can be taken along. */
import { SIZE, THEMES } from "../page/address.js";
import { Theme } from "../page/theme.js";
import { LANG } from "../page/words.js";
import { Sheet } from "../sharing/sheet.js";
import { VIEWS } from "../words/vocabulary.js";

/** How far below the screen figures are already brought. */
const AHEAD = "400px";

/** A figure is laid out at the size of an embed, and shown as small as its card. */
const WIDTH = 720;

/**
 * A card shows its figure with its map finished; a pointer over the card has it walked.
 * @param {HTMLElement} place
 */
function enliven(place) {
  const walk = /** @type {import("../kernel-walk.js").KernelWalk} */ (document.createElement("kernel-walk"));
  const { scene = "", layer = "0" } = place.dataset;
  for (const [name, value] of Object.entries({ scene, layer, controls: "none", lang: LANG, loop: "" }))
    walk.setAttribute(name, value);
  const finish = () => walk.seek(walk.steps - 1);
  walk.addEventListener("ready", finish, { once: true });
  const card = place.closest(".figure") ?? place;
  card.addEventListener("pointerenter", () => {
    walk.seek(0);
    walk.play();
  });
  card.addEventListener("pointerleave", () => {
    walk.pause();
    finish();
  });
  place.append(walk);
}

const sized = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries)
    if (target instanceof HTMLElement) target.style.setProperty("--shown", `${contentRect.width / WIDTH}`);
});

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      enliven(/** @type {HTMLElement} */ (target));
    }
  },
  { rootMargin: AHEAD },
);

for (const place of document.querySelectorAll(".live")) {
  sized.observe(place);
  near.observe(place);
}

const button = /** @type {HTMLElement | null} */ (document.querySelector("#theme"));
if (button) {
  const theme = new Theme(
    button,
    () => document.querySelectorAll("kernel-walk"),
    () => carry(theme.name),
  );
}

/** The theme goes along to the pages that links lead to, and is there after a reload. @param {string} name */
function carry(name) {
  const carried = (/** @type {string} */ address) => {
    const there = new URL(address, location.href);
    if (name === THEMES[0]) there.searchParams.delete("theme");
    else there.searchParams.set("theme", name);
    return there.href;
  };
  history.replaceState(history.state, "", carried(location.href));
  for (const link of document.querySelectorAll("a"))
    if (link.origin === location.origin && !link.getAttribute("href")?.startsWith("#")) link.href = carried(link.href);
}

const ways = document.querySelector("#ways");
if (ways instanceof HTMLElement) ways.replaceChildren(waysOut(ways).root);

/** Every way out of a figure's page. @param {HTMLElement} place  which says whose */
function waysOut({ dataset }) {
  const { scene = "", title = "" } = dataset;
  const walk = /** @type {import("../kernel-walk.js").KernelWalk | null} */ (
    document.querySelector(".stage kernel-walk")
  );
  const stops = walk?.getAttribute("stops") ?? "";
  const state = () => ({
    scene,
    layer: Number(walk?.getAttribute("layer") ?? 0),
    step: walk?.step ?? 0,
    playing: false,
    view: VIEWS[0],
    lang: "",
    theme: THEMES[0],
    course: { stops },
  });
  const { origin, pathname } = location;
  const base = new URL("../", document.baseURI).href;
  const shown = () => ({ base, link: `${origin}${pathname}`, title, state: state(), own: true });
  const sheet = new Sheet(shown, dataset, "last");
  if ("linked" in dataset) {
    sheet.height.value = String(SIZE.linked);
    sheet.write();
  }
  return sheet;
}

for (const place of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".test-yourself")))
  place.addEventListener("toggle", () => askIn(place), { once: true });

/** Two questions about a figure, once somebody opens them. @param {HTMLElement} place */
function askIn(place) {
  const walk = document.createElement("kernel-walk");
  const { scene = "", layer = "0" } = place.dataset;
  const attributes = { scene, layer, lang: LANG, mode: "predict", seed: "1", count: "2" };
  for (const [name, value] of Object.entries(attributes)) walk.setAttribute(name, value);
  place.append(walk);
}
