// A photo over the whole page.
import { h } from "./dom.js";

/** Wire the <dialog>; returns a function that shows an image address of this sandbox. */
export function mountLightbox(dialog) {
  const image = h("img", { alt: "" });
  dialog.append(
    h(
      "button",
      {
        type: "button",
        class: "lightbox-close",
        hint: "common.close",
        onclick: () => dialog.close(),
      },
      image,
    ),
  );
  dialog.addEventListener("close", () => image.removeAttribute("src"));
  return (src) => {
    image.src = src;
    dialog.showModal();
  };
}
