/** The lab's filters and its dock, and what it asks the server for. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Dock } from "../../static/lab/dock.js";
import { FilterMenu, filterOf, filtersOf, thumbnail } from "../../static/lab/filters.js";
import { askExtent, askNumbers, fetchTables, inputAlone } from "../../static/lab/server.js";
import { answering } from "./answering.js";
import { fire } from "./dom.js";

const TABLES = /** @type {any} */ ({
  kernels: [
    {
      name: "box-3",
      title: { en: "Box" },
      group: "blur",
      weight: [[1, -1]],
      layer: { operation: "conv2d", weight: "box-3" },
    },
  ],
  operations: [
    { name: "sobel", title: { en: "Sobel" }, group: "edges", picture: "box-3" },
    { name: "relu", title: { en: "ReLU" }, group: "curves", picture: null },
  ],
});

test("every named kernel and every pictured operation is a filter, and a layer is found among them", () => {
  const filters = filtersOf(TABLES);
  assert.deepEqual(
    filters.map(({ name, weight, layer }) => [name, weight, layer.operation]),
    [
      ["box-3", [[1, -1]], "conv2d"],
      ["sobel", [[1, -1]], "sobel"],
    ],
  );
  const named = (/** @type {any} */ layer) => filterOf(filters, layer)?.name;
  assert.equal(named({ operation: "conv2d", arguments: { weight: "box-3" } }), "box-3");
  assert.equal(named({ operation: "sobel", arguments: {} }), "sobel");
  assert.equal(named({ operation: "conv2d", arguments: { weight: [[1, 2]] } }), undefined);
});

test("the filter's button names it, numbers of one's own a custom kernel; the chosen one is marked in the menu", () => {
  const chosen = /** @type {any[]} */ ([]);
  const menu = new FilterMenu(filtersOf(TABLES), (filter) => chosen.push(filter.name));
  document.body.append(menu.root);
  menu.show(/** @type {any} */ ({ operation: "conv2d", arguments: { weight: [[5]] } }), [[5]]);
  assert.equal(menu.button.getAttribute("aria-label"), "Filter: Custom kernel");
  menu.show(/** @type {any} */ ({ operation: "sobel", arguments: {} }), [[5]]);
  assert.equal(menu.button.getAttribute("aria-label"), "Filter: Sobel");
  /** @type {any} */ (menu.menu).showPopover();
  const rows = /** @type {any[]} */ ([...menu.menu.querySelectorAll(".filter")]);
  assert.deepEqual(
    rows.map((row) => [row.getAttribute("data-filter"), row.getAttribute("aria-current")]),
    [
      ["box-3", null],
      ["sobel", "true"],
    ],
  );
  rows[0].click();
  assert.deepEqual(chosen, ["box-3"]);
});

test("a thumbnail has a square for each number, where the number stands", () => {
  const squares = /** @type {any[]} */ ([
    ...thumbnail([
      [1, 0, -1],
      [2, 0, -2],
    ]).children,
  ]);
  assert.deepEqual(
    squares.map((one) => `${one.getAttribute("x")} ${one.getAttribute("y")}`),
    ["0 0", "1 0", "2 0", "0 1", "1 1", "2 1"],
  );
});

test("the dock opens the settings over the picture, and closes them with Escape or for the views", () => {
  const gallery = Object.assign(document.createElement("a"), { className: "to-gallery", href: "/gallery?lang=ko" });
  gallery.textContent = "Gallery";
  const [settings, stage, views] = ["settings", "walk", "views"].map((id) =>
    Object.assign(document.createElement("div"), { id }),
  );
  document.body.append(gallery, settings, stage, views);
  const dock = new Dock(settings, stage, views);
  const [button, show, link] = /** @type {any[]} */ ([...document.querySelectorAll(".dock > *")]);
  const isOpen = () => document.body.classList.contains("sheet-open") && button.ariaExpanded === "true";
  button.click();
  assert.deepEqual([isOpen(), /** @type {any} */ (document).scrolledTo === stage], [true, true]);
  fire(settings, "keydown", { key: "Escape", defaultPrevented: true });
  assert.equal(isOpen(), true, "somebody within took it");
  fire(settings, "keydown", { key: "Escape" });
  assert.deepEqual([isOpen(), document.activeElement === dock.button], [false, true]);
  button.click();
  show.click();
  assert.deepEqual([isOpen(), /** @type {any} */ (document).scrolledTo === views], [false, true]);
  assert.deepEqual([link.getAttribute("href"), link.textContent], ["/gallery?lang=ko", "Gallery"]);
});

test("the tables come as lists, however they are told; inputs are asked through what stands on any", async () => {
  const operations = [{ name: "relu" }, { name: "identity", neutral: true }];
  const asked = answering({
    "api/operations": operations,
    "api/kernels": { kernels: [1] },
    "api/samples": { samples: [2] },
    "api/scene": { layers: [{ input_shape: [3, 40, 60] }] },
  });
  assert.deepEqual(await fetchTables(), { operations, kernels: [1], samples: [2] });
  assert.equal(inputAlone("cat 64"), "cat 64 | identity");
  assert.deepEqual(await askExtent("cat"), [40, 60]);
  assert.equal(new URL(asked.at(-1) ?? "").searchParams.get("scene"), "cat | identity");
});

test("one channel of numbers is rows, several are channels of them; a silent server says so in words", async () => {
  answering({ "api/input": { values: [[[1, 2]]] } });
  assert.deepEqual(await askNumbers("x"), [[1, 2]]);
  answering({ "api/input": { values: [[[1]], [[2]]] } });
  assert.deepEqual(await askNumbers("x"), [[[1]], [[2]]]);
  answering({});
  await assert.rejects(askNumbers("x"), { message: "The server does not answer." });
});
