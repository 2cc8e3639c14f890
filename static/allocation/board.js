// The board at work: choosing, dragging and the keyboard, and others' changes as they come, without losing
// the part of the plan that is seen. Every act is a plain form; without this file links and forms do the same.

import { enliven, say } from "../_shared/app.js";
import { Live } from "./live.js";
import { holdsWords, renewBooths, renewCounts, renewLegend, renewList } from "./renew.js";
import { Several } from "./several.js";
import { Sheet } from "./sheet.js";

const board = document.querySelector("[data-board]");
const carried = board?.querySelector("[data-carried]");
const panel = board?.querySelector("[data-panel]");
const plan = board?.querySelector("[data-plan]");
const svg = plan?.querySelector("svg.plan");
const narrow = matchMedia("(max-width: 74.9rem)");
let several = null;
let sheet = null;
let sending = 0;
let live = null;
const nothing = board?.querySelector("[data-nothing]")?.innerHTML ?? "";

if (board && plan) begin();

function begin() {
  remember();
  sheet = new Sheet(board);
  several = new Several(board, plan, { changed: gather }); // first: what it takes is not opened
  plan.addEventListener("plan:open", (event) => {
    event.preventDefault();
    open(event.detail.id);
  });
  plan.addEventListener("plan:place", (event) => {
    const query = new URLSearchParams(location.search);
    if (query.get("claim")) place(`claim-${query.get("claim")}`, event.detail.id);
    else if (query.get("exhibitor")) place(query.get("exhibitor"), event.detail.id);
    else open(event.detail.id);
  });
  plan.addEventListener("plan:drop", (event) => place(event.detail.application, event.detail.id));
  board.addEventListener("submit", act);
  // A filter is at work as soon as it is chosen; without this file its button does the same.
  board.addEventListener("change", (event) => event.target.closest("[data-filter-form]")?.requestSubmit());
  panel.addEventListener("click", (event) => {
    if (!event.target.closest("[data-panel-close]")) return;
    event.preventDefault();
    go("booth", "");
    location.reload();
  });
  live = new Live(board, { busy: () => sending > 0 || document.querySelector(".plan-ghost") !== null, shown });
}

// Show the booth beside the plan, keeping zoom and list as they are.
async function open(id, { follow = true } = {}) {
  go("booth", id);
  const query = new URLSearchParams(location.search);
  query.delete("booth");
  const address = `${board.dataset.panels.replace("/0/", `/${id}/`)}?${query}`;
  plan.planView?.select(id);
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    panel.innerHTML = await answer.text();
    enliven(panel);
    sheet.name(panel.querySelector("h2")?.textContent.trim());
    if (follow && sheet.isPhone) sheet.show("booth");
    else if (follow && narrow.matches) panel.scrollIntoView({ block: "nearest" });
  } catch {
    location.reload(); // the server says what is wrong
  }
}

// The chosen booths beside the plan, with what can be done to all of them.
async function gather(ids) {
  plan.planView?.select(0);
  if (!ids.length) {
    go("booth", "");
    panel.innerHTML = nothing;
    return;
  }
  const query = new URLSearchParams(location.search);
  query.delete("booth");
  for (const id of ids) query.append("booth_id", id);
  const mine = (gather.turn = (gather.turn ?? 0) + 1);
  const answer = await fetch(`${board.dataset.chosen}?${query}`, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (mine !== gather.turn) return; // a later choice has its own answer
  if (!answer.ok || answer.redirected) return location.reload();
  panel.innerHTML = await answer.text();
  enliven(panel);
  const words = panel.querySelector("h2").textContent.trim();
  sheet.name(words);
  sheet.show("booth", { open: false });
  board.querySelector("[data-news]").textContent = words;
}

function go(name, value) {
  const query = new URLSearchParams(location.search);
  if (value) query.set(name, value);
  else query.delete(name);
  history.replaceState(history.state, "", `${location.pathname}?${query}`);
}

function place(what, boothId) {
  if (!carried) return;
  if (what.startsWith("claim-")) {
    carried.action = `${board.dataset.claims}/${what.slice(6)}/move`;
    carried.elements.exhibitor_id.value = "";
  } else {
    carried.action = board.dataset.claims;
    carried.elements.exhibitor_id.value = what;
  }
  carried.elements.booth_id.value = boothId;
  carried.requestSubmit();
}

// An act is sent without leaving the page. What the server refuses is sent once more as a plain form: its
// page says why, shows the free neighbours and asks before anything that others depend on.
async function act(event) {
  const form = event.target;
  const button = event.submitter;
  if (event.defaultPrevented || form.method !== "post" || !form.closest("[data-board]")) return;
  event.preventDefault();
  if (form.dataset.sent) return; // a second press while the first is under way does nothing
  form.dataset.sent = "1";
  const action = button?.getAttribute("formaction") || form.action;
  const data = new FormData(form, button);
  sending += 1;
  let done = null;
  try {
    const answer = await fetch(action, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    if (answer.ok && !answer.redirected) done = await answer.json();
  } catch {
    // the plain form below is answered by the browser itself when the network is away
  }
  sending -= 1;
  delete form.dataset.sent;
  if (!done) {
    form.action = action;
    if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    form.submit();
    return;
  }
  settle(done);
}

// After an act of one's own: what it says, what stays in hand, and the booth as it is now.
async function settle(done) {
  say(done.said);
  const query = new URLSearchParams(location.search);
  const held = query.get("exhibitor") || query.get("claim");
  query.delete("claim");
  query.delete("exhibitor");
  if (done.exhibitor) query.set("exhibitor", done.exhibitor);
  if (done.booth && !several.chosen.size) query.set("booth", done.booth);
  history.replaceState(history.state, "", `${location.pathname}?${query}`);
  if (held && !done.exhibitor) putDown();
  live.told = Math.max(live.told, done.seq);
  await live.catchUp();
  if (several.chosen.size) await gather([...several.chosen]);
  else if (done.booth) await open(done.booth, { follow: false });
}

function putDown() {
  board.querySelector("[data-hand]")?.remove();
  for (const booth of svg.querySelectorAll(".bth[href]")) {
    const href = new URL(booth.getAttribute("href"), location.href);
    for (const name of ["exhibitor", "claim"]) href.searchParams.delete(name);
    booth.setAttribute("href", href.pathname + href.search + href.hash);
  }
}

// What others (or this page) changed, as it is now.
function shown(news) {
  renewBooths(svg, news.marks);
  renewList(board, news.queue);
  renewCounts(board, news);
  renewLegend(board, svg);
  several.mark();
  const others = news.lines.filter((line) => !line.mine);
  const line = others.at(-1)?.text;
  if (line) board.querySelector("[data-news]").textContent = line;
  const chosen = Number(new URLSearchParams(location.search).get("booth"));
  plan.planView?.select(chosen);
  const gathered = news.booths.some((id) => several.chosen.has(String(id)));
  if (!others.length || !(news.booths.includes(chosen) || gathered)) return;
  if (holdsWords(panel)) say(board.dataset.changed, { stay: true });
  else if (gathered) gather([...several.chosen]);
  else open(chosen, { follow: false });
}

// The part of the plan that was seen and how far the list was scrolled outlive a form's answer.
function remember() {
  const key = `board-${board.dataset.hall}`;
  const list = board.querySelector("[data-queue]");
  addEventListener("pagehide", () => {
    const view = plan.planView;
    if (!view) return;
    const seen = { scale: view.fitted ? 0 : view.scale, cx: view.cx, cy: view.cy, list: list.scrollTop };
    sessionStorage.setItem(key, JSON.stringify(seen));
  });
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (!kept) return;
  list.scrollTop = kept.list;
  const view = plan.planView;
  if (!view || !kept.scale) return;
  [view.scale, view.cx, view.cy] = [Math.max(view.least, kept.scale), kept.cx, kept.cy];
  view.draw();
}
