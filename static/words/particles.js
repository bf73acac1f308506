/** Korean particles, chosen by how the fact before them is read aloud. Comes where Korean is spoken. */

// How the last sound of what is read aloud ends.
const OPEN = 0;
const CLOSED = 1;
const LIQUID = 2; // ㄹ, after which 으로 is 로 as well

/** 영 일 이 삼 사 오 육 칠 팔 구, and letters and signs that do not end open. */
const DIGITS = [CLOSED, LIQUID, OPEN, CLOSED, OPEN, OPEN, CLOSED, LIQUID, LIQUID, OPEN];
const LETTERS = /** @type {Record<string, number>} */ ({ l: LIQUID, r: LIQUID, m: CLOSED, n: CLOSED });
const SIGNS = /** @type {Record<string, number>} */ ({ "²": LIQUID, "³": LIQUID });

/** The first form after a consonant, the second after a vowel. @type {import("./grammar.js").Choose} */
export function particle(fact, forms) {
  const sound = ending(fact);
  const without = sound === OPEN || (sound === LIQUID && forms[0].startsWith("으"));
  return forms[without ? forms.length - 1 : 0];
}

/** What stands in brackets after a word is not read. @param {string} fact */
function ending(fact) {
  let text = fact.replace(/[ "'”’»\]}…]+$/, "");
  for (let gloss = /\([^()]*\)$/.exec(text); gloss; gloss = /\([^()]*\)$/.exec(text))
    text = text.slice(0, gloss.index).trimEnd() || text.slice(1, -1);
  text = text.replace(/[ "'”’»\]})…]+$/, "");
  const last = text.slice(-1);
  if (/[가-힣]/.test(last)) {
    const final = (last.charCodeAt(0) - 0xac00) % 28;
    return final === 0 ? OPEN : final === 8 ? LIQUID : CLOSED;
  }
  const number = /\d[\d,]*(\.\d+)?$/.exec(text);
  if (number) return numberEnding(number[0].replaceAll(",", ""), Boolean(number[1]));
  const word = /[A-Za-z]+$/.exec(text);
  if (word) return wordEnding(word[0], word[0].length > 1 && !/[-_]$/.test(text.slice(0, word.index)));
  return SIGNS[last] ?? OPEN;
}

/** 십, 백, 천, 만 and 억 end with a consonant, 조 does not. @param {string} digits  @param {boolean} fraction */
function numberEnding(digits, fraction) {
  const zeros = digits.length - digits.replace(/0+$/, "").length;
  if (fraction || zeros === 0 || zeros === digits.length) return DIGITS[Number(digits.slice(-1))];
  return zeros >= 12 && zeros < 16 ? OPEN : CLOSED;
}

/** Capitals and single letters are spelt; words are read. @param {string} word  @param {boolean} read */
function wordEnding(word, read) {
  const low = word.toLowerCase();
  if (!read || word === word.toUpperCase()) return LETTERS[low.slice(-1)] ?? OPEN;
  if (/(ng|[mn]|[aeiou][mn]e|(^|[^aeiou])[aeiou][bckpt])$/.test(low)) return CLOSED;
  return /(l|[aeiou]le)$/.test(low) ? LIQUID : OPEN;
}
