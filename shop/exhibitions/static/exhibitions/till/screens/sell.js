import { pieces, reckon } from "../basket.js";
import { findByCode, search } from "../catalogue.js";
import { fill, h, icon } from "../dom.js";
import { isOver, notice, nothing } from "../parts.js";
import { rupiah, t, titleOf, tn } from "../texts.js";

/** Kept while the app runs, so that coming back from the basket shows what was looked for. */
const looking = { text: "", craft: "" };

export function picture(item, className = "picture") {
  if (!item?.picture) return h("span", { class: `${className} none`, "aria-hidden": "true" });
  const image = h("img", { class: className, src: item.picture, alt: "", loading: "lazy", decoding: "async", width: 240, height: 240 });
  image.addEventListener("error", () => image.replaceWith(h("span", { class: `${className} none`, "aria-hidden": "true" })));
  return image;
}

/** The pieces as tiles: one tap puts one into the basket. */
export function sell({ till, go, say }) {
  const tiles = new Map();
  const grid = h("div", { class: "tiles" });
  const rest = h("div", {});
  const query = h("input", {
    type: "search",
    id: "search",
    placeholder: t("search"),
    "aria-label": t("search"),
    autocomplete: "off",
    enterkeyhint: "search",
    value: looking.text,
  });
  const bar = h("div", { class: "basket-bar", hidden: true });

  const counts = () => {
    const found = new Map();
    for (const line of till.basket?.lines ?? []) found.set(line.item, (found.get(line.item) ?? 0) + line.quantity);
    return found;
  };

  const tileOf = (item) => {
    const stock = h("span", { class: "stock" });
    const count = h("span", { class: "count", hidden: true });
    const element = h(
      "button",
      { type: "button", class: "tile", onclick: () => put(item) },
      picture(item),
      h("span", { class: "tile-title" }, titleOf(item)),
      h("span", { class: "tile-maker" }, item.maker),
      h("span", { class: "tile-foot" }, h("strong", { class: "price" }, rupiah(item.price)), stock),
      count,
    );
    return { item, element, stock, count, shown: "" };
  };

  /** Write only what differs: with 500 tiles a full redraw would be felt. A tap looks at the tiles it changed alone. */
  let shownCounts = new Map();
  const refresh = ({ onlyBasket = false } = {}) => {
    const inBasket = counts();
    const changed = new Set([...inBasket.keys(), ...shownCounts.keys()].filter((id) => inBasket.get(id) !== shownCounts.get(id)));
    shownCounts = inBasket;
    for (const tile of onlyBasket ? [...changed].map((id) => tiles.get(id)).filter(Boolean) : tiles.values()) {
      const units = inBasket.get(tile.item.id) ?? 0;
      const left = till.stock(tile.item) - units;
      const shown = `${units}/${left}`;
      if (shown === tile.shown) continue;
      tile.shown = shown;
      tile.stock.textContent = left > 0 ? t("stock_left", { n: left }) : t("stock_none");
      tile.stock.classList.toggle("out", left <= 0);
      tile.count.hidden = units === 0;
      tile.count.textContent = units ? tn("in_basket", units) : "";
      tile.element.classList.toggle("chosen", units > 0);
    }
    const many = till.basket ? pieces(till.basket) : 0;
    bar.hidden = many === 0;
    if (many) {
      fill(
        bar,
        h("button", { type: "button", class: "basket-open", onclick: () => go("keranjang") }, icon("basket"), h("span", { class: "basket-sum" }, tn("pieces", many), h("strong", {}, rupiah(reckon(till.basket).total))), h("span", { class: "basket-go" }, t("basket_open"))),
      );
    }
  };

  /** Tiles that stay are not moved: a tap between finger down and up would be lost. */
  const list = () => {
    const found = till.catalogue ? search(till.catalogue, looking.text, looking.craft) : [];
    for (const item of found) if (!tiles.has(item.id)) tiles.set(item.id, tileOf(item));
    const wanted = found.map((item) => tiles.get(item.id).element);
    const isWanted = new Set(wanted);
    for (const element of [...grid.children]) if (!isWanted.has(element)) element.remove();
    wanted.forEach((element, at) => {
      if (grid.children[at] !== element) grid.insertBefore(element, grid.children[at] ?? null);
    });
    fill(rest, found.length ? null : nothing(t("search_none"), till.catalogue?.items.length ? t("search_none_text") : t("catalogue_empty_text")));
    refresh();
  };

  /** New figures from the server, while somebody sells: only tiles of pieces that are shown otherwise are made anew. */
  const renew = () => {
    const looks = ({ title_id, title_en, maker, price, picture: image }) => [title_id, title_en, maker, price, image].join("\n");
    for (const [id, tile] of tiles) {
      const item = till.catalogue.byId.get(id);
      if (item && looks(item) === looks(tile.item)) tile.item = item;
      else tiles.delete(id);
    }
    showCrafts();
    list();
  };

  const put = ({ id }) => {
    const item = till.catalogue.byId.get(id);
    if (!item) return;
    till.add(item);
    say(t("added", { title: titleOf(item) }), { isShown: true });
  };

  /** Enter, or a hand scanner that types and ends with Enter: a code goes straight into the basket. */
  const enter = (event) => {
    event.preventDefault();
    const item = till.catalogue && findByCode(till.catalogue, query.value);
    const found = item ? [item] : search(till.catalogue, query.value, looking.craft);
    if (found.length !== 1) return;
    looking.text = query.value = "";
    put(found[0]);
    list();
  };
  query.addEventListener("input", () => {
    looking.text = query.value;
    list();
  });

  const chips = h("div", { class: "chips", role: "group", "aria-label": t("crafts") });
  const chip = (craft, label) =>
    h("button", { type: "button", class: "chip", "aria-pressed": String(looking.craft === craft), onclick: (event) => {
      looking.craft = craft;
      for (const each of chips.children) each.setAttribute("aria-pressed", String(each === event.currentTarget));
      list();
    } }, label);
  let shownCrafts = null;
  const showCrafts = () => {
    const crafts = till.catalogue?.crafts ?? [];
    if (shownCrafts === crafts.join("\n")) return;
    shownCrafts = crafts.join("\n");
    if (!crafts.includes(looking.craft)) looking.craft = "";
    fill(chips, chip("", t("crafts_all")), crafts.map((craft) => chip(craft, craft)));
    chips.hidden = crafts.length < 2;
  };

  /** A hand scanner types wherever the focus is; what it types belongs into the search, in place of what stood there. */
  const catchKeys = (event) => {
    const isText = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isText || event.target.closest?.("input, select, textarea, dialog")) return;
    query.focus({ preventScroll: true });
    query.select();
  };
  document.addEventListener("keydown", catchKeys);

  const dayNote = h("div", {});
  const showDay = () =>
    fill(dayNote, isOver(till) ? notice("warn", h("p", {}, t("fair_over"))) : till.day ? null : h("button", { type: "button", class: "day-note", onclick: () => go("hari") }, icon("sun"), h("span", {}, t("day_not_open"))));
  showDay();
  showCrafts();
  list();
  return {
    title: t("sell"),
    quietTitle: true,
    tab: "jual",
    view: h(
      "div",
      { class: "sell" },
      h("form", { class: "finder", role: "search", onsubmit: enter }, h("span", { class: "finder-field" }, icon("search"), query), h("button", { type: "button", class: "round edge", "aria-label": t("scan"), onclick: () => go("pindai") }, icon("scan"))),
      chips,
      dayNote,
      grid,
      rest,
    ),
    foot: bar,
    update(what) {
      if (what === "basket") refresh({ onlyBasket: true });
      else if (what === "events") {
        refresh();
        showDay();
      } else if (what === "catalogue") {
        renew();
        showDay();
      }
      return false;
    },
    leave: () => document.removeEventListener("keydown", catchKeys),
  };
}
