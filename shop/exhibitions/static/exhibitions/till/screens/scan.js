import { findByCode } from "../catalogue.js";
import { h } from "../dom.js";
import { button, field, notice } from "../parts.js";
import { counts, watch } from "../scan.js";
import { t, titleOf } from "../texts.js";

export function scan({ till, go, say }) {
  const video = h("video", { class: "camera", playsinline: true, muted: true, "aria-label": t("scan_camera") });
  const said = h("div", { role: "status", class: "scan-said" });
  const typed = h("input", { type: "text", autocomplete: "off", autocapitalize: "characters", enterkeyhint: "done" });
  const seen = new Map();
  let stop = null;
  let left = false;

  const take = (text) => {
    const item = findByCode(till.catalogue, text);
    if (!item) {
      said.replaceChildren(notice("bad", t("scan_unknown", { code: text.slice(0, 40) })));
      return false;
    }
    till.add(item);
    navigator.vibrate?.(60);
    said.replaceChildren(notice("good", t("added", { title: titleOf(item) })));
    say(t("added", { title: titleOf(item) }), { isShown: true });
    return true;
  };
  const found = (text) => {
    // By the piece: its label and its certificate are one.
    if (counts(seen, findByCode(till.catalogue, text)?.id ?? text, Date.now())) take(text);
  };
  const camera = navigator.mediaDevices ? watch(video, found) : Promise.reject(new Error("no camera"));
  camera.then(
    (end) => {
      stop = end;
      if (left) end();
    },
    () => video.replaceWith(notice("warn", t("scan_no_camera"))),
  );
  return {
    title: t("scan"),
    back: "jual",
    view: h(
      "div",
      { class: "narrow stack" },
      video,
      said,
      h("form", { class: "stack", onsubmit: (event) => { event.preventDefault(); if (take(typed.value)) typed.value = ""; } }, field(t("scan_type"), typed, { hint: t("scan_type_hint") }), h("button", { type: "submit", class: "button" }, t("scan_add"))),
      button(t("scan_done"), () => go("keranjang"), { kind: "primary" }),
    ),
    leave() {
      left = true;
      stop?.();
    },
  };
}
