import { encode } from "./vendor/uqr.js";
import { modules } from "./dom.js";

/** A QR code as an SVG element; `label` is what a screen reader says. */
export function drawQr(text, label) {
  return modules(encode(text, { ecc: "M", border: 3 }).data, label);
}
