// One phone: its owner above, the chat with the bot below.
import { actionsFor } from "./actions.js";
import { avatar, fullName } from "./avatar.js";
import { Composer, iconButton } from "./composer.js";
import { fill, h, isolated } from "./dom.js";
import { hint, localised, t } from "./i18n.js";
import { icon } from "./icons.js";
import { Notices } from "./notices.js";
import { popover } from "./popover.js";
import { Timeline } from "./timeline.js";

export class Phone {
  constructor(chat, store, enlarge) {
    Object.assign(this, { chat, store, enlarge });
    this.actions = actionsFor(chat, store, this);
    this.notices = new Notices();
    this.timeline = new Timeline(chat, store, this.actions);
    this.composer = new Composer(chat, this.actions);
    this.element = this.#build();
    this.update();
    this.showAction();
  }

  #build() {
    this.who = h("div", { class: "phone-who" });
    this.welcome = h("div", { class: "welcome" });
    this.typing = h("div", { class: "typing", hidden: true, role: "status" });
    const screen = h(
      "div",
      { class: "phone-screen" },
      h("header", { class: "phone-head" }, this.who, this.chat.person && this.#menu()),
      h("div", { class: "phone-body" }, this.timeline.element, this.welcome, this.typing),
      this.composer.element,
      this.notices.element,
    );
    return h(
      "section",
      { class: "phone", id: `phone-${this.chat.id}`, "data-chat": this.chat.id },
      screen,
    );
  }

  #menu() {
    const button = iconButton("more", "chat.more");
    const panel = h("div", { class: "dropdown", role: "menu" });
    const menu = popover(button, panel, () =>
      fill(
        panel,
        this.#choices().map(([key, act]) =>
          h("button", {
            type: "button",
            role: "menuitem",
            say: key,
            onclick: () => (menu.close(true), act()),
          }),
        ),
      ),
    );
    return h("div", { class: "phone-menu" }, button, panel);
  }

  #choices() {
    const { blocked } = this.chat;
    const again = [["menu.start", () => this.actions.start()]];
    const begin = [
      ...(this.chat.started ? again : []),
      ["menu.payload", () => this.actions.startWithCode()],
    ];
    const block = blocked
      ? ["menu.unblock", () => this.actions.block(false)]
      : ["menu.block", () => this.actions.block(true)];
    return blocked ? [block] : [...begin, block];
  }

  /** Bring everything on the phone to the chat's present state. */
  update() {
    this.#showWho();
    this.#showWelcome();
    hint(this.timeline.list, "chat.timeline", { name: this.name });
    this.timeline.list.removeAttribute("title");
    this.timeline.update();
    this.composer.update();
  }

  get name() {
    return this.chat.person ? fullName(this.chat.person) : (this.chat.group?.title ?? "");
  }

  /** The owner's round mark; a group's is a sign of several people. */
  mark(size = "") {
    if (this.chat.person) return avatar(this.chat.person, size);
    return h("span", { class: `avatar hue-5 ${size}`, "aria-hidden": "true" }, icon("group"));
  }

  get role() {
    if (this.chat.group) return t("chat.group", { count: this.chat.members.length });
    return localised(this.chat.person, "label") || t("people.newcomer");
  }

  #showWho() {
    const { person, group } = this.chat;
    const members = this.chat.members.map((id) => this.store.personOf(id)).filter(Boolean);
    const print = JSON.stringify([person, group?.title, members, this.role]);
    if (print === this.shownWho) return;
    this.shownWho = print;
    const note = person ? localised(person, "note") : members.map(fullName).join("、");
    fill(
      this.who,
      this.mark(),
      h(
        "div",
        { class: "phone-names" },
        h(
          "h2",
          {},
          isolated(this.name),
          person && h("span", { class: "tongue" }, tongue(person.language_code)),
        ),
        h(
          "p",
          { title: note, dir: "auto" },
          h("span", { class: "role" }, this.role),
          note && ` · ${note}`,
        ),
      ),
    );
    this.element.setAttribute("aria-label", `${this.name}, ${this.role}`);
  }

  #showWelcome() {
    const { person, messages } = this.chat;
    this.welcome.hidden = messages.length > 0;
    if (messages.length) return;
    if (!person) {
      const name = `@${this.store.bot.username ?? ""}`;
      fill(this.welcome, h("p", { class: "welcome-hint", say: ["group.intro", { name }] }));
      return;
    }
    fill(
      this.welcome,
      h("span", { class: "seal seal-large", "aria-hidden": "true" }, "邻"),
      h("p", { class: "welcome-bot", dir: "auto" }, this.store.bot.first_name ?? ""),
      this.store.bot.description && h("p", { dir: "auto" }, this.store.bot.description),
      h("p", { class: "welcome-hint", say: ["chat.start.intro", { name: this.name }] }),
    );
  }

  /** Show or hide "typing". */
  showAction() {
    const { action } = this.chat;
    this.typing.hidden = !action;
    fill(
      this.typing,
      action ? [h("span", { class: "sr-only", say: "chat.typing" }), h("i"), h("i"), h("i")] : [],
    );
  }
}

function tongue(code) {
  return /^zh/i.test(code ?? "") ? "中文" : (code ?? "").split("-")[0].toUpperCase();
}
