// Instants of the sandbox clock in the community's zone, in the page's language.
import { currentLanguage, t } from "./i18n.js";

/** IANA zone that the demo community lives in; times on every phone are shown in it. */
export const ZONE = "Asia/Shanghai";

/** Every zone's offset is a multiple of 15 minutes, so a quarter of an hour lies within one day. */
const QUARTER_MS = 900_000;
const DAY = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE });
const days = new Map();
const formats = new Map();

function format(options) {
  const locale = currentLanguage() === "zh" ? "zh-CN" : "en-GB";
  const key = locale + JSON.stringify(options);
  if (!formats.has(key))
    formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }));
  return formats.get(key);
}

/** "14:05". */
export function clockTime(instant) {
  return format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(instant);
}

/** "6月3日星期二" or "Tue 3 June". */
export function dayName(instant) {
  const weekday = currentLanguage() === "zh" ? "long" : "short";
  return format({ month: "long", day: "numeric", weekday }).format(instant).replace(",", "");
}

/** A key that is the same for instants of one day in the zone. */
export function dayKey(instant) {
  const quarter = Math.floor(instant / QUARTER_MS);
  if (!days.has(quarter)) days.set(quarter, DAY.format(instant));
  return days.get(quarter);
}

/** The words of a date separator, given the sandbox's now. */
export function daySeparator(instant, now) {
  const day = dayName(instant);
  return dayKey(instant) === dayKey(now) ? `${t("day.today")} · ${day}` : day;
}

/** "0:07" from seconds. */
export function duration(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

/** The instant of a Bot API `date` (Unix seconds). */
export function fromUnix(seconds) {
  return new Date(seconds * 1000);
}
