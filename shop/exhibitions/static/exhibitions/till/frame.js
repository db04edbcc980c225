/* What stands around every screen: the bar with the badge, the banner, the tabs. */

import { fill, h, icon } from "./dom.js";
import { button } from "./parts.js";
import { t, tn } from "./texts.js";

const TABS = [
  ["jual", "basket", "sell"],
  ["penjualan", "list", "sales"],
  ["lainnya", "menu", "more"],
];

/** {state, text} of the badge: one word for the network and how many events wait or were refused. */
export function status(till) {
  const waiting = till.count("waiting");
  const refused = till.count("refused");
  const numbers = [waiting && tn("badge_waiting", waiting), refused && tn("badge_refused", refused)].filter(Boolean);
  if (till.phase === "revoked") return { state: "revoked", text: [t("badge_revoked"), ...numbers].join(" · ") };
  if (till.phase === "sending") return { state: "syncing", text: tn("badge_sending", waiting) };
  if (till.phase === "offline") return { state: "offline", text: [t("badge_offline"), ...numbers].join(" · ") };
  if (refused) return { state: "refused", text: numbers.join(" · ") };
  if (waiting) return { state: "waiting", text: numbers.join(" · ") };
  return { state: "synced", text: t("badge_synced") };
}

export class Frame {
  constructor(root, go) {
    this.go = go;
    this.header = h("header", { class: "bar" });
    this.banner = h("div", { class: "banner no-print", role: "region", hidden: true });
    this.main = h("main", { id: "main", tabindex: "-1" });
    this.foot = h("div", { class: "foot" });
    this.said = h("div", { class: "visually-hidden", role: "status" });
    root.replaceChildren(this.header, this.banner, this.main, this.foot, this.said);
  }

  /** Say something to those who listen and, unless the screen shows it anyway, for a moment to those who look. */
  say(text, { isShown = false } = {}) {
    this.said.textContent = text;
    this.toast?.remove();
    if (isShown) return;
    const toast = h("div", { class: "toast", "aria-hidden": "true" }, icon("check"), h("span", {}, text));
    this.toast = toast;
    document.body.append(toast);
    setTimeout(() => toast.remove(), 1600);
  }

  show(till, screen) {
    document.title = `${screen.title} · Kasir Kriya Babel`;
    document.body.classList.toggle("bare", Boolean(screen.bare));
    const who = [till.cashier?.name, till.device?.fair.name].filter(Boolean).join(" · ");
    this.badge = h("button", { type: "button", class: "badge", onclick: () => this.go(till.count("refused") ? "ditolak" : "penjualan") });
    const heading = h("h1", { tabindex: "-1" }, screen.title);
    fill(
      this.header,
      screen.back ? h("button", { type: "button", class: "round", "aria-label": t("back"), onclick: () => this.go(screen.back) }, icon("back")) : null,
      h("div", { class: "bar-title" }, heading, who && !screen.back && h("p", {}, who)),
      till.device ? this.badge : null,
    );
    this.showStatus(till);
    fill(this.main, screen.view);
    const tabs = screen.tab
      ? h("nav", { class: "tabs", "aria-label": t("tabs") }, TABS.map(([route, drawing, label]) => h("button", { type: "button", class: "tab", "aria-current": screen.tab === route ? "page" : null, onclick: () => this.go(route) }, icon(drawing), h("span", {}, t(label)))))
      : null;
    fill(this.foot, screen.foot, tabs);
    this.foot.hidden = !screen.foot && !tabs;
  }

  showStatus(till) {
    const { state, text } = status(till);
    this.badge.dataset.state = state;
    fill(this.badge, h("span", { class: "dot", "aria-hidden": "true" }), h("span", {}, text));
  }

  focus() {
    scrollTo(0, 0);
    this.header.querySelector("h1").focus({ preventScroll: true });
  }

  /** A new version lies ready; it is taken only when the cashier says so. */
  offerUpdate(take) {
    fill(this.banner, h("span", {}, t("update_ready")), button(t("update_take"), take, { kind: "small" }));
    this.banner.setAttribute("aria-label", t("update_ready"));
    this.banner.hidden = false;
  }
}
