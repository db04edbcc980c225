/* The till's API, version 1. Lost answers are no harm: everything sent may be sent again. */

const ROOT = "/api/v1/till/";
const PATIENCE = 30_000;

/** No answer came: no network, a dead server, or one that took too long. */
export class NoAnswer extends Error {}

/** The server answered no, with a code and words for a person. */
export class Refusal extends Error {
  constructor(status, code, message, retryAfter) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

async function request(url, { method = "GET", body, token, headers = {}, language = "id" } = {}) {
  let answer;
  try {
    answer = await fetch(url, {
      method,
      cache: "no-store",
      headers: {
        "Accept-Language": language,
        ...(body ? { "Content-Type": "application/json" } : {}),
        ...(token ? { Authorization: `Device ${token}` } : {}),
        ...headers,
      },
      body: body ? JSON.stringify(body) : undefined,
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw new NoAnswer(String(error));
  }
  if (answer.status === 304) return { unchanged: true, answer };
  const json = await answer.json().catch(() => null);
  if (!answer.ok) {
    const retryAfter = Number(answer.headers.get("Retry-After")) * 1000 || 0;
    if (answer.status >= 500) throw new NoAnswer(`status ${answer.status}`);
    throw new Refusal(answer.status, json?.code ?? "unknown", json?.message ?? "", retryAfter);
  }
  if (json === null) throw new NoAnswer("no JSON");
  return { json, answer };
}

export class Api {
  constructor({ token = null, language = "id", version = "" } = {}) {
    Object.assign(this, { token, language, version });
  }

  async #call(path, options = {}) {
    return request(ROOT + path, { token: this.token, language: this.language, ...options });
  }

  async pair(code, name) {
    const body = { code, name, app_version: this.version };
    return (await request(`${ROOT}pair/`, { method: "POST", language: this.language, body })).json;
  }

  /** {fairs: [{id, name}], csrf} for a person signed in who may sell, else an empty list. */
  async fairs() {
    return (await request("/kasir/pameran/", { language: this.language })).json;
  }

  async pairDirectly(fair, name, csrf) {
    const headers = { "X-CSRFToken": csrf };
    const body = { fair, name, app_version: this.version };
    return (await request("/kasir/pasangkan/", { method: "POST", language: this.language, headers, body })).json;
  }

  /** The catalogue with its etag, or null when it is the one we have. */
  async catalogue(etag) {
    const { unchanged, json, answer } = await this.#call("catalogue/", {
      headers: etag ? { "If-None-Match": etag } : {},
    });
    return unchanged ? null : { ...json, etag: answer.headers.get("ETag") };
  }

  async send(events, waiting, now) {
    const body = { app_version: this.version, sent_at: now, waiting, events };
    return (await this.#call("events/", { method: "POST", body })).json;
  }

  async heartbeat(waiting, now) {
    const body = { waiting, app_version: this.version, at: now };
    return (await this.#call("heartbeat/", { method: "POST", body })).json;
  }
}
