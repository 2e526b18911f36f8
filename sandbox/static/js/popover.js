// A panel that a button opens and that closes on Escape, on a click elsewhere, and when used.

/** Tie `panel` to `button`; `onOpen` runs before it shows. Returns {open, close}. */
export function popover(button, panel, onOpen = () => {}) {
  const isOpen = () => !panel.hidden;
  button.setAttribute("aria-haspopup", "true");
  button.setAttribute("aria-expanded", "false");
  panel.hidden = true;

  function open() {
    onOpen();
    panel.hidden = false;
    button.setAttribute("aria-expanded", "true");
  }

  function close(refocus = false) {
    if (!isOpen()) return;
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (refocus) button.focus({ preventScroll: true });
  }

  button.addEventListener("click", () => (isOpen() ? close() : open()));
  document.addEventListener("pointerdown", (event) => {
    if (!panel.contains(event.target) && !button.contains(event.target)) close();
  });
  panel.addEventListener("keydown", (event) => moveOrLeave(event, panel, close));
  button.addEventListener("keydown", (event) => event.key === "Escape" && close(true));
  return { open, close };
}

function moveOrLeave(event, panel, close) {
  if (event.key === "Escape") close(true);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (
    !step ||
    event.target instanceof HTMLInputElement ||
    event.target instanceof HTMLSelectElement
  )
    return;
  const stops = [...panel.querySelectorAll("button:not([disabled])")];
  const next = stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
