/* A cashier's PIN, checked without a network against Django's "pbkdf2_sha256$iterations$salt$hash". */

/** Whether the PIN is the one the text was made from. Text of another kind is never right. */
export async function matches(pin, encoded) {
  const [algorithm, iterations, salt, hash] = encoded.split("$");
  if (algorithm !== "pbkdf2_sha256" || !hash) return false;
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", bytes.encode(pin), "PBKDF2", false, ["deriveBits"]);
  const parameters = { name: "PBKDF2", hash: "SHA-256", salt: bytes.encode(salt), iterations: Number(iterations) };
  const bits = await crypto.subtle.deriveBits(parameters, key, 256);
  return btoa(String.fromCharCode(...new Uint8Array(bits))) === hash;
}
