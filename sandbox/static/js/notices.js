// What a phone says over its chat: toasts, and questions that wait for an answer.
import { h } from "./dom.js";

/** Milliseconds a toast stays: a base and a share for each character to read. */
const TOAST_MS = 3_200;
const TOAST_MS_PER_SIGN = 70;

/** The overlay of one phone. */
export class Notices {
  constructor() {
    this.toasts = h("div", { class: "toasts", role: "status" });
    this.element = h("div", { class: "notices" }, this.toasts);
  }

  /** Show `text` for a while; `kind` "error" looks like one. */
  toast(text, kind = "") {
    const node = h("div", { class: `toast ${kind}`, dir: "auto" }, text);
    this.toasts.append(node);
    setTimeout(() => node.remove(), TOAST_MS + TOAST_MS_PER_SIGN * text.length);
  }

  /** Show a text that stays until it is read; focus moves only when it already was in this phone. */
  alert(text) {
    return this.ask({ body: h("p", { dir: "auto" }, text), kind: "alertdialog" });
  }

  /**
   * Ask in a dialog over the phone. Resolves to the field's value (or true where there is no
   * field) on agreement and to null on refusal. `ok` and `cancel` are text keys; without `cancel`
   * there is only one way out.
   */
  ask({ title, body, field, ok = "common.ok", cancel, kind = "dialog" }) {
    return new Promise((resolve) => {
      const back = document.activeElement;
      const within = this.element.parentElement?.contains(back);
      const close = (result) => {
        scrim.remove();
        if (within) back?.focus?.({ preventScroll: true });
        resolve(result);
      };
      const agree = () => close(field ? field.value : true);
      const scrim = h(
        "div",
        { class: "scrim" },
        dialogBox({ title, body, field, ok, cancel, kind }, agree, close),
      );
      scrim.addEventListener("keydown", (event) =>
        keepInside(event, scrim, () => close(cancel ? null : true)),
      );
      this.element.append(scrim);
      if (within || field)
        (field ?? scrim.querySelector(".dialog-ok")).focus({ preventScroll: true });
    });
  }
}

function dialogBox({ title, body, field, ok, cancel, kind }, agree, close) {
  const submit = (event) => {
    event.preventDefault();
    agree();
  };
  return h(
    "form",
    { class: "dialog", role: kind, "aria-modal": "true", onsubmit: submit },
    title && h("h3", { say: title }),
    body,
    field,
    h(
      "div",
      { class: "dialog-keys" },
      cancel &&
        h("button", {
          type: "button",
          class: "plain-button",
          say: cancel,
          onclick: () => close(null),
        }),
      h("button", { type: "submit", class: "main-button dialog-ok", say: ok }),
    ),
  );
}

function keepInside(event, scrim, escape) {
  if (event.key === "Escape") {
    event.stopPropagation();
    escape();
  }
  if (event.key !== "Tab") return;
  const stops = [...scrim.querySelectorAll("button, input, select")];
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0]).focus();
}
