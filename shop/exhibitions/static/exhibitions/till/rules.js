/* The server's rules for what people type, so that nothing is recorded here that it must refuse for ever. Stricter
   than the server is fine, laxer is not: a contact that cannot be sent is lost without anybody knowing. */

/** Rupiah in one drawer. */
export const MOST_IN_DRAWER = 2_000_000_000;
const NAME = /^[-!#$%&'*+/=?^_`{}|~0-9a-z]+(\.[-!#$%&'*+/=?^_`{}|~0-9a-z]+)*$/i;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{1,62}[a-z0-9]$/i;

/** What was typed as the server keeps it: no control characters, no half of a sign, nothing around it. */
export function clean(text, { lines = false } = {}) {
  const kept = text.replace(/\r\n?/g, "\n").replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (sign) => (lines && sign === "\n" ? sign : " "));
  return kept.replace(/\p{Surrogate}/gu, "").trim();
}

/** Whether the server takes it as an e-mail address: `tan@gmail`, which a browser takes, has no country or `.com`. */
export function isEmail(text) {
  const at = text.lastIndexOf("@");
  return text.length <= 254 && NAME.test(text.slice(0, at)) && DOMAIN.test(text.slice(at + 1));
}
