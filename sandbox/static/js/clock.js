// The sandbox clock in the top bar, and the buttons that move it forward.
import { api } from "./api.js";
import { h } from "./dom.js";
import { onLanguage, t } from "./i18n.js";
import { clockTime, dayName } from "./time.js";

/** Seconds that each button adds. */
const STEPS = [180, 900, 3600, 86400, 604800];
const TICK_MS = 1_000;

export function mountClock(element, store, say) {
  const time = h("time", { class: "clock-time" });
  const day = h("span", { class: "clock-day" });
  const zone = h("span", { class: "clock-zone", say: "clock.zone" });
  const keys = STEPS.map((seconds) =>
    h("button", {
      type: "button",
      "data-seconds": seconds,
      say: `clock.${seconds}`,
      onclick: () => move(seconds, say),
    }),
  );
  const way = h("progress", { class: "clock-way", max: "1", hint: "clock.way", hidden: true });
  element.append(
    h(
      "div",
      { class: "clock-face", role: "timer", "aria-live": "off", hint: "clock.name" },
      time,
      h("div", { class: "clock-date" }, day, zone),
    ),
    h("div", { class: "clock-keys", role: "group", hint: "clock.forward" }, keys),
    way,
  );

  function show() {
    const now = store.now();
    time.textContent = clockTime(now);
    time.dateTime = now.toISOString();
    day.textContent = dayName(now);
  }

  /** How much of a long jump is done; null where none is under way. */
  function showWay(share) {
    way.hidden = share === null;
    way.value = share ?? 0;
    for (const key of keys) key.disabled = share !== null;
  }

  store.on("clock", show);
  store.on("journey", showWay);
  onLanguage(show);
  setInterval(show, TICK_MS);
  show();
}

async function move(seconds, say) {
  try {
    const answer = await api.moveClock(seconds);
    const key = answer?.arrived === false ? "clock.halfway" : "clock.moved";
    if (answer?.now) say(t(key, { when: when(answer.now) }));
  } catch (error) {
    say(t("chat.failed", { why: error.message }), "error");
  }
}

function when(iso) {
  const instant = new Date(iso);
  return `${dayName(instant)} ${clockTime(instant)}`;
}
