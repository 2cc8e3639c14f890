/* <form data-autosave="ADDRESS">: what was typed is sent a moment later, again when the network is back, and before the page is left. */
import { words } from "./words.js";

const PAUSE = 1200;
const AGAIN = 8000;

function line(form) {
  const bar = document.querySelector("[data-savebar]");
  const text = bar?.querySelector("[data-savebar-text]");
  return (key, values = {}) => {
    if (text) text.textContent = (bar.dataset[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  };
}

/** The form without its files: those travel with the button only. */
function answers(form) {
  const data = new FormData(form);
  for (const field of form.querySelectorAll("input[type='file']")) data.delete(field.name);
  return data;
}

function keep(form) {
  const tell = line(form);
  let timer = 0;
  let dirty = false;
  let busy = false;

  async function send() {
    clearTimeout(timer);
    if (busy || !dirty) return;
    busy = true;
    dirty = false;
    tell("saving");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body: answers(form), credentials: "same-origin", redirect: "error",
        headers: { "X-Autosave": "1", Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      tell("saved", { time: new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }) });
    } catch {
      dirty = true;
      tell("failed");
      timer = setTimeout(send, AGAIN);
    }
    busy = false;
    if (dirty && !timer) timer = setTimeout(send, PAUSE);
  }

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  form.addEventListener("submit", () => { dirty = false; clearTimeout(timer); });
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && dirty) navigator.sendBeacon(form.dataset.autosave, answers(form));
  });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  form.dispatchEvent(new CustomEvent("fairapp:autosave-ready", { detail: { words } }));
}

export function autosave(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    if (form.dataset.kept) continue;
    form.dataset.kept = "1";
    keep(form);
  }
}
