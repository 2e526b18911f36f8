// The panel that makes the sandbox misbehave, and shows how fast the bot has been sending.
import { api } from "./api.js";
import { fill, h } from "./dom.js";
import { label, t } from "./i18n.js";
import { popover } from "./popover.js";

/** Seconds asked for by the 429 of this panel. */
const RETRY_AFTER = 5;

const FAULTS = {
  drop: (times) => ({ action: "drop_answer", times }),
  limit: (times) => ({ action: "too_many_requests", times, retry_after: RETRY_AFTER }),
  error: (times) => ({ action: "server_error", times }),
  repeat: (times) => ({ action: "repeat_updates", count: times, new_ids: true }),
};

export function mountTrouble(button, panel, say) {
  const count = h(
    "select",
    { name: "count" },
    [1, 3, 10, 30].map((n) => h("option", { value: n, selected: n === 3 }, String(n))),
  );
  const rates = h("dl", { class: "rates" });
  const keys = Object.keys(FAULTS).map((kind) =>
    h(
      "button",
      {
        type: "button",
        class: "trouble-key",
        "data-fault": kind,
        onclick: () => arm(kind, Number(count.value), say),
      },
      h("b", { say: `trouble.${kind}` }),
      h("span", { say: [`trouble.${kind}.about`, { seconds: RETRY_AFTER }] }),
    ),
  );
  panel.append(
    h("p", { say: "trouble.about" }),
    h("label", { class: "field field-row" }, h("span", { say: "trouble.count" }), count),
    h("div", { class: "trouble-keys" }, keys),
    h("button", {
      type: "button",
      class: "plain-button",
      say: "trouble.clear",
      onclick: () => clear(say),
    }),
    rates,
  );
  popover(button, panel, () => showRates(rates));
}

async function arm(kind, times, say) {
  try {
    await api.setFaults(FAULTS[kind](times));
    say(
      t(kind === "repeat" ? "trouble.repeated" : "trouble.armed", {
        what: t(`trouble.${kind}`),
        count: times,
      }),
    );
  } catch (error) {
    say(t("trouble.failed", { why: error.message }), "error");
  }
}

async function clear(say) {
  try {
    await api.setFaults({ action: "clear" });
    say(t("trouble.cleared"));
  } catch (error) {
    say(t("trouble.failed", { why: error.message }), "error");
  }
}

async function showRates(rates) {
  let limits = null;
  try {
    limits = await api.limits();
  } catch {
    limits = null; // the panel is still of use without the measured pace
  }
  fill(rates, limits ? rows(limits) : []);
}

function rows(limits) {
  const { overall, private_chat: chat, group } = limits.kinds?.send ?? {};
  const worst = { overall, private: chat?.worst, group: group?.worst };
  const title = h("dt", { class: "rates-title" });
  label(title, "trouble.rates");
  return [
    title,
    ...["overall", "private", "group"].flatMap((kind) => [
      h("dt", { say: `trouble.rates.${kind}` }),
      h("dd", {}, String(worst[kind] ?? 0)),
    ]),
  ];
}
