// The strip of people: find a phone, see who has unread messages; on narrow screens, choose one.
import { fill, h, isolated, prefersStillness } from "./dom.js";
import { t } from "./i18n.js";

export class Strip {
  constructor(element, phones, stage) {
    Object.assign(this, { element, phones, stage });
    this.unread = new Map();
    this.visible = new Set();
    this.tabs = new Map();
    this.chosen = null;
    this.watcher = new IntersectionObserver((entries) => this.#seen(entries), {
      root: stage,
      threshold: 0.6,
    });
    document.addEventListener("visibilitychange", () => this.update());
  }

  /** Watch a phone come into and go out of view. */
  watch(phone) {
    this.watcher.observe(phone.element);
  }

  forget(phone) {
    this.watcher.unobserve(phone.element);
    this.visible.delete(phone.chat.id);
    this.unread.delete(phone.chat.id);
  }

  #seen(entries) {
    for (const entry of entries) {
      const id = Number(entry.target.dataset.chat);
      if (entry.isIntersecting) this.visible.add(id);
      else this.visible.delete(id);
    }
    this.update();
  }

  /** Count a message of the bot on a phone nobody is looking at. */
  arrived(chatId) {
    if (this.visible.has(chatId) && !document.hidden) return;
    this.unread.set(chatId, (this.unread.get(chatId) ?? 0) + 1);
    this.update();
  }

  /** Bring a phone into view, and on narrow screens make it the one that shows. */
  choose(chatId) {
    this.chosen = chatId;
    this.unread.delete(chatId);
    for (const phone of this.phones.values())
      phone.element.classList.toggle("chosen", phone.chat.id === chatId);
    const behavior = prefersStillness() ? "auto" : "smooth";
    this.phones
      .get(chatId)
      ?.element.scrollIntoView({ behavior, inline: "center", block: "nearest" });
    this.update();
  }

  update() {
    if (!document.hidden) for (const id of this.visible) this.unread.delete(id);
    if (!this.phones.has(this.chosen)) this.chosen = this.phones.keys().next().value ?? null;
    for (const phone of this.phones.values())
      phone.element.classList.toggle("chosen", phone.chat.id === this.chosen);
    for (const id of this.tabs.keys()) if (!this.phones.has(id)) this.tabs.delete(id);
    const tabs = [...this.phones.values()].map((phone) => this.#tab(phone));
    const same =
      tabs.length === this.element.childElementCount &&
      tabs.every((tab, at) => this.element.children[at] === tab);
    if (!same) fill(this.element, tabs);
  }

  /** The phone's tab: one node for good, so that a press is never lost to a redraw. */
  #tab(phone) {
    const { chat } = phone;
    if (!this.tabs.has(chat.id))
      this.tabs.set(
        chat.id,
        h("button", {
          type: "button",
          "data-tab": chat.id,
          "aria-controls": phone.element.id,
          onclick: () => this.choose(chat.id),
        }),
      );
    const tab = this.tabs.get(chat.id);
    tab.className = `tab ${this.visible.has(chat.id) ? "in-view" : ""}`;
    if (this.chosen === chat.id) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
    return fill(tab, this.#inside(phone));
  }

  #inside(phone) {
    const { chat } = phone;
    const count = this.unread.get(chat.id) ?? 0;
    return [
      phone.mark("small"),
      h(
        "span",
        { class: "tab-words" },
        isolated(phone.name, "tab-name"),
        h("span", { class: "tab-role" }, phone.role),
      ),
      count > 0 &&
        h(
          "span",
          { class: "badge" },
          h("span", { "aria-hidden": "true" }, String(count)),
          h("span", { class: "sr-only" }, t("chat.unread", { count })),
        ),
    ];
  }
}
