/** A figure in one file opens: it unpacks itself, brings its scripts, answers its own player, and nothing else. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { Answers } from "../../static/offline/answers.js";
import { settled, until } from "./stand_ins.js";

const HOST = "https://kernelwalk.invalid";
const scope = /** @type {any} */ (globalThis);
let files = 0;

/** The page of a file that carries this, its script run as a browser runs it. @param {string} packed */
async function open(packed) {
  const figure = /** @type {any} */ (document.createElement("script"));
  figure.className = "figure";
  figure.textContent = packed;
  const note = /** @type {any} */ (document.createElement("p"));
  note.className = "unopened";
  note.hidden = true;
  document.head.replaceChildren();
  document.body.replaceChildren(figure, note);
  const beyond = /** @type {any[]} */ ([]);
  scope.fetch = async (/** @type {any[]} */ ...asked) => {
    beyond.push(asked);
    return "from elsewhere";
  };
  files += 1;
  (await import(`../../static/offline/figure.js?${files}`)).showFigure(Answers);
  const scripts = () => /** @type {any[]} */ ([...document.head.querySelectorAll("script")]);
  await until(() => scripts().length || !note.hidden);
  return { note, beyond, scripts };
}

/** @param {Record<string, string>} scripts */
const packed = (scripts) =>
  gzipSync(JSON.stringify({ scripts, scenes: [], answers: {}, words: {}, absent: "not in this file" })).toString(
    "base64",
  );

test("the player is written into the page as a module that hands over what it exports", async () => {
  const { scripts, note } = await open(`\n${packed({ "kernel-walk.js": "const a=1;export{a as b};" })}\n`);
  const [player] = scripts();
  assert.deepEqual([player.type, note.hidden], ["module", true]);
  assert.equal(player.text, 'const a=1;;kernelwalkMade("kernel-walk.js",{a as b})');
});

test("what comes late is written when it is wanted, once, and takes what it borrows from the player", async () => {
  const late = 'import{x as y}from"../kernel-walk.js";const z=y;export{z};';
  const { scripts } = await open(packed({ "kernel-walk.js": "export{x};", "views/linked.js": late }));
  const [one, two] = ["linked", "linked"].map((name) => scope.kernelwalkBring(`${HOST}/static/views/${name}.js`));
  scope.kernelwalkMade("kernel-walk.js", { x: 5 });
  await until(() => scripts().length === 2);
  assert.equal(scripts()[1].text, 'const{x as y}=kernelwalkPlayer;const z=y;;kernelwalkMade("views/linked.js",{z})');
  scope.kernelwalkMade("views/linked.js", { z: 5 });
  assert.deepEqual([await one, await two, scope.kernelwalkPlayer, scripts().length], [{ z: 5 }, { z: 5 }, { x: 5 }, 2]);
});

test("a script that the file does not carry does not come", async () => {
  await open(packed({ "kernel-walk.js": "export{};" }));
  await assert.rejects(scope.kernelwalkBring(`${HOST}/static/lab/lab.js`), { message: "lab/lab.js" });
});

test("its own server is the file, everybody else's stays where it is", async () => {
  const { beyond } = await open(packed({ "kernel-walk.js": "export{};" }));
  assert.equal(await scope.fetch("https://other.example/x", { method: "POST" }), "from elsewhere");
  assert.deepEqual(beyond, [["https://other.example/x", { method: "POST" }]]);
  const answer = await scope.fetch(`${HOST}/api/nothing`);
  assert.deepEqual([answer.ok, (await answer.json()).detail], [false, "not in this file"]);
  assert.equal(beyond.length, 1, "and asked of nobody");
});

test("a file that cannot be unpacked says so", async () => {
  for (const broken of ["", "%%%", btoa("no gzip"), gzipSync("no json").toString("base64")]) {
    const { note, scripts } = await open(broken);
    await settled();
    assert.deepEqual([note.hidden, scripts().length], [false, 0], broken);
  }
});
