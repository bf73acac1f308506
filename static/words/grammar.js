/** How a template takes its facts, and which plural goes with one. app/grammar.py is the twin; see particles.js too. */

/** @typedef {(fact: string, forms: string[]) => string} Choose */
/** @typedef {Record<string, unknown>} Facts */

const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];

/** Forms stand in CLDR's order; a language unknown to it counts as English. @param {string} language */
export function plural(language) {
  const rules = new Intl.PluralRules(Intl.PluralRules.supportedLocalesOf(language)[0] ?? "en");
  const { pluralCategories } = rules.resolvedOptions();
  const known = CATEGORIES.filter((category) =>
    pluralCategories.includes(/** @type {Intl.LDMLPluralRule} */ (category)),
  );
  return (/** @type {string} */ fact, /** @type {string[]} */ forms) => {
    const count = Math.abs(Number(fact.replaceAll(",", "").replace("−", "-")));
    const place = Number.isNaN(count) ? forms.length : known.indexOf(rules.select(count));
    return forms[Math.min(place, forms.length - 1)];
  };
}

/** A template with its facts put in. @param {string} template  @param {Facts} facts  @param {Choose} choose */
export function withFacts(template, facts, choose) {
  return template.replace(/\{(\w+)(?:\|([^{}]*))?\}/g, (whole, name, forms) => {
    if (!(name in facts)) return whole;
    return forms === undefined ? String(facts[name]) : choose(String(facts[name]), forms.split("/"));
  });
}
