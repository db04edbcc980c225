/* Reading codes with the camera: the browser's own reader where it has one, else zxing's, fetched when first needed
   and cached in the background. A hand scanner types, so the search field takes it. */

const READER = new URL("./vendor/zxing/reader/index.js", import.meta.url).href;
const WASM = new URL("./vendor/zxing/zxing_reader.wasm", import.meta.url).href;
const SHARED = new URL("./vendor/zxing/share.js", import.meta.url).href;
const FORMATS = ["qr_code", "code_128", "ean_13"];
const EVERY = 200;

/** Whether this browser needs the reader that comes with the app. */
async function hasOwnReader() {
  if (!("BarcodeDetector" in globalThis)) return false;
  const known = await globalThis.BarcodeDetector.getSupportedFormats().catch(() => []);
  return known.includes("qr_code") && known.includes("code_128");
}

/** Fetch the reader while nobody waits for it, so that scanning works with no network. */
export async function keepReader() {
  if (await hasOwnReader()) return;
  for (const url of [READER, SHARED, WASM]) await fetch(url);
}

/** A function that takes an image source and gives the texts of the codes in it. */
export async function codeReader() {
  if (await hasOwnReader()) {
    const detector = new globalThis.BarcodeDetector({ formats: FORMATS });
    return async (video) => (await detector.detect(video)).map((code) => code.rawValue);
  }
  const zxing = await import(READER);
  await zxing.prepareZXingModule({ overrides: { locateFile: () => WASM }, fireImmediately: true });
  const canvas = document.createElement("canvas");
  return async (source) => {
    canvas.width = source.videoWidth ?? source.width;
    canvas.height = source.videoHeight ?? source.height;
    if (!canvas.width) return [];
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(source, 0, 0);
    const image = pen.getImageData(0, 0, canvas.width, canvas.height);
    const found = await zxing.readBarcodes(image, { formats: ["QRCode", "Code128", "EAN-13"], tryHarder: true });
    return found.filter((code) => code.isValid).map((code) => code.text);
  };
}

/** A label that lies in view is read many times a second; it counts once, and again only after it was out of view. */
export const OUT_OF_VIEW = 2500;

/** Whether a sighting of `key` at `now` counts. `seen` keeps when each was last in view, in milliseconds. */
export function counts(seen, key, now) {
  const last = seen.get(key) ?? -Infinity;
  seen.set(key, now);
  return now - last >= OUT_OF_VIEW;
}

/** Look through the camera until `stop()`; `found(text)` is called for each code seen. Rejects without a camera. */
export async function watch(video, found) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  let timer = null;
  let on = true;
  const stop = () => {
    on = false;
    clearTimeout(timer);
    stream.getTracks().forEach((track) => track.stop());
  };
  try {
    video.srcObject = stream;
    await video.play();
    const read = await codeReader();
    const look = async () => {
      for (const text of await read(video).catch(() => [])) if (on) found(text);
      if (on) timer = setTimeout(look, EVERY);
    };
    look();
  } catch (error) {
    stop();
    throw error;
  }
  return stop;
}
