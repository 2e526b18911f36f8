// A person's round mark: initials on a colour of their own.
import { h } from "./dom.js";

/** How many avatar colours the style sheet defines (.hue-0 …). */
const HUES = 8;

/** First name and last name as the language of the name orders them. */
export function fullName(person) {
  const first = person.first_name ?? "";
  const last = person.last_name ?? "";
  const chinese = /^\p{Script=Han}+$/u.test(first + last);
  return chinese ? last + first : [first, last].filter(Boolean).join(" ");
}

/** One Chinese character, or up to two initials. */
export function initials(person) {
  const name = fullName(person).trim();
  if (/^\p{Script=Han}/u.test(name)) return [...name][0];
  const letters = name
    .split(/\s+/)
    .map((part) => [...part].find((sign) => /[\p{L}\p{N}]/u.test(sign)) ?? "");
  return letters.join("").slice(0, 2).toUpperCase() || "?";
}

export function avatar(person, className = "") {
  const hue = Math.abs(person.id) % HUES;
  return h(
    "span",
    { class: `avatar hue-${hue} ${className}`, "aria-hidden": "true" },
    initials(person),
  );
}
