// A chat's scrolling list of blocks, changed in place: nodes that stay the same are never touched.
import { blocksOf } from "./blocks.js";
import { renderBlock } from "./bubble.js";
import { fill, h, prefersStillness } from "./dom.js";
import { currentLanguage } from "./i18n.js";
import { icon } from "./icons.js";
import { dayKey } from "./time.js";

/** Pixels from the bottom within which the reader counts as following along. */
const NEAR_PX = 80;
const FADE_MS = 220;

export class Timeline {
  #shown = new Map();
  #missed = 0;

  constructor(chat, store, actions) {
    Object.assign(this, { chat, store, actions });
    this.content = h("div", { class: "timeline-content" });
    this.list = h(
      "div",
      { class: "timeline", role: "log", "aria-live": "off", tabindex: "0" },
      this.content,
    );
    this.count = h("span", { class: "badge" });
    this.toBottom = h(
      "button",
      {
        class: "to-bottom",
        type: "button",
        hidden: true,
        hint: "chat.bottom",
        onclick: () => this.scrollDown(),
      },
      icon("down"),
      this.count,
    );
    this.list.addEventListener("keydown", (event) => this.#walk(event));
    this.list.addEventListener("scroll", () => this.#followed(), { passive: true });
    const sizes = new ResizeObserver(() => this.following && this.scrollDown());
    for (const sized of [this.list, this.content]) sizes.observe(sized);
    this.following = true;
    this.element = h("div", { class: "timeline-frame" }, this.list, this.toBottom);
  }

  /** Bring the list to the chat's present messages. */
  update() {
    const arrived = this.#reconcile(blocksOf(this.chat.messages));
    if (this.following) this.scrollDown();
    else if (arrived) this.#miss(arrived);
  }

  #reconcile(blocks) {
    const kept = new Set(blocks.map((block) => block.key));
    for (const [key, entry] of this.#shown) if (!kept.has(key)) leave(entry.node);
    const next = new Map();
    let arrived = 0;
    let after = null;
    for (const block of blocks) {
      const [entry, fresh] = this.#entry(block);
      next.set(block.key, entry);
      arrived += fresh;
      let expected = after ? after.nextSibling : this.content.firstChild;
      while (expected?.inert) expected = expected.nextSibling; // on its way out
      if (expected !== entry.node) this.content.insertBefore(entry.node, expected);
      after = entry.node;
    }
    this.#shown = next;
    return arrived;
  }

  #entry(block) {
    const known = this.#shown.get(block.key);
    const now = this.store.now();
    const pressed = block.messages
      .map((message) => this.chat.pending.get(message.message_id) ?? "")
      .join();
    const view = [
      currentLanguage(),
      pressed,
      this.chat.speaker,
      block.first,
      block.kind === "day" ? dayKey(now) : "",
    ].join("|");
    const same = known?.view === view && sameMessages(known.messages, block.messages);
    if (same) return [known, 0];
    const node = renderBlock(block, { chat: this.chat, now, actions: this.actions });
    if (known) replaceKeepingFocus(known.node, node);
    return [{ node, view, messages: [...block.messages] }, known || block.kind === "day" ? 0 : 1];
  }

  /** The node that shows a message, or null. */
  nodeOf(messageId) {
    return this.list.querySelector(`[data-message="${Number(messageId)}"]`);
  }

  /** Show a message and light it up for a moment. */
  highlight(messageId, bringIntoView) {
    const node = this.nodeOf(messageId);
    if (!node) return;
    if (bringIntoView)
      node.scrollIntoView({ block: "center", behavior: prefersStillness() ? "auto" : "smooth" });
    node.classList.remove("flash");
    void node.offsetWidth; // restarts the animation when edits follow closely
    node.classList.add("flash");
  }

  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [...this.content.querySelectorAll(".message")];
    const at = stops.indexOf(document.activeElement.closest(".message"));
    const next = at < 0 ? stops.at(-1) : stops[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  scrollDown() {
    this.list.scrollTop = this.list.scrollHeight;
    this.#followed();
  }

  #followed() {
    const { scrollTop, clientHeight, scrollHeight } = this.list;
    this.following = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    this.toBottom.hidden = this.following;
    if (this.following) this.#missed = 0;
    fill(this.count, this.#missed ? String(this.#missed) : "");
  }

  #miss(arrived) {
    this.#missed += arrived;
    this.#followed();
  }
}

function sameMessages(before, after) {
  return before.length === after.length && before.every((message, at) => message === after[at]);
}

function replaceKeepingFocus(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const place = focused?.dataset.place;
  old.replaceWith(fresh);
  if (!focused) return;
  const heir = place ? fresh.querySelector(`[data-place="${CSS.escape(place)}"]`) : null;
  (heir ?? fresh).focus({ preventScroll: true });
}

function leave(node) {
  if (prefersStillness() || node.classList.contains("day")) {
    node.remove();
    return;
  }
  node.inert = true;
  node.removeAttribute("data-message");
  node
    .animate({ opacity: [1, 0], scale: [1, 0.94] }, FADE_MS)
    .finished.finally(() => node.remove());
}
