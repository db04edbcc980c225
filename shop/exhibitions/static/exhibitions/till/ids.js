/* Identity and time as the device knows them. An event keeps both for ever, so that sending it twice changes nothing. */

/** UUIDv7: sorts by the time it was made, and no two devices ever make the same one. */
export function uuidv7(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 5, rest = now; i >= 0; i -= 1, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const two = (number) => String(Math.trunc(Math.abs(number))).padStart(2, "0");

/** RFC 3339 with the device's own zone: 2026-11-24T09:30:00+07:00. */
export function timestamp(date = new Date()) {
  const zone = -date.getTimezoneOffset();
  return `${dayOf(date)}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}${zone < 0 ? "-" : "+"}${two(zone / 60)}:${two(zone % 60)}`;
}

/** The device's day, as people at the stall would name it: 2026-11-24. */
export function dayOf(date = new Date()) {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
