/* The rules of the queue, as pure functions. `sync.js` does what they say. */

import { timestamp } from "./ids.js";

/** Refused for now only: the event it speaks of may still be on another device, or in this batch's next. */
export const RETRYABLE = new Set(["sale_unknown", "day_unknown"]);
const MOST_TRIES = 12;
const FIRST_DELAY = 2000;
const LONGEST_DELAY = 60_000;
/** The server takes 100 events and 512 KB; a margin for what surrounds them. */
export const BATCH = { events: 50, bytes: 400_000 };

/** Milliseconds to wait after so many failures in a row: doubling, and random, so that a hall of phones spreads out. */
export function delay(failures, random = Math.random) {
  if (failures <= 0) return 0;
  const whole = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (failures - 1));
  return Math.round(whole * (0.5 + random() / 2));
}

/** The oldest events that may be sent now, at most `most` of them. One that is held back holds nobody else back. */
export function nextBatch(records, { now, fair, most = BATCH.events }) {
  const batch = [];
  let bytes = 0;
  for (const record of records) {
    if (record.fair !== fair || record.notBefore > now) continue;
    bytes += JSON.stringify(record.event).length * 2;
    if (batch.length && (batch.length >= most || bytes > BATCH.bytes)) break;
    batch.push(record);
  }
  return batch;
}

/** Whether the server kept the sale with the lines and total that were sold. */
export function echoAgrees(event, echo) {
  if (event.kind !== "sale" || !echo) return true;
  const plain = (line) => `${line.item}/${line.quantity}/${line.total}`;
  return (
    echo.total === event.data.total &&
    echo.lines.map(plain).join() === event.data.lines.map(plain).join()
  );
}

/** What becomes of each event of a batch by its own answer. Events without an answer stay as they are. */
export function judge(batch, answers, now, random = Math.random) {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  const verdict = { done: [], refused: [], again: [] };
  for (const record of batch) {
    const answer = byId.get(record.id);
    if (!answer) continue;
    if (answer.status === "created" || answer.status === "duplicate") {
      if (echoAgrees(record.event, answer.echo)) verdict.done.push({ ...record, doneAt: now });
      else verdict.refused.push({ ...record, code: "echo_differs", message: "", doneAt: now });
    } else if (answer.status === "refused") {
      const tries = (record.tries ?? 0) + 1;
      const said = { ...record, tries, code: answer.code, message: answer.message, doneAt: now };
      if (RETRYABLE.has(answer.code) && tries < MOST_TRIES) {
        verdict.again.push({ ...said, notBefore: now + delay(tries + 1, random) });
      } else verdict.refused.push(said);
    }
  }
  return verdict;
}

/** What a curator imports when the device cannot send: all that waits or was refused, a file for each pairing it was
    sold under, since a phone may have changed fairs. */
export function filesOf(records, version) {
  const kept = records.filter((record) => record.state !== "sent");
  const devices = new Map(kept.map((record) => [record.device.id, record]));
  return [...devices.values()].map(({ device, fair }) => {
    const own = kept.filter((record) => record.device.id === device.id);
    return {
      format: "kriya-till",
      version: 1,
      app_version: version,
      exported_at: timestamp(),
      device,
      fair: { id: fair },
      events: own.map((record) => record.event),
      reasons: Object.fromEntries(own.filter((record) => record.code).map((record) => [record.id, record.code])),
    };
  });
}
