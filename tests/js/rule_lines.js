/** Fills rules that it is given on its standard input, for the test that compares them with Python's. */
import { readFileSync } from "node:fs";
import { figure, isExact } from "../../static/words/figures.js";
import { inLine } from "../../static/words/mathematics.js";
import { fillIn } from "../../static/words/rules.js";

const { rules, figures } = JSON.parse(readFileSync(0, "utf8"));

/** @param {{ template: RuleTree, fields: any, most: number }} rule */
function told({ template, fields, most }) {
  const filled = fillIn(template, fields, most);
  return {
    filled,
    text:
      filled === null
        ? null
        : inLine(filled)
            .map(({ text }) => text)
            .join(""),
  };
}

const answer = {
  rules: rules.map(told),
  figures: figures.map((/** @type {number} */ value) => [figure(value), isExact(value)]),
};
process.stdout.write(JSON.stringify(answer));
