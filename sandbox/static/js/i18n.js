// The page's own language: two catalogues, and elements that follow when it changes.
import { CATALOGUES } from "./strings.js";

const STORED = "linli.page.language";
const followers = new Set();
let language = firstLanguage();

function firstLanguage() {
  const kept = readKept();
  if (kept in CATALOGUES) return kept;
  return /^en\b/i.test(navigator.language ?? "") ? "en" : "zh";
}

function readKept() {
  try {
    return localStorage.getItem(STORED) ?? "";
  } catch {
    return ""; // storage may be refused by the browser; the guess from navigator.language stands
  }
}

/** "zh" or "en". */
export function currentLanguage() {
  return language;
}

/** The sentence for `key` in the page's language, with {name} places filled from `values`. */
export function t(key, values = {}) {
  const text = CATALOGUES[language][key] ?? CATALOGUES.zh[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    name in values ? String(values[name]) : whole,
  );
}

/** Show `key` as the element's text, now and after every change of language. */
export function label(node, key, values) {
  node.dataset.say = JSON.stringify([key, values ?? {}]);
  node.textContent = t(key, values);
}

/** Give the element `key` as accessible name and tooltip. */
export function hint(node, key, values) {
  node.dataset.hint = JSON.stringify([key, values ?? {}]);
  const text = t(key, values);
  node.setAttribute("aria-label", text);
  node.title = text;
}

/** Call `listener` after each change of language. */
export function onLanguage(listener) {
  followers.add(listener);
}

/** Change the page's language and everything on the page that follows it. */
export function setLanguage(next) {
  language = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // not remembered where storage is refused
  }
  translate(document);
  for (const follower of followers) follower(next);
}

/** Put every `say` and `hint` under `root` into the current language. */
export function translate(root) {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  for (const node of root.querySelectorAll("[data-say]"))
    label(node, ...JSON.parse(node.dataset.say));
  for (const node of root.querySelectorAll("[data-hint]"))
    hint(node, ...JSON.parse(node.dataset.hint));
}

/** The member of `record` for the page's language: `record.note_zh` or `record.note_en`. */
export function localised(record, name) {
  return record[`${name}_${language}`] || record[`${name}_zh`] || record[`${name}_en`] || "";
}
