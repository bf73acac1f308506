/** Two walks beside each other on a page of the tests. */
import { element, sceneServer } from "./elements.js";
import { settled, until } from "./stand_ins.js";

/** A walk with another beside it. @param {Record<string, string>} [attributes]
 * @param {(opening: any) => any} [opened]  what a server makes of an opening */
export async function pair(attributes = {}, opened = (opening) => opening) {
  const server = Object.assign(sceneServer(), { opened });
  const found = await element({ scene: "cat | relu", compare: "dog | relu", ...attributes });
  await until(() => found.find(".pair"));
  const second = () => found.find(".pair [beside]");
  const captions = () =>
    found.find(".pair")
      ? [...found.find(".pair").querySelectorAll(".scene")].map(({ textContent }) => textContent)
      : null;
  const marked = () => [...found.find(".pair").querySelectorAll("mark")].map(({ textContent }) => textContent);
  return { ...found, server, second, captions, marked };
}

/** The same, once both stand at their first steps. @param {Record<string, string>} [attributes]
 * @param {(opening: any) => any} [opened] */
export async function pairThatStands(attributes, opened) {
  const found = await pair(attributes, opened);
  await until(() => found.second()?.opening);
  await settled();
  return found;
}
