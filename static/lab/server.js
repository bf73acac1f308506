/** What the lab asks the server for. A refusal is thrown with the server's own sentence. */
import { _, LANG } from "../page/words.js";

/** The server's root, with the path it is mounted under. */
export const BASE = new URL(".", document.baseURI).href;

/** @typedef {{ name: string, kind: string, default: any, minimum: number | null, maximum: number | null,
 *   choices: string[], help: Words, positional: boolean, required: boolean, first: unknown }} Parameter */
/**
 * @typedef {{ name: string, title: Words, kind: string, group: string, summary?: string, parameters: Parameter[]
 *   }} KnownOperation
 */
/** @typedef {{ name: string, title: Words, weight: number[][], divisor: number, group: string }} Kernel */
/**
 * @typedef {{ id: string, title: Words, width: number, height: number, channels: number, url?: string,
 *   thumbnail?: string }} Sample
 */
/** @typedef {{ operations: KnownOperation[], kernels: Kernel[], samples: Sample[] }} Tables */
/** @typedef {{ id: string, width: number, height: number, channels: number, url: string, scene: string }} Uploaded */

/** @param {string} path  @param {Record<string, string | number>} [words] */
export function address(path, words = {}) {
  const query = new URLSearchParams(Object.entries(words).map(([name, value]) => [name, String(value)]));
  return `${BASE}${path}${query.size ? `?${query}` : ""}`;
}

/** The tables that menus and forms are made from. @returns {Promise<Tables>} */
export async function fetchTables() {
  const [operations, kernels, samples] = await Promise.all(["operations", "kernels", "samples"].map(table));
  return { operations, kernels, samples };
}

/** @param {string} name */
async function table(name) {
  const answer = await asked(address(`api/${name}`));
  return Array.isArray(answer) ? answer : answer[name];
}

/**
 * @param {unknown} scene  @param {number} layer  @param {number} step  @param {AbortSignal} signal
 * @returns {Promise<Opening>}
 */
export function askOpening(scene, layer, step, signal) {
  const body = JSON.stringify({ scene, layer, step });
  return asked(address("api/opening", { lang: LANG }), {
    method: "POST",
    body,
    signal,
    headers: { "Content-Type": "application/json" },
  });
}

/**
 * Which operations may be added at a place: null for each that fits, for the others why not.
 * @param {unknown} scene  @param {number} layer  @param {import("./scene.js").SceneLayer[]} operations
 * @returns {Promise<(string | null)[]>}
 */
export async function askAdditions(scene, layer, operations) {
  const body = JSON.stringify({ scene, layer, operations });
  const headers = { "Content-Type": "application/json" };
  return (await asked(address("api/additions", { lang: LANG }), { method: "POST", body, headers })).refusals;
}

/** @param {string} url  @param {RequestInit} [options] */
async function asked(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (error) {
    if (error instanceof DOMException) throw error;
    throw new Error(_("The server does not answer."), { cause: error });
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(detailOf(answer, response.status));
  return answer;
}

/** @param {{ detail?: unknown }} answer  @param {number} status */
function detailOf({ detail }, status) {
  return typeof detail === "string" ? detail : _("The server refused ({status}).", { status });
}

/** A picture on its way; `progress` is told the share that is sent.
 * @param {Blob} picture  @param {(share: number) => void} progress  @returns {Promise<Uploaded>} */
export function upload(picture, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address("api/images", { lang: LANG }));
    request.responseType = "json";
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () =>
      request.status === 201 || request.status === 200
        ? resolve(request.response)
        : reject(new Error(detailOf(request.response ?? {}, request.status)));
    request.onerror = () => reject(new Error(_("The server does not answer.")));
    request.send(picture);
  });
}
