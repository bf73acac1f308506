/** Ways out of a page: each address and line says the scene, the step and the choices, and nothing else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import "./dom.js";

const { fileName, waysOf } = await import("../../static/sharing/ways.js");

const STATE = {
  scene: "cat 64 | sobel-x",
  layer: 0,
  step: 17,
  playing: true,
  view: "numbers",
  lang: "",
  theme: "auto",
};
const SHOWN = { base: "http://host/", link: "http://host/?scene=x", title: "A [b] cat", state: STATE, own: false };
const CHOICES = { still: "step", width: 700, height: 440, lang: "", theme: "auto" };

/** @param {any} shown  @param {any} [choices]  @param {boolean} [films] */
function ways(shown, choices = CHOICES, films = true) {
  const all = waysOf({ ...SHOWN, ...shown }, { ...CHOICES, ...choices }, films).flatMap((group) => group.ways);
  return Object.fromEntries(all.map((way) => [way.name, way]));
}

/** @param {string} address */
const wordsOf = (address) => Object.fromEntries(new URL(address).searchParams);

test("every way is there once, and a film only where the server makes them", () => {
  const names = Object.keys(ways({}));
  assert.deepEqual(names.toSorted(), [
    ..."element frame gif html link markdown mp4 pdf png python reveal strip svg webp".split(" "),
  ]);
  assert.equal(ways({}, CHOICES, false).mp4, undefined);
});

test("files say what is seen: a still its step, a moving file the part that is walked", () => {
  const { gif, png, pdf, html } = ways({ state: { ...STATE, course: { start: "5", stop: "40", compare: "relu" } } });
  const part = { scene: STATE.scene, layer: "0", start: "5", stop: "40", lang: "en" };
  assert.deepEqual(wordsOf(gif.file ?? ""), { ...part, width: "700" });
  assert.deepEqual(wordsOf(png.file ?? ""), { ...part, step: "17", still: "1", width: "700" });
  assert.deepEqual(wordsOf(pdf.file ?? ""), { ...part, step: "17", still: "1" });
  assert.equal(wordsOf(html.file ?? "").compare, "relu");
  const strongest = wordsOf(ways({}, { still: "strongest", theme: "dark", lang: "ko", width: 1400 }).png.file ?? "");
  const { scene, ...rest } = strongest;
  assert.deepEqual(rest, { layer: "0", steps: "strongest", still: "1", width: "1400", lang: "ko", theme: "dark" });
  assert.equal(scene, STATE.scene);
  assert.equal(wordsOf(ways({}, { still: "last" }).png.file ?? "").steps, undefined);
});

test("a strip shows the stops of a walk, and its part where it has none that count", () => {
  const strip = (/** @type {string} */ stops) =>
    wordsOf(ways({ state: { ...STATE, course: { stops, start: "2" } } }).strip.file ?? "");
  assert.equal(strip("0:here,17,strongest:there,-1").steps, "0,17,strongest");
  assert.equal(strip("0:here,17").start, undefined, "steps say it already");
  assert.deepEqual([strip("last").steps, strip("last").start], [undefined, "2"]);
});

test("lines to paste are safe where they are pasted", () => {
  const { markdown, reveal, element, python } = ways({ state: { ...STATE, scene: "cat | relu" } });
  assert.match(markdown.text ?? "", /^\[!\[A \\\[b\\\] cat\]\(http:\/\/host\/render\.svg\?[^\s()]+\)\]\(http:\/\/host/);
  assert.match(
    reveal.text ?? "",
    /^<section>\n {2}<iframe src="http:\/\/host\/embed\?[^"]+" .*<\/iframe>\n<\/section>$/,
  );
  assert.match(element.text ?? "", /controls><img src="[^"<>]+" width="700" alt="A \[b\] cat"><\/kernel-walk>$/);
  assert.equal(python.text, 'import kernelwalk; kernelwalk.walk("cat | relu", step=17)');
  const upload = ways({ state: { ...STATE, scene: `image:${"0".repeat(32)} | relu` } }).python.text ?? "";
  assert.match(upload, /^from IPython\.display import IFrame; IFrame\("http:\/\/host\/embed\?/);
});

test("a figure with a name brings the rest by itself", () => {
  const state = { ...STATE, scene: "@two-kernels", layer: 1, course: { stops: "0:a,9:b" } };
  const { frame, html, python, element } = ways({ state, own: true, link: "http://host/gallery/two-kernels" });
  assert.match(frame.text ?? "", /src="http:\/\/host\/embed\?scene=@two-kernels" /);
  assert.equal(html.file, "http://host/render.html?scene=@two-kernels&lang=en");
  assert.equal(python.text, 'import kernelwalk; kernelwalk.walk("@two-kernels")');
  assert.match(element.text ?? "", /<kernel-walk scene="@two-kernels" layer="1" controls>/);
});

test("a file is called after its scene", () => {
  const { strip, gif } = ways({});
  assert.deepEqual([fileName(SHOWN, gif), fileName(SHOWN, strip)], ["cat-64-sobel-x.gif", "cat-64-sobel-x-strip.png"]);
  assert.equal(fileName({ ...SHOWN, state: { ...STATE, scene: "[]" } }, gif), "kernelwalk.gif");
});
