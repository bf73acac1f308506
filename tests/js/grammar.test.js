import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { plural, withFacts } from "../../static/words/grammar.js";
import { inLanguage, learn, sayIn, spokenIn } from "../../static/words/language.js";
import { particle } from "../../static/words/particles.js";

const chooserOf = (/** @type {string} */ language) => (language === "ko" ? particle : plural(language));

/** @type {Record<string, Record<string, Record<string, string[]>>>} */
const CASES = JSON.parse(readFileSync(new URL("../grammar.json", import.meta.url), "utf8"));

for (const [language, tables] of Object.entries(CASES))
  for (const [forms, wanted] of Object.entries(tables))
    test(`${language} chooses the form of ${forms} that fits a fact`, () => {
      const choose = chooserOf(language);
      for (const [form, facts] of Object.entries(wanted))
        for (const fact of facts) assert.equal(`${fact} ${choose(fact, forms.split("/"))}`, `${fact} ${form}`);
    });

test("a template takes its facts and leaves other braces alone", () => {
  assert.equal(withFacts("{what}{what|이/가} {size}칸", { what: "커널", size: 5 }, chooserOf("ko")), "커널이 5칸");
  assert.equal(withFacts('{a|one/more} {nothing} {"b": 1}', { a: 1 }, chooserOf("en")), 'one {nothing} {"b": 1}');
});

test("a language that was never learnt stays English, and so does a text without its translation", () => {
  assert.equal(spokenIn("eo-XX"), "en");
  learn("eo", { input: "enigo" });
  assert.equal(spokenIn("eo-XX"), "eo");
  assert.equal(sayIn("eo")("input"), "enigo");
  assert.equal(sayIn("eo")("output {value}", { value: 3 }), "output 3");
});

test("a text of the server is said in the language asked for, else in English", () => {
  assert.equal(inLanguage({ en: "Cat", ko: "고양이" }, "ko"), "고양이");
  assert.equal(inLanguage({ en: "Cat" }, "ko"), "Cat");
  assert.equal(inLanguage("plain", "ko"), "plain");
  assert.equal(inLanguage(undefined, "ko"), "");
});
