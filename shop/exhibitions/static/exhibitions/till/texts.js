/* Words in the cashier's language. Both catalogues lie in the app's cache, so a change of language needs no network. */

const LANGUAGES = ["id", "en"];
let words = {};
let current = "id";

/** Load a language; the words come from Django's translations. */
export async function speak(language) {
  current = LANGUAGES.includes(language) ? language : "id";
  const answer = await fetch(`/kasir/teks/${current}.json`);
  words = await answer.json();
  document.documentElement.lang = current;
}

export const language = () => current;

/** A text with its {names} filled in. */
export function t(key, values = {}) {
  const text = words[key];
  if (text === undefined) throw new Error(`No text for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
}

/** A text with a number: `key_one` is used for one where it exists. */
export function tn(key, n, values = {}) {
  return t(n === 1 && words[`${key}_one`] !== undefined ? `${key}_one` : key, { n, ...values });
}

export const has = (key) => words[key] !== undefined;

/** Rp1.250.000, or IDR 1,250,000 in English. */
export function rupiah(amount) {
  const sign = amount < 0 ? "−" : "";
  const grouped = String(Math.abs(amount)).replace(/\B(?=(\d{3})+$)/g, current === "id" ? "." : ",");
  return current === "id" ? `${sign}Rp${grouped}` : `${sign}IDR ${grouped}`;
}

/** Digits of what was typed, as whole rupiah: "1.250.000" and "Rp 1250000" are the same. */
export function digits(text) {
  return Number(String(text).replace(/\D/g, "").slice(0, 12));
}

export function clock(iso) {
  return new Intl.DateTimeFormat(current === "id" ? "id-ID" : "en-GB", { hour: "2-digit", minute: "2-digit" }).format(
    new Date(iso),
  );
}

export function dateAndTime(iso) {
  return new Intl.DateTimeFormat(current === "id" ? "id-ID" : "en-GB", { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(iso),
  );
}

/** A day as people write it: "Senin, 24 November 2026" of 2026-11-24. */
export function writtenDay(day) {
  return new Intl.DateTimeFormat(current === "id" ? "id-ID" : "en-GB", { dateStyle: "full" }).format(new Date(`${day}T12:00`));
}

/** A piece's title in the language, Indonesian where there is none. */
export const titleOf = (item) => (current === "en" && item.title_en) || item.title_id;
