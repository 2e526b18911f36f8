// Inline keyboards under a bubble.
import { h } from "./dom.js";
import { icon } from "./icons.js";

/** The keyboard of `message`, or null; `pressed` is the "row:col" that waits for an answer. */
export function inlineKeyboard(message, pressed, actions) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h(
    "div",
    { class: "inline-keyboard" },
    rows.map((row, rowAt) =>
      h(
        "div",
        { class: "inline-row" },
        row.map((button, colAt) =>
          inlineButton(message, button, `${rowAt}:${colAt}`, pressed, actions),
        ),
      ),
    ),
  );
}

function inlineButton(message, button, place, pressed, actions) {
  const waiting = pressed === place;
  const style = ["primary", "success", "danger"].includes(button.style)
    ? `key-${button.style}`
    : "";
  return h(
    "button",
    {
      type: "button",
      class: `inline-key ${style} ${waiting ? "waiting" : ""}`,
      "data-place": place,
      "aria-busy": waiting ? "true" : null,
      onclick: () => use(message, button, place, actions),
    },
    h("span", { class: "key-text", dir: "auto" }, button.text),
    corner(button),
    waiting && spinner(),
  );
}

function spinner() {
  return h("span", { class: "spinner", role: "img", hint: "message.pressing" });
}

function corner(button) {
  const name = button.url || button.web_app ? "link" : button.copy_text ? "copy" : null;
  return name && h("span", { class: "key-corner" }, icon(name));
}

function use(message, button, place, actions) {
  if (button.callback_data !== undefined) actions.press(message, place, button.callback_data);
  else if (button.url) actions.openAddress(button.url);
  else if (button.web_app) actions.openAddress(button.web_app.url);
  else if (button.copy_text) actions.copy(button.copy_text.text);
  else actions.unavailable();
}
