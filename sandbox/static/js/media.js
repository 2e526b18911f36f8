// What a message carries besides text: one renderer per kind, and a word for each.
import { fileUrl } from "./api.js";
import { fullName, initials } from "./avatar.js";
import { h, isolated } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { mapCard } from "./map.js";
import { voiceBar } from "./voice.js";

/** Pixels below which a sticker is a placeholder without a picture. */
const STICKER_MIN_PX = 16;

const KINDS = {
  photo: (message, actions) => photo(message.photo, actions),
  voice: (message) => voiceBar(message.voice),
  audio: (message) => voiceBar(message.audio, message.audio.title ?? message.audio.file_name),
  animation: (message) => documentCard(message.animation, "message.video"),
  video: (message) => documentCard(message.video, "message.video"),
  document: (message) => documentCard(message.document, "message.document"),
  venue: (message) => mapCard(message.venue.location, message.venue.title, message.venue.address),
  location: (message) => mapCard(message.location),
  contact: (message) => contactCard(message.contact),
  sticker: (message) => sticker(message.sticker),
};

/** The kind of media in a message, or null for plain text. */
export function mediaKind(message) {
  return Object.keys(KINDS).find((kind) => message[kind]) ?? null;
}

/** The node of a message's media, or null. */
export function renderMedia(message, actions) {
  const kind = mediaKind(message);
  return kind ? h("div", { class: `media media-${kind}` }, KINDS[kind](message, actions)) : null;
}

/** A message in a few words, for quotes and announcements. */
export function summary(message) {
  const words = message.text ?? message.caption ?? "";
  const kind = mediaKind(message);
  const named = { venue: "location", animation: "video" }[kind] ?? kind;
  return [kind && `[${t(`message.${named}`)}]`, words].filter(Boolean).join(" ").slice(0, 200);
}

function photo(sizes, actions) {
  const best = [...sizes].sort((a, b) => a.width * a.height - b.width * b.height).at(-1);
  const image = h("img", {
    src: fileUrl(best.file_id),
    width: best.width,
    height: best.height,
    alt: t("message.photo"),
    decoding: "async",
  });
  image.addEventListener("error", () => image.closest(".photo")?.classList.add("photo-missing"), {
    once: true,
  });
  const enlarge = () => actions.enlarge(image.src);
  return h(
    "button",
    { class: "photo", type: "button", hint: "message.enlarge", onclick: enlarge },
    image,
    icon("landscape"),
  );
}

function documentCard(file, word) {
  const name = file.file_name ?? t(word);
  const size = file.file_size ? readableSize(file.file_size) : "";
  return h(
    "a",
    {
      class: "file-card",
      href: fileUrl(file.file_id),
      download: name,
      hint: ["message.download", { name }],
    },
    h("span", { class: "file-mark", "aria-hidden": "true" }, icon("file")),
    h(
      "span",
      { class: "file-words" },
      isolated(name, "file-name"),
      h("span", { class: "file-size" }, size),
    ),
  );
}

/** "12.4 KB" from bytes. */
function readableSize(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["KB", "MB", "GB"];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}

function contactCard(contact) {
  const person = { ...contact, id: contact.user_id ?? 0 };
  return h(
    "div",
    { class: "contact-card" },
    h("span", { class: `avatar hue-${person.id % 8}`, "aria-hidden": "true" }, initials(person)),
    h(
      "span",
      { class: "file-words" },
      isolated(fullName(person), "file-name"),
      h("span", { class: "file-size" }, contact.phone_number),
    ),
  );
}

function sticker(data) {
  const emoji = h(
    "span",
    { class: "sticker-emoji", role: "img", hint: "message.sticker" },
    data.emoji ?? "🙂",
  );
  if (data.is_animated || data.is_video) return emoji;
  const image = h("img", {
    class: "sticker-image",
    src: fileUrl(data.file_id),
    alt: data.emoji ?? t("message.sticker"),
  });
  image.addEventListener("error", () => image.replaceWith(emoji), { once: true });
  image.addEventListener(
    "load",
    () => image.naturalWidth < STICKER_MIN_PX && image.replaceWith(emoji),
    { once: true },
  );
  return image;
}
