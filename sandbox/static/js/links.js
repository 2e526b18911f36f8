// Which addresses may be followed, and which of them start the bot.

const ALLOWED = new Set(["http:", "https:", "tg:", "mailto:", "tel:"]);

/** The address made absolute, or null when its scheme is not one a chat may open. */
export function safeHref(target) {
  const text = String(target ?? "").trim();
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  try {
    const url = new URL(absolute);
    return ALLOWED.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** {payload} when `href` leads to `botUsername`, else null. Without ?start the payload is null. */
export function deepLink(href, botUsername) {
  const url = new URL(href);
  const wanted = botUsername.toLowerCase();
  if (url.protocol === "tg:") {
    const named = (url.searchParams.get("domain") ?? "").toLowerCase();
    return named === wanted ? { payload: url.searchParams.get("start") } : null;
  }
  const telegram = ["t.me", "telegram.me"].includes(url.hostname.toLowerCase());
  const named = url.pathname.replace(/^\/|\/$/g, "").toLowerCase();
  return telegram && named === wanted ? { payload: url.searchParams.get("start") } : null;
}
