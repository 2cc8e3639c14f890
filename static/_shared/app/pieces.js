/* Small pieces: copy buttons, language tabs, countdowns, jobs, the way back, boxes that choose all. */
import { fresh } from "./fresh.js";
import { say, words } from "./words.js";

function copying(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", () => navigator.clipboard.writeText(button.dataset.copy)
    .then(() => say(words("copied")), () => say(words("copyFailed"), { bad: true })));
}

/** Two fields of one text become two tabs; the one with an error comes first. */
function tabs(pair) {
  const panels = [...pair.querySelectorAll("[data-tab]")];
  if (panels.length < 2) return;
  const list = document.createElement("div");
  list.className = "seg pair__tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", pair.querySelector("legend")?.textContent ?? "");
  const heads = panels.map((panel, i) => {
    const head = document.createElement("button");
    panel.id ||= `${panel.querySelector("[id]").id}-panel`;
    head.id = `${panel.id}-tab`;
    head.type = "button";
    head.className = "seg__i";
    head.textContent = panel.dataset.tab + (panel.querySelector(".field--error") ? " ⚠" : "");
    head.lang = panel.dataset.lang;
    head.setAttribute("role", "tab");
    head.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", head.id);
    head.addEventListener("click", () => show(i));
    head.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) show((i + step + panels.length) % panels.length).focus();
    });
    panel.addEventListener("fairapp:reveal", () => show(i));
    return head;
  });
  function show(wanted) {
    panels.forEach((panel, i) => { panel.hidden = i !== wanted; });
    heads.forEach((head, i) => { head.setAttribute("aria-selected", String(i === wanted)); head.tabIndex = i === wanted ? 0 : -1; });
    return heads[wanted];
  }
  list.append(...heads);
  panels[0].before(list);
  pair.classList.add("is-tabs");
  const wrong = panels.findIndex((panel) => panel.querySelector(".field--error"));
  const mine = panels.findIndex((panel) => panel.dataset.lang === document.documentElement.lang);
  show(Math.max(wrong >= 0 ? wrong : mine, 0));
}

function countdown(time) {
  const end = new Date(time.dateTime).getTime();
  const show = () => {
    const minutes = Math.floor((end - Date.now()) / 60000);
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor(minutes / 60);
    time.textContent = minutes < 0 ? words("past")
      : days ? words("dayLeft", { d: days, h: hours - days * 24 })
        : hours ? words("hourLeft", { h: hours, m: minutes - hours * 60 }) : words("minuteLeft", { m: minutes });
  };
  show();
  setInterval(show, 30000);
}

/** Ask how far a job is, less often the longer it takes; its end leads on. */
async function job(box, wait = 600) {
  const bar = box.querySelector("progress");
  const line = box.querySelector("[role='status']");
  try {
    const answer = await fetch(box.dataset.jobUrl, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (answer.ok) {
      const news = await answer.json();
      if (bar && news.total) Object.assign(bar, { max: news.total, value: news.done });
      if (line && news.text && line.textContent !== news.text) line.textContent = news.text;
      if (news.href) return location.assign(news.href);
      if (news.finished || news.state === "done" || news.state === "failed") return location.reload();
    }
  } catch { /* the network was away: ask again */ }
  setTimeout(() => job(box, Math.min(wait * 1.3, 5000)), wait);
}

function all(box) {
  const others = () => [...document.querySelectorAll(box.dataset.checkAll)];
  const tell = () => {
    const on = others().filter((one) => one.checked).length;
    box.checked = on > 0 && on === others().length;
    box.indeterminate = on > 0 && !box.checked;
    for (const place of document.querySelectorAll("[data-checked-count]")) place.textContent = String(on);
  };
  box.addEventListener("change", () => { others().forEach((one) => { one.checked = box.checked; }); tell(); });
  document.addEventListener("change", (event) => { if (event.target.matches(box.dataset.checkAll)) tell(); });
  tell();
}

function chosen(form) {
  form.addEventListener("change", () => form.requestSubmit());
  for (const button of form.querySelectorAll("[data-no-js]")) button.hidden = true;
}

export function pieces(root) {
  fresh(root, "[data-copy]").forEach(copying);
  fresh(root, "[data-langtabs]").forEach(tabs);
  fresh(root, "time[data-countdown]").forEach(countdown);
  fresh(root, "[data-job-url]").forEach((box) => job(box));
  fresh(root, "[data-check-all]").forEach(all);
  fresh(root, "form[data-submit-on-change]").forEach(chosen);
  for (const link of fresh(root, "a[data-back]")) {
    link.addEventListener("click", (event) => {
      if (history.length > 1) { event.preventDefault(); history.back(); }
    });
  }
}
