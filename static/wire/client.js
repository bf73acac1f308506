/** The one way to ask a server: what is not answered well is thrown as one kind of error. */

/** A server that is being stopped, or whose proxy finds none. */
const AWAY = 503;

/**
 * What the server said no with, or that it did not answer at all: then the status is 0.
 * @typedef {Partial<Problem>} Refusal
 */
export class ServerError extends Error {
  /** @param {Refusal} refusal  @param {number} status  @param {ErrorOptions} [options] */
  constructor(refusal, status, options) {
    const { detail, field = "", rule = "" } = refusal;
    super(sentenceOf(detail), options);
    /** All that was told. @type {any} */
    this.told = refusal;
    this.name = "ServerError";
    this.status = status;
    this.field = field;
    this.rule = rule;
  }
}

/** FastAPI answers with a text or with a list of findings. @param {unknown} detail */
function sentenceOf(detail) {
  if (Array.isArray(detail)) return detail.map((finding) => finding?.msg ?? finding).join("; ");
  return typeof detail === "string" ? detail : "";
}

/**
 * The address of the server that a module was loaded from, mount path included.
 * @param {string} address  the module's own
 */
export function serverOf(address) {
  const end = address.lastIndexOf("/static/");
  return end < 0 ? new URL(".", address).href.replace(/\/$/, "") : address.slice(0, end);
}

/**
 * @param {string} server  @param {string} path  @param {Record<string, string | number>} [words]  of the query
 */
export function addressOf(server, path, words = {}) {
  const query = new URLSearchParams(Object.entries(words).map(([name, value]) => [name, String(value)]));
  return `${server.replace(/\/$/, "")}/${path}${query.size ? `?${query}` : ""}`;
}

/** @param {string} address  @param {RequestInit} [init] */
export async function answered(address, init) {
  const response = await fetch(address, init).catch(unanswered);
  if (!response.ok) throw await refusalOf(response);
  return response;
}

/** A server that says that it is not there now is as one that does not answer. @param {Response} response */
async function refusalOf(response) {
  const answer = await response.json().catch(() => null);
  const told = answer?.detail ? answer : { detail: `${response.status} ${response.statusText}`.trim() };
  return new ServerError(told, response.status === AWAY ? 0 : response.status);
}

/** A connection that cannot be made, or breaks; whoever stops waiting gets his own error back. @param {unknown} error
 * @returns {never} */
export function unanswered(error) {
  throw error instanceof TypeError ? new ServerError({}, 0, { cause: error }) : error;
}

/** What to send a body of JSON with. @param {unknown} content  @param {Record<string, string>} [headers] */
export function posted(content, headers = {}) {
  return { method: "POST", body: JSON.stringify(content), headers: { "content-type": "application/json", ...headers } };
}
