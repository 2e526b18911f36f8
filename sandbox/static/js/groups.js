// Opening a group: some of the people, and the bot among them.
import { api } from "./api.js";
import { fullName } from "./avatar.js";
import { fill, h } from "./dom.js";
import { t } from "./i18n.js";

/** How many people are ticked at first. */
const TICKED = 3;

/** Wire `button` to the dialog; the new group's phone comes into view. */
export function mountAddGroup(button, dialog, store, say) {
  const title = h("input", { name: "title", required: true, maxlength: "64", autocomplete: "off" });
  const members = h("div", { class: "ticks", role: "group", hint: "group.members" });
  const form = h(
    "form",
    { class: "dialog", method: "dialog" },
    h("h3", { say: "group.title" }),
    h("p", { say: "group.about" }),
    h("label", { class: "field" }, h("span", { say: "group.name" }), title),
    members,
    h(
      "div",
      { class: "dialog-keys" },
      h("button", {
        type: "button",
        class: "plain-button",
        say: "common.cancel",
        onclick: () => dialog.close(),
      }),
      h("button", { type: "submit", class: "main-button", say: "group.create" }),
    ),
  );
  dialog.append(form);
  button.addEventListener("click", () => {
    title.value = t("group.sample");
    fill(members, store.people().map(tick));
    dialog.showModal();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const ticked = [...members.querySelectorAll("input:checked")];
    const chosen = ticked.map((box) => Number(box.value));
    if (!chosen.length) say(t("group.empty"), "error");
    else if (await opened({ title: title.value.trim(), members: chosen }, store, say))
      dialog.close();
  });
}

function tick(person, at) {
  const box = h("input", { type: "checkbox", value: person.id, checked: at < TICKED });
  return h("label", { class: "tick" }, box, h("span", {}, fullName(person)));
}

async function opened(group, store, say) {
  try {
    const chat = await api.addGroup(group);
    // The sandbox has the page read everything again: the phone may come a moment later.
    if (store.chats.has(chat.id)) store.emit("look", chat.id);
    else store.once("chats", () => store.emit("look", chat.id));
    return true;
  } catch (error) {
    say(t("chat.failed", { why: error.message }), "error");
    return false;
  }
}
