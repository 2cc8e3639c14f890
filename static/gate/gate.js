/* The gate without leaving the page: scans are sent one after the other, each answer fills the screen and sounds.
   Without scripts the same form answers with a page of its own. */
import { signal } from "./signal.js";
import { pressed } from "./keys.js";

const form = document.querySelector("form[data-scan]");
const input = form.elements.code;
const parts = ["gate-result", "gate-numbers", "gate-recent"];
const byFinger = matchMedia("(pointer: coarse)").matches;
const keys = pressed(input);
let queue = Promise.resolve();

/** Send one scan; resolves when its answer is on the screen. */
export function check(code, typed = "") {
  const body = new FormData(form);
  body.set("code", code);
  body.set("keys", typed);
  queue = queue.then(() => send(body, code)).catch(() => failed());
  return queue;
}

async function send(body, code) {
  const answer = await fetch(form.action, { method: "POST", body });
  if (answer.status === 401 || answer.status === 400) return location.reload();
  if (!answer.ok) return failed();
  show(new DOMParser().parseFromString(await answer.text(), "text/html"), code);
}

function show(page, code) {
  const screen = document.querySelector("main.gate");
  screen.className = page.querySelector("main.gate").className;
  for (const id of parts) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (old && fresh) old.replaceChildren(...fresh.childNodes);
  }
  document.querySelector(".flashes")?.remove();
  document.title = page.title;
  const hint = screen.querySelector(".gate__layout");
  if (hint) hint.hidden = !strange(code);
  signal(screen.querySelector("[data-sound]")?.dataset.sound);
  ready();
}

/** What a token never holds: letters with marks come from another keyboard layout or from typed Vietnamese. */
const strange = (code) => code.length > 40 && /[^\x20-\x7e]/.test(code);

function failed() {
  const screen = document.querySelector("main.gate");
  const [box, word, why] = ["section", "p", "p"].map((name) => document.createElement(name));
  screen.className = "gate gate--warn";
  box.className = "gate__res";
  word.className = "gate__word";
  word.textContent = form.dataset.failedTitle;
  why.className = "gate__why";
  why.textContent = form.dataset.failed;
  box.append(word, why);
  document.getElementById("gate-result").replaceChildren(box);
  signal("warn");
  ready();
}

/** A scanner needs the field's focus; on a phone it would only open the keyboard. */
function ready() {
  if (!byFinger && input.offsetParent !== null) input.focus();
}

function submit() {
  const code = input.value;
  const typed = keys.taken();
  input.value = "";
  if (code.trim()) check(code, typed);
  else ready();
}

document.addEventListener("submit", (event) => {
  if (event.target !== form) return;
  event.preventDefault();
  submit();
}, true);

input.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || event.shiftKey || !keys.fast()) return; // scanners may end with Tab instead of Enter
  event.preventDefault();
  submit();
});

document.addEventListener("keydown", (event) => {
  const busy = event.target.closest("input, textarea, select, button, a, summary, dialog");
  if (!busy && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) input.focus();
});

signal(document.querySelector("[data-fresh]")?.dataset.sound);
ready();
