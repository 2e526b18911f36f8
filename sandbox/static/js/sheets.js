// The sheets that rise over a composer: commands, and things to attach.
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

/** A list of the bot's commands; `update(commands, typed)` narrows it to what was typed. */
export class CommandSheet {
  constructor(pick) {
    this.pick = pick;
    this.element = h("div", {
      class: "sheet commands",
      role: "menu",
      hint: "chat.commands",
      hidden: true,
    });
  }

  update(commands, typed = "/") {
    const wanted = commands.filter((command) =>
      `/${command.command}`.startsWith(typed.toLowerCase()),
    );
    const rows = wanted.map((command) => this.#row(command));
    fill(
      this.element,
      commands.length ? rows : h("p", { class: "sheet-empty", say: "chat.commands.none" }),
    );
    return wanted.length;
  }

  #row({ command, description }) {
    return h(
      "button",
      {
        type: "button",
        role: "menuitem",
        class: "command",
        onclick: () => this.pick(`/${command}`),
      },
      h("span", { class: "command-name" }, `/${command}`),
      h("span", { class: "command-about", dir: "auto" }, description),
    );
  }
}

const THINGS = [
  ["photo", "photo"],
  ["photo.sample", "landscape"],
  ["voice", "voice"],
  ["location", "pin"],
  ["document", "file"],
  ["document.sample", "file"],
  ["contact", "card"],
  ["sticker", "sticker"],
];

/** A grid of things to send; `send(kind)` hears the choice, `sendFile(kind, file)` a chosen file. */
export function attachSheet(send, sendFile) {
  const inputs = {
    photo: fileInput("image/*", "photo", sendFile),
    document: fileInput("", "document", sendFile),
  };
  const cells = THINGS.map(([kind, picture]) => {
    const choose = () => (inputs[kind] ? inputs[kind].click() : send(kind));
    return h(
      "button",
      {
        type: "button",
        role: "menuitem",
        class: "attach-cell",
        "data-kind": kind,
        onclick: choose,
      },
      h("span", { class: `attach-mark attach-${kind.split(".")[0]}` }, icon(picture)),
      h("span", { say: `attach.${kind}` }),
    );
  });
  return h(
    "div",
    { class: "sheet attach", role: "menu", hint: "chat.attach", hidden: true },
    cells,
    Object.values(inputs),
  );
}

function fileInput(accept, kind, sendFile) {
  const input = h("input", {
    type: "file",
    accept,
    class: "file-input",
    tabindex: "-1",
    "aria-hidden": "true",
  });
  input.addEventListener("change", () => {
    if (input.files.length) sendFile(kind, input.files[0]);
    input.value = "";
  });
  return input;
}
