// Telegram message entities as page nodes. Offsets count UTF-16 units, as JavaScript strings do.
import { h } from "./dom.js";
import { safeHref } from "./links.js";

const PLAIN_TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
};

/** A fragment showing `text` with `entities`; `actions` is {openLink, sendCommand}. */
export function renderText(text, entities, actions) {
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...span(text, 0, text.length, ordered, actions));
  return fragment;
}

function span(text, start, end, entities, actions) {
  const nodes = [];
  let at = start;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) {
      rest = others;
      continue;
    }
    if (from > at) nodes.push(text.slice(at, from));
    const inside = others.filter((other) => other.offset < to);
    rest = others.filter((other) => other.offset + other.length > to);
    nodes.push(wrap(entity, text.slice(from, to), span(text, from, to, inside, actions), actions));
    at = to;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function wrap(entity, raw, children, actions) {
  if (entity.type in PLAIN_TAGS) return h(PLAIN_TAGS[entity.type], {}, children);
  const special = SPECIAL[entity.type];
  return special ? special(entity, raw, children, actions) : h("span", {}, children);
}

const SPECIAL = {
  pre: (entity, raw, children) =>
    h(
      "pre",
      { tabindex: "0" },
      entity.language && h("span", { class: "pre-language" }, entity.language),
      h("code", {}, children),
    ),
  blockquote: (entity, raw, children) => h("blockquote", {}, children),
  expandable_blockquote: (entity, raw, children) => expandable(children),
  spoiler: (entity, raw, children) => spoiler(children),
  text_link: (entity, raw, children, actions) => link(entity.url, children, actions),
  url: (entity, raw, children, actions) => link(raw, children, actions),
  email: (entity, raw, children, actions) => link(`mailto:${raw}`, children, actions),
  phone_number: (entity, raw, children, actions) =>
    link(`tel:${raw.replace(/[^\d+]/g, "")}`, children, actions),
  bot_command: (entity, raw, children, actions) =>
    h(
      "button",
      { class: "text-button", type: "button", onclick: () => actions.sendCommand(raw) },
      children,
    ),
  mention: (entity, raw, children) => h("span", { class: "mention" }, children),
  text_mention: (entity, raw, children) => h("span", { class: "mention" }, children),
  hashtag: (entity, raw, children) => h("span", { class: "mention" }, children),
  cashtag: (entity, raw, children) => h("span", { class: "mention" }, children),
};

function link(target, children, actions) {
  const href = safeHref(target);
  if (!href) return h("span", {}, children);
  const open = (event) => actions.openLink(href, event);
  return h(
    "a",
    { href, target: "_blank", rel: "noopener noreferrer nofollow", title: href, onclick: open },
    children,
  );
}

function spoiler(children) {
  const words = h("span", { class: "spoiler-words", "aria-hidden": "true" }, children);
  const cover = h(
    "span",
    { class: "spoiler", role: "button", tabindex: "0", hint: "message.spoiler" },
    words,
  );
  const uncover = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    cover.replaceWith(...children);
  };
  cover.addEventListener("click", uncover);
  cover.addEventListener("keydown", uncover);
  return cover;
}

function expandable(children) {
  const quote = h("blockquote", { class: "folded", tabindex: "0" }, children);
  const toggle = (event) => {
    if (event.type === "keydown" && event.key !== "Enter") return;
    quote.classList.toggle("folded");
  };
  quote.addEventListener("click", toggle);
  quote.addEventListener("keydown", toggle);
  return quote;
}
