/** Two walks beside each other: what stands there, how they walk together, what is refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pair } from "./pairs.js";
import { settled, until } from "./stand_ins.js";

test("the other scene stands beside the first, and what only one of them says is marked", async () => {
  const found = await pair();
  const { made, second, marked } = found;
  await until(() => second()?.opening);
  assert.equal(second().opening.line, "dog | relu");
  await until(() => marked().length === 2);
  assert.deepEqual(marked(), ["cat", "dog"]);
  const lines = [...found.find(".pair").querySelectorAll("code")].map(({ children }) =>
    children.map((/** @type {any} */ run) => run.textContent).join(" "),
  );
  assert.deepEqual(lines, ["cat | relu", "dog | relu"]);
  assert.equal(second().getAttribute("controls"), "none", "one timeline drives both");
  made.disconnectedCallback();
});

test("both walk together, and each says what came out", async () => {
  const { made, second, captions } = await pair();
  await until(() => second()?.opening);
  await settled();
  made.seek(7);
  await until(() => second().step === 7);
  assert.deepEqual([made.step, second().step], [7, 7]);
  assert.ok(captions()?.every((text) => text?.endsWith("= −6")));
  second().seek(3);
  await until(() => made.step === 3);
  assert.equal(made.step, 3, "whichever of them is led");
  made.disconnectedCallback();
});

test("at the end it is said how many cells differ", async () => {
  const { made, second, find } = await pair();
  await until(() => second()?.opening);
  await settled();
  assert.equal(find(".differ").textContent, "");
  made.seek(11);
  await until(() => find(".differ").textContent);
  assert.match(find(".differ").textContent, /12/);
  made.seek(2);
  await settled();
  assert.equal(find(".differ").textContent, "");
  made.disconnectedCallback();
});

test("maps that cannot be fetched are not said to be alike", async () => {
  const { made, second, find, server } = await pair({ scene: "", compare: "dog | tanh" });
  server.opened = (opening) => ({ ...opening, output: { ...opening.output, data: null } });
  made.show("cat | tanh");
  await until(() => second()?.opening);
  await settled();
  made.seek(11);
  await until(() => made.step === 11 && second().step === 11);
  await settled();
  assert.equal(find(".differ").textContent, "");
  made.disconnectedCallback();
});

test("settings alone are put into the walked layer of the first", async () => {
  const { made, second, server } = await pair({ scene: "cat | conv2d box stride=1", compare: "stride=2" });
  await until(() => second()?.opening);
  assert.equal(second().opening.line, "cat | conv2d box stride=2");
  assert.deepEqual(
    server.asked.map(({ scene }) => scene),
    ["cat | conv2d box stride=1", "cat | conv2d box stride=2"],
  );
  made.disconnectedCallback();
});

test("another scene takes the place of the one before, and without one the first stands alone", async () => {
  const { made, second, set, find } = await pair();
  await until(() => second()?.opening);
  await set("compare", "cow | relu");
  await until(() => second().opening.line === "cow | relu");
  assert.equal(second().opening.line, "cow | relu");
  await set("compare", null);
  await until(() => !find(".pair"));
  assert.deepEqual([find(".pair"), made.opening.line], [null, "cat | relu"]);
  made.seek(5);
  assert.equal(made.step, 5);
  made.disconnectedCallback();
});

test("a scene that is refused beside it leaves the first walking, with the reason in the other's place", async () => {
  const { made, second, set, server } = await pair();
  await until(() => second()?.opening);
  server.refusal = { detail: "operation is 'rely'" };
  await set("compare", "dog | rely");
  const notice = () => second().shadowRoot.querySelector(".notice");
  await until(() => !notice().hidden);
  assert.match(notice().textContent, /operation is 'rely'/);
  made.seek(4);
  assert.deepEqual([made.step, made.opening.line], [4, "cat | relu"]);
  made.disconnectedCallback();
});

test("the second has the language, the server and the theme of the first", async () => {
  const { made, second } = await pair({ theme: "dark", lang: "en-GB" });
  await until(() => second()?.opening);
  assert.deepEqual(
    ["theme", "lang", "server"].map((name) => second().getAttribute(name)),
    ["dark", "en-GB", "http://there.example"],
  );
  made.disconnectedCallback();
});
