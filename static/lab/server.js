/** What the lab asks the server for. A refusal is thrown with the server's own sentence. */
import { _, LANG } from "../page/words.js";
import { addressOf, answered, posted, ServerError } from "../wire/client.js";

/** The server's root, with the path it is mounted under. */
export const BASE = new URL(".", document.baseURI).href;

/** @typedef {{ operations: KnownOperation[], kernels: Kernel[], samples: Sample[] }} Tables */

/** @param {string} path  @param {Record<string, string | number>} [words] */
export const address = (path, words = {}) => addressOf(BASE, path, words);

/** The operation that stands on any input; the tables say which. */
let neutral = "";

/** The tables that menus and forms are made from. @returns {Promise<Tables>} */
export async function fetchTables() {
  const [operations, kernels, samples] = await Promise.all(["operations", "kernels", "samples"].map(table));
  neutral = operations.find((/** @type {KnownOperation} */ operation) => operation.neutral)?.name ?? "";
  return { operations, kernels, samples };
}

/** @param {string} name */
async function table(name) {
  const answer = await asked(address(`api/${name}`));
  return Array.isArray(answer) ? answer : answer[name];
}

/** @returns {Promise<Network[]>} */
export const askNetworks = () => table("networks");

/** @typedef {{ scene: unknown, layer: number, step: number }} Standing */

/**
 * @param {unknown} scene  @param {number} layer
 * @param {number | Standing} step  or where another walk stands: the same place of the picture
 * @param {AbortSignal} signal  @returns {Promise<Opening>}
 */
export function askOpening(scene, layer, step, signal) {
  const place = typeof step === "number" ? { step } : { keeping: step };
  return asked(address("api/opening", { lang: LANG }), { ...posted({ scene, layer, ...place }), signal });
}

/**
 * Which operations may be added at a place: null for each that fits, for the others why not.
 * @param {unknown} scene  @param {number} layer  @param {import("./scene.js").SceneLayer[]} operations
 * @returns {Promise<(string | null)[]>}
 */
export async function askAdditions(scene, layer, operations) {
  return (await asked(address("api/additions", { lang: LANG }), posted({ scene, layer, operations }))).refusals;
}

/**
 * The numbers that somebody wrote, in whatever notation.
 * @param {{ text: string, field: string, cell: boolean }} words  @param {AbortSignal} signal
 * @returns {Promise<import("./reader.js").Reading>}
 */
export function askMatrix(words, signal) {
  return asked(address("api/matrix", { lang: LANG }), { ...posted(words), signal });
}

/** A scene for the sake of its input: with the operation that stands on any. @param {string} source */
export const inputAlone = (source) => `${source} | ${neutral}`;

/** Rows and columns of a whole picture. @param {string} source  @returns {Promise<[number, number]>} */
export async function askExtent(source) {
  const { layers } = await asked(address("api/scene", { scene: inputAlone(source) }));
  const [, rows, columns] = layers[0].input_shape;
  return [rows, columns];
}

/** The input of a scene, number by number: rows, or channels of them. @param {string} scene */
export async function askNumbers(scene) {
  const { values } = await asked(address("api/input", { scene, layer: 0 }));
  return values.length === 1 ? values[0] : values;
}

/** @param {string} url  @param {RequestInit} [options] */
async function asked(url, options) {
  try {
    return await (await answered(url, options)).json();
  } catch (error) {
    throw error instanceof ServerError && error.status === 0 ? silence() : error;
  }
}

/** A server that does not answer, in the page's language. */
const silence = () => new ServerError({ detail: _("The server does not answer.") }, 0);

/** A file on its way; `progress` is told the share that is sent.
 * @param {Blob} file  @param {(share: number) => void} progress  @returns {Promise<FileInput>} */
export function upload(file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address("api/files", { lang: LANG }));
    request.responseType = "json";
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
    request.upload.onload = () => progress(1);
    request.onload = () =>
      request.status === 201 || request.status === 200
        ? resolve(request.response)
        : reject(new ServerError(request.response ?? { detail: request.statusText }, request.status));
    request.onerror = () => reject(silence());
    request.send(file);
  });
}
