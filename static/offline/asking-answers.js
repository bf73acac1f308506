/** What a server would say to the questions of one figure and to the answers given, out of the file that carries it. */
import { Answers, json } from "./answers.js";
import { refused, verdict } from "./judging.js";

/**
 * @typedef {object} Drawn
 * @property {any} told  what the server tells of a question  @property {number | null} picture
 * @property {import("./judging.js").Key} key
 */
/**
 * @typedef {object} Quiz
 * @property {number} seed  of the first set  @property {Drawn[][]} sets  one for each seed
 * @property {import("./judging.js").Says} says  @property {string[]} pictures  of inputs too large for a table
 */

export class AskingAnswers extends Answers {
  /** @override @param {string} method  @param {URL} address  @param {string} [body]  @returns {Response} */
  respond(method, address, body) {
    const { quiz, absent } = this.carried;
    const words = body ? JSON.parse(body) : Object.fromEntries(address.searchParams);
    const isAnswer = address.pathname === "/api/answers";
    if (!quiz || !(isAnswer || address.pathname === "/api/questions")) return super.respond(method, address, body);
    const drawn = setOf(quiz, Number(words.seed))[Number(isAnswer ? words.index : words.start)];
    if (!drawn) return json({ detail: absent }, 404);
    const { told, picture, key } = drawn;
    if (!isAnswer) return json(picture === null ? told : { ...told, picture: quiz.pictures[picture] });
    const found = verdict(told.questions[0], key, words.answer, quiz.says);
    const language = address.searchParams.get("lang") ?? "en";
    return found ? json(found) : json({ detail: refused(told.questions[0], words.answer, quiz.says, language) }, 422);
  }
}

/** After the last seed the first comes again. @param {Quiz} quiz  @param {number} seed */
function setOf({ seed: first, sets }, seed) {
  return sets[(((seed - first) % sets.length) + sets.length) % sets.length];
}
