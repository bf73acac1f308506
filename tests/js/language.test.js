/** Languages of the element: what is known of them, where it comes from, and what becomes of what does not come. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bringWords,
  chooseWith,
  inLanguage,
  languageOf,
  learn,
  sayIn,
  spokenIn,
  toldIn,
} from "../../static/words/language.js";

const FOLDER = new URL("../../static/words/", import.meta.url).href;

/** A server of catalogues. @param {Record<string, any>} catalogues  by the end of their addresses */
function serving(catalogues) {
  const asked = /** @type {string[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address) => {
      const name = String(address).slice(FOLDER.length);
      asked.push(name);
      const found = catalogues[name];
      if (found === undefined) throw new TypeError("no network");
      return Response.json(found.texts ?? { detail: found.detail }, { status: found.detail ? 503 : 200 });
    }
  );
  return asked;
}

test("a tag gets its language, whatever its region; one that is not known gets English", () => {
  assert.deepEqual(["ko-KR", "EN-gb", "zh-Hant-TW", ""].map(languageOf), ["ko", "en", "zh", ""]);
  assert.deepEqual(["en-US", "nl", ""].map(spokenIn), ["en", "en", "en"]);
  learn("nl", { step: "stap" });
  assert.deepEqual([spokenIn("nl-BE"), sayIn("nl-BE")("step"), sayIn("nl")("unknown")], ["nl", "stap", "unknown"]);
});

test("what is learnt comes to what is known, with the facts in the language's own forms", () => {
  learn("pl", { "{count} {count|step/steps}": "{count} {count|krok/kroki/kroków}" });
  learn("pl", { pause: "pauza" });
  const say = sayIn("pl");
  const counted = (/** @type {number} */ count) => say("{count} {count|step/steps}", { count });
  assert.deepEqual([counted(1), counted(2), counted(5), counted(22)], ["1 krok", "2 kroki", "5 kroków", "22 kroki"]);
  assert.equal(say("pause"), "pauza");
});

test("a language that is known may choose its forms in another way, one that is not stays unknown", () => {
  learn("cs", { "{what|a/b}": "{what|x/y}" });
  chooseWith("cs", () => "chosen");
  assert.equal(sayIn("cs")("{what|a/b}", { what: 1 }), "chosen");
  chooseWith("xx", () => "chosen");
  assert.equal(spokenIn("xx"), "en");
});

test("texts of the server are told in one language, English where it has no other", () => {
  const both = { en: "one", ko: "하나" };
  assert.deepEqual(
    [inLanguage(both, "ko"), inLanguage({ en: "one" }, "ko"), inLanguage("word", "ko")],
    ["하나", "one", "word"],
  );
  assert.equal(inLanguage(undefined, "ko"), "");
  const told = { title: both, list: [both, 3, null], deep: { name: both, none: null }, text: "as it is" };
  assert.deepEqual(toldIn(told, "ko"), {
    title: "하나",
    list: ["하나", 3, null],
    deep: { name: "하나", none: null },
    text: "as it is",
  });
});

test("words of a language are asked for once and beside the script, English never", async () => {
  const asked = serving({ "element/sv.json": { texts: { Play: "Spela" } } });
  await Promise.all([bringWords("sv-SE", FOLDER), bringWords("sv", FOLDER), bringWords("en-GB", FOLDER)]);
  await bringWords("sv", FOLDER);
  assert.deepEqual([asked, sayIn("sv")("Play")], [["element/sv.json"], "Spela"]);
});

test("what is no tag of a language is no address either", async () => {
  const asked = serving({});
  for (const tag of ["", "x", "../../secret", "languages9", "ko/../en", "averylongtag"]) await bringWords(tag, FOLDER);
  assert.deepEqual(asked, []);
});

test("parts have words of their own", async () => {
  const asked = serving({
    "element/da.json": { texts: { Play: "Spil" } },
    "views/da.json": { texts: { Code: "Kode" } },
  });
  await bringWords("da", FOLDER);
  await bringWords("da", FOLDER, "views");
  assert.deepEqual(asked, ["element/da.json", "views/da.json"]);
  assert.deepEqual(
    ["Play", "Code"].map((text) => sayIn("da")(text)),
    ["Spil", "Kode"],
  );
});

test("a page that carries the words is not asked for them", async () => {
  const asked = serving({});
  const block = /** @type {any} */ (document.createElement("script"));
  block.className = "words element";
  block.lang = "fi";
  block.textContent = JSON.stringify({ Play: "Toista" });
  document.head.append(block);
  await bringWords("fi", FOLDER);
  assert.deepEqual([asked, sayIn("fi")("Play")], [[], "Toista"]);
});

test("a language without words stays English, and its pages are not said to speak it", async () => {
  serving({ "element/eo.json": { texts: {} } });
  await bringWords("eo", FOLDER);
  assert.equal(spokenIn("eo"), "en");
});

test("what did not come, or was refused, leaves English and is asked for again", async () => {
  for (const [tag, catalogues] of /** @type {[string, any][]} */ ([
    ["it", {}],
    ["fr", { "element/fr.json": { detail: "too many requests" } }],
  ])) {
    serving(catalogues);
    await bringWords(tag, FOLDER);
    assert.equal(spokenIn(tag), "en", "a refusal is no catalogue");
    const asked = serving({ [`element/${tag}.json`]: { texts: { Play: "…" } } });
    await bringWords(tag, FOLDER);
    assert.deepEqual([asked.length, spokenIn(tag), sayIn(tag)("Play")], [1, tag, "…"]);
  }
});

test("Korean comes with its particles", async () => {
  serving({ "element/ko.json": { texts: { "{what} moves": "{what}{what|이/가} 움직입니다" } } });
  await bringWords("ko-KR", FOLDER);
  const say = sayIn("ko");
  assert.deepEqual(
    ["창", "커널", "나"].map((what) => say("{what} moves", { what })),
    ["창이 움직입니다", "커널이 움직입니다", "나가 움직입니다"],
  );
});
