// What one phone can do: each act goes to the sandbox and failure is said on that phone.
import { api } from "./api.js";
import { fullName } from "./avatar.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { deepLink, safeHref } from "./links.js";

/** The demo community's centre, latitude and longitude in degrees (WGS 84). */
const COMMUNITY = { latitude: 31.2281, longitude: 121.4547 };
/** Degrees between the doors of people with neighbouring ids, about 90 m. */
const DOOR_STEP = 0.0008;

/** The actions of the phone of `chat`; `phone` gives its notices, composer and timeline. */
export function actionsFor(chat, store, phone) {
  const person = () => speaker(chat);
  const where = () => (chat.group ? { chat_id: chat.id } : {});
  const tried = (act) => attempt(act, phone);
  return {
    ...conversation(person, where, tried, phone),
    ...attachments(person, where, tried, phone),
    ...links(chat, store, person, tried, phone),
    press: (message, place, data) => press({ chat, store, phone }, message, place, data),
    reply: (message) => phone.composer.begin({ mode: "reply", message }),
    edit: (message) => phone.composer.begin({ mode: "edit", message }),
    forward: (message) => forward({ chat, store, phone }, message),
    speakAs: (personId) => store.change(chat, { speaker: personId }),
    member: (personId) => store.personOf(personId),
    goTo: (messageId) => phone.timeline.highlight(messageId, true),
    enlarge: (src) => phone.enlarge(src),
    unavailable: () => phone.notices.toast(t("message.unavailable")),
    async copy(text) {
      await navigator.clipboard.writeText(text);
      phone.notices.toast(t("message.copied"));
    },
  };
}

/** Who acts in a chat: the phone's owner, or whoever speaks in the group at present. */
export function speaker(chat) {
  return chat.person?.id ?? chat.speaker;
}

async function attempt(act, phone) {
  try {
    await act();
    return true;
  } catch (error) {
    phone.notices.toast(t("chat.failed", { why: error.message }), "error");
    return false;
  }
}

function conversation(person, where, tried, phone) {
  const follow = (act) => {
    phone.timeline.following = true;
    return tried(act);
  };
  return {
    send: (text, replyTo) => follow(() => api.text(person(), text, replyTo, where())),
    sendCommand: (text) => follow(() => api.text(person(), text, null, where())),
    change: (message, text) => tried(() => api.edit(person(), message.message_id, text, where())),
    start: (payload) => follow(() => api.start(person(), payload)),
    block: (blocked) => tried(() => api.block(person(), blocked)),
    async startWithCode() {
      const field = h("input", {
        type: "text",
        required: true,
        maxlength: "64",
        pattern: "[A-Za-z0-9_\\-]+",
        hint: "payload.label",
        autocomplete: "off",
        spellcheck: "false",
      });
      const payload = await phone.notices.ask({
        title: "payload.title",
        body: h("p", { say: "payload.about" }),
        field,
        ok: "chat.start",
        cancel: "common.cancel",
      });
      if (payload) await follow(() => api.start(person(), payload));
    },
  };
}

function attachments(person, where, tried, phone) {
  const place = () => {
    const doors = (person() % 7) - 3;
    return {
      latitude: COMMUNITY.latitude + doors * DOOR_STEP,
      longitude: COMMUNITY.longitude - doors * DOOR_STEP,
    };
  };
  const phoneNumber = () => `+86138${String(person()).padStart(8, "0").slice(-8)}`;
  const samples = {
    "photo.sample": (caption) => api.samplePhoto(person(), { caption, ...where() }),
    "document.sample": () => api.sampleDocument(person(), where()),
    voice: () => api.sampleVoice(person(), where()),
    location: () => api.location(person(), place(), where()),
    contact: () => api.contact(person(), phoneNumber(), where()),
    sticker: () => api.sticker(person(), where()),
  };
  const share = async (kind) => {
    const agreed = await phone.notices.ask({
      body: h("p", { say: `ask.${kind}` }),
      ok: "ask.share",
      cancel: "common.cancel",
    });
    if (agreed) await tried(() => samples[kind]());
  };
  return {
    attach: (kind, caption) => tried(() => samples[kind](caption)),
    attachFile: (kind, file, caption) => 
      tried(() => api[kind](person(), file, { caption, ...where() })),
    shareContact: () => share("contact"),
    shareLocation: () => share("location"),
  };
}

function links(chat, store, person, tried, phone) {
  const startFrom = (href) => {
    const deep = deepLink(href, store.bot.username ?? "");
    if (!deep || !chat.person) return false;
    phone.timeline.following = true;
    // A link without ?start only opens the chat, which is open already once it has begun.
    if (deep.payload !== null || !chat.started) tried(() => api.start(person(), deep.payload));
    return true;
  };
  return {
    /** A link in a text: the browser follows it unless it starts this bot. */
    openLink(href, event) {
      if (startFrom(href)) event.preventDefault();
    },
    /** An address behind a button: asked before it leaves the page, as in Telegram. */
    async openAddress(target) {
      const href = safeHref(target);
      if (!href) phone.notices.toast(t("message.unavailable"));
      if (!href || startFrom(href)) return;
      const body = [h("p", { say: "ask.link" }), h("p", { class: "address", dir: "ltr" }, href)];
      const agreed = await phone.notices.ask({
        body: h("div", {}, body),
        ok: "ask.open",
        cancel: "common.cancel",
      });
      if (agreed) window.open(href, "_blank", "noopener,noreferrer");
    },
  };
}

async function press({ chat, store, phone }, message, place, data) {
  if (chat.pending.has(message.message_id)) {
    phone.notices.toast(t("message.busy"));
    return;
  }
  store.press(chat, message.message_id, place);
  const where = chat.group ? { chat_id: chat.id } : {};
  const sent = await attempt(
    () => api.press(speaker(chat), message.message_id, data, where),
    phone,
  );
  if (!sent) store.release(chat, message.message_id);
}

/** Forward a message to the bot: from this phone, or from that of somebody who was sent it. */
async function forward({ chat, store, phone }, message) {
  const known = (chat.members ?? []).map((id) => store.personOf(id)).filter(Boolean);
  const everybody = chat.group ? known : store.people();
  const mine = speaker(chat);
  const from = h(
    "select",
    { hint: "forward.from" },
    everybody.map((one) => h("option", { value: one.id, selected: one.id === mine }, fullName(one))),
  );
  const chosen = await phone.notices.ask({
    title: "forward.title",
    body: h("p", { say: "forward.about" }),
    field: from,
    ok: "forward.ok",
    cancel: "common.cancel",
  });
  if (!chosen) return;
  const person = Number(chosen);
  const sent = await attempt(() => api.forward(person, message.message_id, chat.id), phone);
  if (sent && person !== chat.id) store.emit("look", person);
}
