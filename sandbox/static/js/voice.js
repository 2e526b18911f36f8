// A voice message: a play button, a bar that fills as it sounds, and its length.
import { fileUrl } from "./api.js";
import { h, isolated } from "./dom.js";
import { hint } from "./i18n.js";
import { icon } from "./icons.js";
import { seeded } from "./map.js";
import { duration } from "./time.js";

const BARS = 28;
/** Milliseconds between steps of the bar when the sample cannot be heard. */
const STEP_MS = 100;

export function voiceBar(sound, title) {
  const bars = waveform(sound.file_unique_id ?? sound.file_id);
  const time = h("span", { class: "voice-time" }, duration(sound.duration));
  const button = h("button", { class: "voice-play", type: "button" });
  const player = new Player(sound, bars, time, button);
  button.addEventListener("click", () => player.toggle());
  player.show(false);
  return h(
    "div",
    { class: "voice" },
    button,
    h(
      "div",
      { class: "voice-body" },
      title && isolated(title, "file-name"),
      h("div", { class: "voice-wave" }, bars),
      time,
    ),
  );
}

function waveform(seed) {
  const random = seeded(seed);
  return Array.from({ length: BARS }, (_, at) => {
    const swell = 0.35 + 0.65 * Math.sin((Math.PI * (at + 1)) / (BARS + 1));
    const level = Math.max(1, Math.round(swell * (0.35 + 0.65 * random()) * 6));
    return h("span", { class: `wave wave-${level}` });
  });
}

class Player {
  #audio = null;
  #timer = null;
  #at = 0;

  constructor(sound, bars, time, button) {
    Object.assign(this, { sound, bars, time, button });
  }

  toggle() {
    if (this.#timer !== null) this.stop();
    else this.play();
  }

  play() {
    this.#at = 0;
    this.#audio = new Audio(fileUrl(this.sound.file_id));
    this.#audio.play().catch(() => {
      this.#audio = null; // a sample without sound still shows its time passing
    });
    this.#timer = setInterval(() => this.step(), STEP_MS);
    this.show(true);
  }

  step() {
    this.#at += STEP_MS / 1000;
    const length = Math.max(this.sound.duration, 1);
    if (this.#at >= length) {
      this.stop();
      return;
    }
    const filled = (this.#at / length) * this.bars.length;
    this.bars.forEach((bar, at) => bar.classList.toggle("played", at < filled));
    this.time.textContent = duration(this.#at);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#audio?.pause();
    for (const bar of this.bars) bar.classList.remove("played");
    this.time.textContent = duration(this.sound.duration);
    this.show(false);
  }

  show(playing) {
    this.button.replaceChildren(icon(playing ? "pause" : "play"));
    hint(this.button, playing ? "message.pause" : "message.play", { seconds: this.sound.duration });
  }
}
