/** The Korean of the catalogue, taught to the modules under test. */
import { readFileSync } from "node:fs";
import { learn } from "../../static/words/language.js";
import { particle } from "../../static/words/particles.js";

const FILE = new URL("../../locale/ko/LC_MESSAGES/messages.po", import.meta.url);
const ENTRY = /^msgid (".*")\nmsgstr (".*")$/gm;

export function learnKorean() {
  const entries = [...readFileSync(FILE, "utf8").matchAll(ENTRY)];
  learn("ko", Object.fromEntries(entries.map(([, id, text]) => [JSON.parse(id), JSON.parse(text)])), particle);
}
