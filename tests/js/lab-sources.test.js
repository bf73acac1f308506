/** Pictures and networks to choose from, and layers whose numbers are told by a name. */
import "./dom.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answering, shelf } from "./answering.js";
import { fire } from "./dom.js";
import { settled } from "./stand_ins.js";

const { inputFor, NetworkMenu } = await import("../../static/lab/networks.js");
const { Pictures } = await import("../../static/lab/pictures.js");
const { alongLinks, broughtAlong } = await import("../../static/lab/trained.js");

let storage = shelf();
beforeEach(() => {
  storage = shelf();
  Object.assign(globalThis, { sessionStorage: storage });
});
const KEPT = "kernelwalk-uploads";

const SAMPLES = /** @type {any} */ ([
  { id: "cat", title: { en: "Cat" }, width: 300, height: 200, thumbnail: "/cat.png", sheet: null },
  { id: "digits", title: { en: "Digits" }, width: 60, height: 64, thumbnail: "/digits.png", sheet: null },
  { id: "digit-7", title: { en: "A seven" }, width: 28, height: 28, thumbnail: "/7.png", sheet: "digits" },
]);

function pictures() {
  const chosen = /** @type {any[]} */ ([]);
  const made = new Pictures(SAMPLES, (input) => chosen.push(input));
  document.body.replaceChildren(made.root);
  const buttons = () => /** @type {any[]} */ ([...made.root.querySelectorAll("button")]);
  const sources = () => buttons().map((button) => button.dataset.sample);
  return { made, chosen, buttons, sources };
}

test("a sample is chosen as it is, a large one at the size of a view", () => {
  const { chosen, buttons } = pictures();
  for (const button of buttons()) button.click();
  assert.deepEqual(chosen, [{ source: "cat", size: 64 }, { source: "digits" }, { source: "digit-7" }]);
  assert.deepEqual(
    buttons().map(({ title, ariaLabel }) => [title, ariaLabel]),
    [
      ["Cat", "Cat"],
      ["Digits", "Digits"],
      ["A seven", "A seven"],
    ],
  );
});

test("pictures of a sheet are offered while it, or one of it, is the input; the chosen one is marked", () => {
  const { made, buttons } = pictures();
  const pressed = () => buttons().flatMap((button) => (button.ariaPressed === "true" ? [button.dataset.sample] : []));
  for (const [source, hidden, marked] of /** @type {[any, boolean, string[]][]} */ ([
    ["cat", true, ["cat"]],
    ["digits", false, ["digits"]],
    ["digit-7", false, ["digit-7"]],
    [[[1]], true, []],
    ["digits", false, ["digits"]],
    ["elsewhere", true, []],
  ])) {
    made.show(source);
    assert.deepEqual([made.sheet.hidden, pressed()], [hidden, marked], String(source));
  }
});

test("an upload stands beside the samples once it was walked, and is kept for the session", () => {
  const { made, sources, chosen, buttons } = pictures();
  made.show("image:aa11");
  made.show("cat");
  made.show("image:aa11");
  made.show("image:bb22");
  assert.deepEqual(sources(), ["cat", "digits", "image:aa11", "image:bb22", "digit-7"]);
  assert.equal(buttons()[3].ariaLabel, "Your picture 2");
  assert.equal(buttons()[3].ariaPressed, "true");
  buttons()[2].click();
  assert.deepEqual(chosen, [{ source: "image:aa11", size: 64 }]);
  assert.deepEqual(JSON.parse(storage.kept.get(KEPT)), ["image:aa11", "image:bb22"]);
  assert.deepEqual(pictures().sources(), ["cat", "digits", "image:aa11", "image:bb22", "digit-7"]);
});

test("ten uploads are kept, the oldest go first, and only what is a name of one is read again", () => {
  const { made } = pictures();
  for (let place = 0; place < 12; place += 1) made.show(`image:0${place}`);
  const kept = JSON.parse(storage.kept.get(KEPT));
  assert.deepEqual([kept.length, kept[0], kept[9]], [10, "image:02", "image:011"]);
  for (const [text, found] of /** @type {[string, string[]][]} */ ([
    ['["image:aa", 7, "cat", "image:", "image:A/../b", null, "image:b1"]', ["image:aa", "image:b1"]],
    ['{"0": "image:aa"}', []],
    ["not json", []],
    ["null", []],
  ])) {
    storage.kept.set(KEPT, text);
    assert.deepEqual(pictures().sources().slice(2, -1), found, text);
  }
});

test("a picture that the server has forgotten is not offered, and without storage nothing else is lost", () => {
  const { made, buttons, sources } = pictures();
  made.show("image:aa11");
  fire(/** @type {any} */ (buttons()[2].querySelector("img")), "error");
  assert.deepEqual(sources(), ["cat", "digits", "digit-7"]);
  const full = { getItem: () => null, setItem: () => assert.fail("full") };
  Object.assign(globalThis, { sessionStorage: full });
  const other = pictures();
  other.made.show("image:bb22");
  assert.equal(other.sources()[2], "image:bb22");
});

const opened = (/** @type {any} */ input, /** @type {string} */ line, shape = [1, 28, 28], layers = 1) =>
  /** @type {any} */ ({
    line,
    layers: Array.from({ length: layers }, () => ({ input_shape: shape })),
    scene: { input },
  });

test("an input of the network's size goes in as it is, whatever it is", () => {
  const takes = [1, 28, 28];
  const given = (/** @type {any} */ opening) => inputFor(opening, takes);
  assert.deepEqual(given(opened({ source: "digit-7" }, "digit-7 | relu")), { line: "digit-7", resized: false });
  assert.deepEqual(given(opened({ source: "cat" }, "cat 28 crop=(0,0,9,9) | relu | flip", [1, 28, 28], 2)), {
    line: "cat 28 crop=(0,0,9,9)",
    resized: false,
  });
});

test("a square picture is brought to the size; a matrix, a region, colours or another form give way to a digit", () => {
  const takes = [1, 28, 28];
  const given = (/** @type {any} */ input, /** @type {number[]} */ shape) =>
    inputFor(opened(input, "something | relu", shape), takes);
  assert.deepEqual(given({ source: "cat" }, [1, 64, 64]), { line: "cat 28", resized: true });
  assert.deepEqual(given({ source: "cat", mode: "rgb" }, [3, 64, 64]), { line: "cat 28", resized: true });
  for (const [input, shape] of /** @type {[any, number[]][]} */ ([
    [{ source: "cat" }, [1, 43, 64]],
    [{ source: [[1, 2]] }, [1, 9, 9]],
    [{ source: "random", shape: [9, 9] }, [1, 9, 9]],
    [{ source: "cat", crop: [0, 0, 9, 9] }, [1, 9, 9]],
  ]))
    assert.deepEqual(given(input, shape), { line: "digit-7", resized: true });
});

const NETWORKS = [
  { name: "mlp", title: { en: "Perceptron" }, input_shape: [1, 28, 28], parameters: 101770, trained: null },
  {
    name: "lenet-5",
    title: { en: "LeNet-5" },
    input_shape: [1, 28, 28],
    parameters: 61706,
    trained: { right: 9907, of: 10000 },
  },
];

test("the menu of networks says what each is, and each is a link to the input walked through it", async () => {
  answering({ "api/networks": { networks: NETWORKS } });
  const went = /** @type {string[]} */ ([]);
  Object.assign(globalThis, {
    location: {
      href: "http://here.example/lab?scene=x&layer=2&step=9&lang=ko",
      assign: (/** @type {string} */ address) => went.push(address),
    },
  });
  const menu = new NetworkMenu();
  document.body.replaceChildren(menu.button, menu.menu);
  menu.show(opened({ source: "cat" }, "cat 64 | relu", [1, 64, 64]));
  /** @type {any} */ (menu.menu).showPopover();
  await settled();
  const choices = [...menu.menu.querySelectorAll("button")];
  assert.deepEqual(
    choices.map((choice) => [...choice.children].map(({ textContent }) => textContent)),
    [
      ["Perceptron", "@mlp", "101,770 parameters · not trained"],
      ["LeNet-5", "@lenet-5", "61,706 parameters · 99.1 % of 10,000 test digits"],
    ],
  );
  assert.match(menu.menu.querySelector(".quiet")?.textContent ?? "", /the input is 1×64×64: it is walked as cat 28/);
  choices[1].click();
  const words = new URL(went[0]).searchParams;
  assert.deepEqual(
    [...words.entries()],
    [
      ["scene", "cat 28 | @lenet-5"],
      ["lang", "ko"],
    ],
  );
});

test("a server that does not tell its networks is asked again when the menu opens again", async () => {
  answering({});
  const menu = new NetworkMenu();
  document.body.replaceChildren(menu.button, menu.menu);
  menu.show(opened({ source: "digit-7" }, "digit-7 | relu"));
  const open = async () => {
    /** @type {any} */ (menu.menu).showPopover();
    await settled();
    return menu.menu.textContent;
  };
  assert.equal(await open(), "The server does not answer.");
  const asked = answering({ "api/networks": { networks: NETWORKS } });
  assert.match((await open()) ?? "", /A network replaces the operations behind the input\.$/);
  await open();
  assert.equal(asked.length, 1, "and not again once they are known");
});

test("of a layer with a table of links an editor shows the kernels along the links", () => {
  const weight = [
    [[[1]], [[2]]],
    [[[3]], [[4]]],
  ];
  const links = [
    [true, false],
    [true, true],
  ];
  assert.deepEqual(alongLinks(/** @type {any} */ ({ weight, links })), [[[1]], [[3]], [[4]]]);
  assert.deepEqual(alongLinks(/** @type {any} */ ({ weight, links: null })), weight);
  assert.deepEqual(alongLinks(/** @type {any} */ ({ weight: null })), [[0]]);
});

test("numbers in the place of a trained name keep its bias and its links; a bias of one's own stays", () => {
  const opening = (/** @type {any} */ written, start = {}) =>
    /** @type {any} */ ({ layer: 0, layers: [{ arguments: written }], start });
  const learned = { bias: [1, 2], links: [[true]] };
  const named = { weight: "lenet-5.conv1", bias: null };
  assert.deepEqual(broughtAlong(opening(named, learned), { weight: [[5]] }), learned);
  assert.deepEqual(broughtAlong(opening({ ...named, bias: [9, 9] }, learned), { weight: [[5]] }), {
    links: learned.links,
  });
  assert.deepEqual(broughtAlong(opening(named, {}), { weight: [[5]] }), {}, "none that it had not");
  for (const [written, settings] of /** @type {[any, any][]} */ ([
    [{ weight: "sobel-x", bias: null }, { weight: [[5]] }],
    [{ weight: [[1]], bias: null }, { weight: [[5]] }],
    [named, { weight: "sobel-x" }],
    [named, { divisor: 2 }],
  ]))
    assert.deepEqual(broughtAlong(opening(written, learned), settings), {});
});
