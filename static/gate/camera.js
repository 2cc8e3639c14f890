/* The phone's camera as a scanner: it reads QR codes, sends each once, and goes on looking. */
import { check } from "./gate.js";

const AGAIN = 4000; // milliseconds without a badge before the same one counts as shown again
const PAUSE = 120;
const place = document.querySelector("[data-camera]");
const video = place.querySelector("video");
const torch = place.querySelector(".cam__torch");

const say = (name) => { place.querySelector(".cam__say").textContent = place.dataset[name]; };

/** The browser's own reader, else zxing as WebAssembly, else jsQR: each answers a picture with a text or nothing. */
async function reader() {
  for (const find of [native, compiled]) {
    try {
      const detector = await find();
      if (detector) return async () => (await detector.detect(video))[0]?.rawValue;
    } catch {
      /* the next one */
    }
  }
  const { default: read } = await import("../vendor/jsqr.js");
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  return async () => {
    const [width, height] = [video.videoWidth, video.videoHeight];
    Object.assign(pen.canvas, { width, height });
    pen.drawImage(video, 0, 0, width, height);
    return read(pen.getImageData(0, 0, width, height).data, width, height)?.data;
  };
}

async function native() {
  if (!("BarcodeDetector" in window)) return null;
  const formats = await window.BarcodeDetector.getSupportedFormats();
  return formats.includes("qr_code") ? new window.BarcodeDetector({ formats: ["qr_code"] }) : null;
}

async function compiled() {
  const { BarcodeDetector } = await import("../vendor/barcode-detector.js");
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  await detector.detect(new ImageData(8, 8)); // loads the WebAssembly now, or fails now
  return detector;
}

async function open() {
  if (!navigator.mediaDevices?.getUserMedia) return say("insecure");
  say("starting");
  const wanted = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
  } catch (refused) {
    return say(refused.name === "NotAllowedError" ? "denied" : "none");
  }
  await video.play();
  light(video.srcObject.getVideoTracks()[0]);
  const read = await reader();
  say("looking");
  watch(read);
}

function light(track) {
  if (!track.getCapabilities?.().torch) return;
  torch.hidden = false;
  torch.addEventListener("click", () => {
    const on = torch.getAttribute("aria-pressed") !== "true";
    track.applyConstraints({ advanced: [{ torch: on }] }).then(() => torch.setAttribute("aria-pressed", String(on)));
  });
}

async function watch(read) {
  let last = "";
  let seen = 0;
  for (;;) {
    await new Promise((next) => setTimeout(next, PAUSE));
    if (document.hidden || video.readyState < 2) continue;
    const text = await read().catch(() => "");
    if (!text) continue;
    const isNew = text !== last || performance.now() - seen > AGAIN;
    [last, seen] = [text, performance.now()];
    if (isNew) await check(text);
    seen = performance.now();
  }
}

open();
