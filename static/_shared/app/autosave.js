/* <form data-autosave="ADDRESS">: what was typed is sent a moment later, again when the network is back, and when the page is left. */
import { fresh } from "./fresh.js";
import { say, words } from "./words.js";

const PAUSE = 1200;
const AGAIN = 8000;

/** Writes into the savebar the sentence it keeps under `key`. */
function teller() {
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

const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

class Keeper {
  constructor(form) {
    this.form = form;
    this.tell = teller();
    this.dirty = false;
    this.busy = false;
    this.timer = 0;
  }

  /** Save after `wait`, unless something newer is typed in between. */
  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  typed() {
    this.dirty = true;
    this.later(PAUSE);
  }

  async save() {
    if (!this.dirty) return;
    if (this.busy) return this.later(PAUSE);
    this.busy = true;
    this.dirty = false;
    this.tell("saving");
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST", body: answers(this.form), credentials: "same-origin", redirect: "error",
        headers: { "X-Autosave": "1", Accept: "application/json" },
      });
      if (answer.ok) this.tell("saved", { time: clock() });
      else if (answer.status < 500) this.refused(answer.status);
      else throw new Error(String(answer.status));
    } catch {
      this.dirty = true;
      this.tell("failed");
      this.later(AGAIN);
    }
    this.busy = false;
  }

  /** Trying again would change nothing: say why, the button still sends everything. */
  refused(status) {
    this.tell("refused");
    if ([400, 401, 403].includes(status)) say(words("signedOut"), { bad: true });
  }

  /** The last chance: true when the browser took the text along. */
  handOver() {
    if (!this.dirty) return true;
    const taken = navigator.onLine && navigator.sendBeacon(this.form.dataset.autosave, answers(this.form));
    if (taken) this.dirty = false;
    return taken;
  }

  done() {
    this.dirty = false;
    clearTimeout(this.timer);
  }
}

export function autosave(root) {
  for (const form of fresh(root, "form[data-autosave]")) {
    const keeper = new Keeper(form);
    form.addEventListener("input", () => keeper.typed());
    form.addEventListener("submit", () => keeper.done());
    addEventListener("online", () => keeper.save());
    document.addEventListener("visibilitychange", () => document.hidden && keeper.handOver());
    addEventListener("beforeunload", (event) => keeper.handOver() || event.preventDefault());
  }
}
