// What to try in the first minute: a few lines, each of which brings the right phone into view.
import { fill, h } from "./dom.js";
import { currentLanguage, onLanguage, t } from "./i18n.js";
import { icon } from "./icons.js";

const STORED = "linli.guide.dismissed";

/** The people of the demo that the lines are about. */
const [WANG, EMMA, LI] = [1001, 1002, 1003];

/** Each line: its sentence, on whose phone by the page's language, and words to send there. */
const STEPS = [
  { key: "guide.help", on: { zh: WANG, en: EMMA } },
  { key: "guide.take", on: { zh: LI, en: LI } },
  { key: "guide.cry", on: { zh: WANG, en: EMMA }, words: "guide.cry.words" },
  { key: "guide.propose", on: { zh: LI, en: EMMA }, words: "guide.propose.words" },
];

/** Show the lines in `element` until they are dismissed; `button` brings them back. */
export function mountGuide(element, button, store, show) {
  const draw = () => fill(element, ...lines(show), close(dismiss));
  const turn = (open) => {
    element.hidden = !open || !store.chats.has(WANG) || !store.chats.has(LI);
    button.setAttribute("aria-expanded", String(!element.hidden));
  };

  function dismiss() {
    keep("1");
    turn(false);
    button.focus({ preventScroll: true });
  }

  button.addEventListener("click", () => {
    keep(element.hidden ? "" : "1");
    turn(element.hidden);
  });
  store.on("chats", () => turn(!kept()));
  onLanguage(draw);
  draw();
}

function lines(show) {
  const language = currentLanguage();
  const rows = STEPS.map(({ key, on, words }, at) =>
    h(
      "button",
      {
        type: "button",
        class: "guide-line",
        "data-guide": key,
        onclick: () => show(on[language], words && t(words)),
      },
      h("span", { class: "guide-number", "aria-hidden": "true" }, String(at + 1)),
      h("span", {}, t(key)),
    ),
  );
  return [h("div", { class: "guide-lines" }, rows)];
}

function close(onclick) {
  return h(
    "button",
    { type: "button", class: "icon-button guide-close", hint: "guide.close", onclick },
    icon("close"),
  );
}

function kept() {
  try {
    return localStorage.getItem(STORED) ?? "";
  } catch {
    return ""; // not remembered where storage is refused: the lines show again
  }
}

function keep(value) {
  try {
    localStorage.setItem(STORED, value);
  } catch {
    // as above
  }
}
