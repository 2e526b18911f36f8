// The foot of a phone: writing, sending, attaching, commands, and what stands in their place when
// the person has not started the bot or has blocked it.
import { fullName } from "./avatar.js";
import { fill, h } from "./dom.js";
import { hint, label, t } from "./i18n.js";
import { icon } from "./icons.js";
import { summary } from "./media.js";
import { popover } from "./popover.js";
import { ReplyKeys } from "./replykeys.js";
import { CommandSheet, attachSheet } from "./sheets.js";

/** Pixels beyond which the writing field scrolls instead of growing. */
const FIELD_MAX_PX = 132;

export class Composer {
  #about = null;

  constructor(chat, actions) {
    Object.assign(this, { chat, actions });
    this.keys = new ReplyKeys(actions);
    this.#buildField();
    this.#buildSheets();
    this.context = h("div", { class: "compose-context", hidden: true });
    this.speakers = h("div", { class: "speakers", role: "group", hint: "group.speaker" });
    this.row = h(
      "form",
      { class: "compose-row", onsubmit: (event) => this.#submit(event) },
      this.slash,
      h("div", { class: "compose-field" }, this.field, this.keysToggle),
      this.attachButton,
      this.send,
    );
    this.startBar = this.#buildStart();
    this.blockedBar = h(
      "div",
      { class: "foot-bar blocked-bar" },
      h("p", { say: "chat.blocked" }),
      h("button", {
        type: "button",
        class: "main-button",
        say: "chat.unblock",
        onclick: () => actions.block(false),
      }),
    );
    this.element = h(
      "footer",
      { class: "composer" },
      this.commands.element,
      this.attach,
      this.context,
      this.speakers,
      this.row,
      this.keys.element,
      this.startBar,
      this.blockedBar,
    );
  }

  #buildField() {
    this.field = h("textarea", { rows: "1", maxlength: "4096", dir: "auto", enterkeyhint: "send" });
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.slash = iconButton("slash", "chat.commands");
    this.attachButton = iconButton("attach", "chat.attach");
    this.keysToggle = iconButton("keyboard", "chat.keyboard.hide", () => this.#toggleKeys());
    this.send = h(
      "button",
      { type: "submit", class: "send-button", hint: "chat.send" },
      icon("send"),
    );
  }

  #buildSheets() {
    this.commands = new CommandSheet((command) => this.#pick(command));
    this.commandMenu = popover(this.slash, this.commands.element, () =>
      this.commands.update(this.chat.commands),
    );
    this.attach = attachSheet(
      (kind) => this.#attachSample(kind),
      (kind, file) => this.#attachFile(kind, file),
    );
    this.attachMenu = popover(this.attachButton, this.attach);
  }

  #buildStart() {
    return h(
      "div",
      { class: "foot-bar start-bar" },
      h("button", {
        type: "button",
        class: "main-button start-button",
        say: "chat.start",
        onclick: () => this.actions.start(),
      }),
      h("button", {
        type: "button",
        class: "plain-button",
        say: "chat.start.payload",
        onclick: () => this.actions.startWithCode(),
      }),
    );
  }

  /** Follow the chat: which foot stands, the reply keyboard, names in the page's language. */
  update() {
    const { blocked, started, group } = this.chat;
    const writing = Boolean(group) || (!blocked && started);
    this.blockedBar.hidden = !blocked;
    this.startBar.hidden = blocked || started || Boolean(group);
    this.row.hidden = !writing;
    this.keys.update(writing ? this.chat.keyboard : null);
    this.field.placeholder = this.chat.keyboard?.input_field_placeholder ?? t("chat.compose");
    if (this.chat.person)
      hint(this.field, "chat.compose.hint", { name: fullName(this.chat.person) });
    this.field.removeAttribute("title");
    this.#showSpeakers();
    this.#arrange();
  }

  /** In a group one chooses for whom one writes and taps. */
  #showSpeakers() {
    const { group, members, speaker } = this.chat;
    this.speakers.hidden = !group;
    const print = JSON.stringify([members, speaker]);
    if (!group || print === this.shownSpeakers) return;
    this.shownSpeakers = print;
    const people = members.map((id) => this.actions.member(id)).filter(Boolean);
    fill(
      this.speakers,
      people.map((person) =>
        h(
          "button",
          {
            type: "button",
            class: "speaker",
            "data-speaker": person.id,
            "aria-pressed": String(person.id === speaker),
            onclick: () => this.actions.speakAs(person.id),
          },
          fullName(person),
        ),
      ),
    );
  }

  /** Put words into the field for whoever wants to send them. */
  suggest(words) {
    this.field.value = words;
    this.field.focus({ preventScroll: true });
    this.#arrange();
  }

  /** Begin a reply to, or a change of, a message; `about` is {mode: "reply"|"edit", message}. */
  begin(about) {
    this.#about = about;
    if (about?.mode === "edit") this.field.value = about.message.text;
    this.context.hidden = !about;
    if (about) {
      const words = h("span", { class: "context-words", dir: "auto" });
      label(words, about.mode === "edit" ? "chat.editing" : "chat.replying", {
        text: summary(about.message),
      });
      fill(
        this.context,
        icon(about.mode),
        words,
        iconButton("close", "common.cancel", () => this.#abandon()),
      );
      this.field.focus();
    }
    this.#arrange();
  }

  #abandon() {
    if (this.#about?.mode === "edit") this.field.value = "";
    this.begin(null);
    this.field.focus();
  }

  #arrange() {
    const empty = this.field.value.trim() === "";
    this.send.hidden = empty;
    this.slash.hidden = !empty;
    this.keysToggle.hidden = !this.keys.present;
    hint(this.keysToggle, this.keys.open ? "chat.keyboard.hide" : "chat.keyboard.show");
    this.keysToggle.setAttribute("aria-pressed", String(this.keys.open));
    hint(this.send, this.#about?.mode === "edit" ? "chat.save" : "chat.send");
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, FIELD_MAX_PX)}px`;
  }

  #typed() {
    const text = this.field.value;
    const asking = /^\/\w*$/.test(text) && this.commands.update(this.chat.commands, text) > 0;
    if (asking && this.chat.commands.length) this.commands.element.hidden = false;
    else this.commandMenu.close();
    this.#arrange();
  }

  #key(event) {
    if (event.key === "Escape") {
      this.commandMenu.close();
      if (this.#about) this.#abandon();
    }
    // While an input method is composing, Enter chooses a word and must not send.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.row.requestSubmit();
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    const about = this.#about;
    this.field.value = "";
    this.begin(null);
    this.commandMenu.close();
    const sent = await (about?.mode === "edit"
      ? this.actions.change(about.message, text)
      : this.actions.send(text, about?.message.message_id));
    if (!sent && this.field.value === "") this.field.value = text;
    this.#arrange();
  }

  #pick(command) {
    this.commandMenu.close();
    if (this.field.value.startsWith("/")) this.field.value = "";
    this.#arrange();
    this.actions.send(command);
    this.field.focus({ preventScroll: true });
  }

  #toggleKeys() {
    this.keys.show(!this.keys.open);
    this.#arrange();
  }

  #takeCaption() {
    const caption = this.field.value.trim();
    this.field.value = "";
    this.#arrange();
    return caption;
  }

  #attachSample(kind) {
    this.attachMenu.close(true);
    this.actions.attach(kind, kind === "photo.sample" ? this.#takeCaption() : "");
  }

  #attachFile(kind, file) {
    this.attachMenu.close(true);
    this.actions.attachFile(kind, file, this.#takeCaption());
  }
}

/** A round button that shows only an icon. */
export function iconButton(name, key, onclick) {
  return h(
    "button",
    { type: "button", class: `icon-button icon-${name}`, hint: key, onclick },
    icon(name),
  );
}
