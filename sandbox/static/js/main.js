// Puts the page together: store, live link, phones, strip, top bar.
import { mountClock } from "./clock.js";
import { h } from "./dom.js";
import { mountAddGroup } from "./groups.js";
import { mountGuide } from "./guide.js";
import { currentLanguage, hint, label, onLanguage, setLanguage, t, translate } from "./i18n.js";
import { icon } from "./icons.js";
import { mountLightbox } from "./lightbox.js";
import { summary } from "./media.js";
import { Notices } from "./notices.js";
import { mountAddPerson } from "./people.js";
import { Phone } from "./phone.js";
import { Store } from "./store.js";
import { Strip } from "./strip.js";
import { follow } from "./sync.js";
import { mountTrouble } from "./trouble.js";

const byId = (id) => document.getElementById(id);
const store = new Store();
const phones = new Map();
const stage = byId("stage");
const strip = new Strip(byId("strip"), phones, stage);
const enlarge = mountLightbox(byId("lightbox"));
const pageNotices = new Notices();
const say = (text, kind) => pageNotices.toast(text, kind);

function arrangePhones() {
  for (const [id, phone] of phones) if (!store.chats.has(id)) dropPhone(id, phone);
  for (const chat of store.chats.values()) if (!phones.has(chat.id)) addPhone(chat);
  stage.setAttribute("aria-busy", "false");
  strip.update();
}

function addPhone(chat) {
  const phone = new Phone(chat, store, enlarge);
  phones.set(chat.id, phone);
  stage.append(phone.element);
  strip.watch(phone);
}

function dropPhone(id, phone) {
  strip.forget(phone);
  phone.element.remove();
  phones.delete(id);
}

function announce({ chat, message }) {
  if (!message.from?.is_bot) return;
  strip.arrived(chat.id);
  const name = phones.get(chat.id)?.name ?? "";
  byId("announcer").append(h("p", {}, t("chat.announce", { name, text: summary(message) })));
  while (byId("announcer").childElementCount > 5) byId("announcer").firstChild.remove();
}

function followStore() {
  store.on("chats", arrangePhones);
  store.on("chat", (chat) => phones.get(chat.id)?.update());
  store.on("action", (chat) => phones.get(chat.id)?.showAction());
  store.on("edited", ({ chat, message }) =>
    phones.get(chat.id)?.timeline.highlight(message.message_id),
  );
  store.on("arrived", announce);
  store.on("toast", ({ chat, text, alert }) => {
    const notices = phones.get(chat.id)?.notices;
    if (alert) notices?.alert(text);
    else notices?.toast(text);
  });
  store.on("look", (chatId) => strip.choose(chatId));
  store.on("clock", () => {
    for (const phone of phones.values()) phone.timeline.update();
  });
}

function showLink(state) {
  const link = byId("link");
  link.dataset.state = state;
  label(link.querySelector(".link-word"), `link.${state}`);
  hint(link, `link.hint.${state}`);
}

function mountLanguage() {
  const button = byId("language");
  const toggle = () => setLanguage(currentLanguage() === "zh" ? "en" : "zh");
  button.prepend(icon("globe"));
  button.addEventListener("click", toggle);
  onLanguage(() => {
    document.title = t("page.title");
    for (const phone of phones.values()) phone.update();
    strip.update();
  });
}

function mountTools() {
  for (const id of ["add-person", "add-group", "guide-open", "trouble", "tools"])
    byId(id).prepend(icon(byId(id).dataset.icon));
  document.body.append(pageNotices.element);
  pageNotices.element.classList.add("page-notices");
  mountClock(byId("clock"), store, say);
  mountTrouble(byId("trouble"), byId("trouble-panel"), say);
  mountAddPerson(
    byId("add-person"),
    byId("person-dialog"),
    (phone) => {
      store.putPhone(phone);
      arrangePhones();
      strip.choose(phone.chat_id);
    },
    say,
  );
  mountAddGroup(byId("add-group"), byId("group-dialog"), store, say);
  mountGuide(byId("guide"), byId("guide-open"), store, (chatId, words) => {
    strip.choose(chatId);
    if (words) phones.get(chatId)?.composer.suggest(words);
  });
  byId("tools").addEventListener("click", () => {
    const open = byId("topbar").classList.toggle("tools-open");
    byId("tools").setAttribute("aria-expanded", String(open));
  });
}

mountLanguage();
mountTools();
followStore();
translate(document);
document.title = t("page.title");
follow(store, showLink);
