// Building page nodes. Text only ever becomes text nodes: nothing here parses markup.
import { label, hint } from "./i18n.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * Create an element. `on*` props become listeners, `say` is a translated text (key or
 * [key, values]), `hint` a translated accessible name and tooltip; false and null are left out.
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

function setProp(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "class") node.className = value;
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "say") label(node, ...[value].flat());
  else if (name === "hint") hint(node, ...[value].flat());
  else node.setAttribute(name, value === true ? "" : value);
}

/** Create an SVG element; numbers are fine as attribute values. */
export function s(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** A name or other foreign inline text, kept apart from its surroundings' direction. */
export function isolated(text, className) {
  return h("bdi", { class: className }, text);
}

/** Swap the children of `node` for `children`. */
export function fill(node, ...children) {
  node.replaceChildren(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

/** True where the reader asked the system for less movement. */
export function prefersStillness() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
