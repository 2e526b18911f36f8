// One block of a timeline as a node: a date separator, a bubble, an album, a service line.
import { speaker } from "./actions.js";
import { avatar, fullName } from "./avatar.js";
import { h, isolated } from "./dom.js";
import { renderText } from "./entities.js";
import { icon } from "./icons.js";
import { inlineKeyboard } from "./inline.js";
import { mediaKind, renderMedia, summary } from "./media.js";
import { clockTime, daySeparator, fromUnix } from "./time.js";

/** The node of a block from blocksOf(); `view` is {chat, now, actions}. */
export function renderBlock(block, view) {
  if (block.kind === "day") return day(block, view);
  const [message] = block.messages;
  if (isService(message)) return service(message);
  return bubble(block, message, view);
}

function day(block, view) {
  const words = daySeparator(fromUnix(block.messages[0].date), view.now);
  return h("div", { class: "day", role: "separator" }, h("span", {}, words));
}

function isService(message) {
  return message.text === undefined && message.caption === undefined && mediaKind(message) === null;
}

function service(message) {
  const key = message.pinned_message ? "message.pinned" : "message.other";
  return h(
    "div",
    { class: "day service", "data-message": message.message_id },
    h("span", { say: key }),
  );
}

function bubble(block, message, view) {
  const mine = message.from?.id === speaker(view.chat);
  const bare = mediaKind(message) === "sticker" ? "bare" : "";
  const body = h(
    "div",
    { class: `bubble ${mediaKind(message) ? "has-media" : ""} ${bare}` },
    author(message, view),
    forwarded(message),
    quote(message, view),
    media(block, view),
    words(block, view),
    foot(message),
  );
  return h(
    "article",
    {
      class: `message ${mine ? "out" : "in"} ${block.first ? "first" : ""}`,
      tabindex: "-1",
      "data-message": message.message_id,
      onfocusin: reachTools,
      onfocusout: reachTools,
    },
    h("div", { class: "bubble-row" }, body, tools(message, mine, view)),
    inlineKeyboard(message, view.chat.pending.get(message.message_id), view.actions),
  );
}

function author(message, view) {
  if (!view.chat.group || !message.from) return null;
  return h(
    "div",
    { class: "author" },
    avatar(message.from, "small"),
    isolated(fullName(message.from)),
  );
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const from = origin.sender_user
    ? fullName(origin.sender_user)
    : (origin.sender_user_name ?? origin.chat?.title ?? "");
  return h("div", { class: "forwarded", say: ["message.forwarded", { name: from }] });
}

function quote(message, view) {
  const replied = message.reply_to_message;
  if (!replied) return null;
  return h(
    "button",
    { class: "quote", type: "button", onclick: () => view.actions.goTo(replied.message_id) },
    h("span", { class: "quote-name" }, replied.from ? isolated(fullName(replied.from)) : ""),
    h("span", { class: "quote-words", dir: "auto" }, summary(replied)),
  );
}

function media(block, view) {
  if (block.kind !== "album") return renderMedia(block.messages[0], view.actions);
  return h(
    "div",
    { class: `album album-${Math.min(block.messages.length, 4)}` },
    block.messages.map((message) =>
      h(
        "div",
        { class: "album-cell", "data-message": message.message_id },
        renderMedia(message, view.actions),
      ),
    ),
  );
}

function words(block, view) {
  const told = block.messages.find((message) => message.text ?? message.caption);
  if (!told) return null;
  const text = told.text ?? told.caption;
  const entities = told.entities ?? told.caption_entities;
  return h(
    "div",
    { class: `words ${onlyEmoji(text) ? "huge" : ""}`, dir: "auto" },
    renderText(text, entities, view.actions),
  );
}

function onlyEmoji(text) {
  return (
    text.length <= 12 &&
    /^(\p{Extended_Pictographic}|\p{Emoji_Component}|\s){1,12}$/u.test(text) &&
    !/[\d#*]/.test(text)
  );
}

function foot(message) {
  const sent = fromUnix(message.date);
  return h(
    "div",
    { class: "foot" },
    message.edit_date && h("span", { class: "edited", say: "message.edited" }),
    h("time", { datetime: sent.toISOString() }, clockTime(sent)),
  );
}

function tools(message, mine, view) {
  const { actions } = view;
  const editable = mine && message.text !== undefined && !message.forward_origin;
  const forwardable = !message.has_protected_content;
  return h(
    "div",
    { class: "message-tools", role: "group", hint: "chat.actions" },
    tool("reply", () => actions.reply(message)),
    forwardable && tool("forward", () => actions.forward(message)),
    editable && tool("edit", () => actions.edit(message)),
  );
}

function tool(name, onclick) {
  return h(
    "button",
    { type: "button", class: "tool", tabindex: "-1", hint: `chat.${name}`, onclick },
    icon(name),
  );
}

// The tools of a message can be tabbed to only from that message, so that a long chat stays short
// to tab through; the arrow keys walk from message to message.
function reachTools(event) {
  const reachable = event.type === "focusin" ? "0" : "-1";
  for (const tool of event.currentTarget.querySelectorAll(".tool"))
    tool.setAttribute("tabindex", reachable);
}
