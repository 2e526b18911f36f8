// Adding a person: a newcomer with a phone of their own.
import { api } from "./api.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";

/** Telegram language codes on offer; the last three show what a bot does with ones it lacks. */
const LANGUAGES = [
  ["zh-hans", "简体中文"],
  ["en", "English"],
  ["zh-hant", "繁體中文"],
  ["ja", "日本語"],
  ["ar", "العربية"],
];

/** Wire `button` to the dialog; `onAdded(phone)` hears the sandbox's answer. */
export function mountAddPerson(button, dialog, onAdded, say) {
  const first = h("input", {
    name: "first_name",
    required: true,
    maxlength: "64",
    autocomplete: "off",
  });
  const last = h("input", { name: "last_name", maxlength: "64", autocomplete: "off" });
  const language = h(
    "select",
    { name: "language_code" },
    LANGUAGES.map(([code, name]) => h("option", { value: code }, name)),
  );
  const form = h(
    "form",
    { class: "dialog", method: "dialog" },
    h("h3", { say: "people.add.title" }),
    h("p", { say: "people.add.about" }),
    field("people.first", first),
    field("people.last", last),
    field("people.language", language),
    h(
      "div",
      { class: "dialog-keys" },
      h("button", {
        type: "button",
        class: "plain-button",
        say: "common.cancel",
        onclick: () => dialog.close(),
      }),
      h("button", { type: "submit", class: "main-button", say: "people.create" }),
    ),
  );
  dialog.append(form);
  button.addEventListener("click", () => dialog.showModal());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const person = { first_name: first.value.trim(), language_code: language.value };
    if (last.value.trim()) person.last_name = last.value.trim();
    if (await added(person, onAdded, say)) {
      form.reset();
      dialog.close();
    }
  });
}

async function added(person, onAdded, say) {
  try {
    onAdded(await api.addPerson(person));
    return true;
  } catch (error) {
    say(t("chat.failed", { why: error.message }), "error");
    return false;
  }
}

function field(key, input) {
  return h("label", { class: "field" }, h("span", { say: key }), input);
}
