// A small drawn map card for a location. The streets are invented from the coordinates alone, so
// the same place always looks the same and nothing is fetched.
import { h, isolated, s } from "./dom.js";
import { icon } from "./icons.js";

const WIDTH = 260;
const HEIGHT = 132;

/** A function giving numbers in [0, 1), the same row for the same seed. */
export function seeded(text) {
  let state = 2166136261;
  for (const sign of text) state = Math.imul(state ^ sign.codePointAt(0), 16777619);
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 4294967296;
  };
}

export function mapCard({ latitude, longitude }, title, address) {
  const lat = latitude.toFixed(5);
  const lon = longitude.toFixed(5);
  const picture = s("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: "map",
    "aria-hidden": "true",
  });
  picture.append(...streets(seeded(`${lat},${lon}`)));
  return h(
    "div",
    { class: "map-card", role: "group", hint: ["message.map", { lat, lon }] },
    h("div", { class: "map-frame" }, picture, h("span", { class: "map-pin" }, icon("pin"))),
    h(
      "div",
      { class: "map-words" },
      title && isolated(title, "map-title"),
      address && isolated(address, "map-address"),
      h("span", { class: "map-coordinates" }, `${lat}, ${lon}`),
    ),
  );
}

function streets(random) {
  const parts = [s("rect", { width: WIDTH, height: HEIGHT, class: "map-ground" })];
  parts.push(park(random), river(random));
  for (let row = 0; row < 3; row += 1) parts.push(street(random, row / 3, true));
  for (let column = 0; column < 5; column += 1) parts.push(street(random, column / 5, false));
  return parts;
}

function street(random, position, across) {
  const span = across ? HEIGHT : WIDTH;
  const from = (position + random() / 6) * span + 8;
  const to = from + (random() - 0.5) * 26;
  const d = across ? `M-4 ${from}L${WIDTH + 4} ${to}` : `M${from} -4L${to} ${HEIGHT + 4}`;
  return s("path", { d, class: random() > 0.7 ? "map-road map-road-main" : "map-road" });
}

function park(random) {
  const [x, y] = [random() * (WIDTH - 80), random() * (HEIGHT - 50)];
  return s("rect", {
    x,
    y,
    width: 50 + random() * 40,
    height: 30 + random() * 25,
    rx: 8,
    class: "map-park",
  });
}

function river(random) {
  const y = HEIGHT * (0.2 + random() * 0.6);
  const bend = (random() - 0.5) * 90;
  return s("path", { d: `M-5 ${y}C80 ${y + bend} 180 ${y - bend} 265 ${y}`, class: "map-river" });
}
