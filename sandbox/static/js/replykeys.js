// The reply keyboard under a composer.
import { fill, h } from "./dom.js";

export class ReplyKeys {
  #shown = null;

  constructor(actions) {
    this.actions = actions;
    this.open = false;
    this.element = h("div", {
      class: "reply-keyboard",
      role: "group",
      hint: "chat.keyboard",
      hidden: true,
    });
  }

  /** Follow the chat's keyboard: a new one opens itself, none closes. */
  update(keyboard) {
    const print = JSON.stringify(keyboard ?? null);
    if (print === this.#shown) return;
    this.#shown = print;
    this.keyboard = keyboard;
    const rows = keyboard?.keyboard ?? [];
    fill(
      this.element,
      rows.map((row) =>
        h(
          "div",
          { class: "reply-row" },
          row.map((key) => this.#key(key)),
        ),
      ),
    );
    this.element.classList.toggle("tall", !keyboard?.resize_keyboard);
    this.show(rows.length > 0);
  }

  get present() {
    return (this.keyboard?.keyboard ?? []).length > 0;
  }

  show(open) {
    this.open = open;
    this.element.hidden = !open;
  }

  #key(key) {
    const button = typeof key === "string" ? { text: key } : key;
    const style = ["primary", "success", "danger"].includes(button.style)
      ? `key-${button.style}`
      : "";
    return h(
      "button",
      {
        type: "button",
        class: `reply-key ${style}`,
        dir: "auto",
        onclick: () => this.#tap(button),
      },
      button.text,
    );
  }

  #tap(button) {
    if (this.keyboard.one_time_keyboard) this.show(false);
    if (button.request_contact) this.actions.shareContact();
    else if (button.request_location) this.actions.shareLocation();
    else if (button.web_app) this.actions.openAddress(button.web_app.url);
    else if (button.request_users || button.request_chat || button.request_poll)
      this.actions.unavailable();
    else this.actions.send(button.text);
  }
}
