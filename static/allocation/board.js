// The board at work: choosing, dragging and the keyboard, without losing the part of the plan that is seen.
// Every act is a plain form; without this file links and forms do the same.

const board = document.querySelector("[data-board]");
const carried = board?.querySelector("[data-carried]");
const panel = board?.querySelector("[data-panel]");
const plan = board?.querySelector("[data-plan]");

if (board && plan) begin();

function begin() {
  remember();
  plan.addEventListener("plan:open", (event) => {
    event.preventDefault();
    open(event.detail.id);
  });
  plan.addEventListener("plan:place", (event) => {
    const exhibitor = new URLSearchParams(location.search).get("exhibitor");
    const claim = new URLSearchParams(location.search).get("claim");
    if (claim) place(`claim-${claim}`, event.detail.id);
    else if (exhibitor) place(exhibitor, event.detail.id);
    else open(event.detail.id);
  });
  plan.addEventListener("plan:drop", (event) => place(event.detail.application, event.detail.id));
  panel.addEventListener("click", (event) => {
    if (!event.target.closest("[data-panel-close]")) return;
    event.preventDefault();
    go("booth", "");
    location.reload();
  });
}

// Show the booth beside the plan, keeping zoom and list as they are.
async function open(id) {
  go("booth", id);
  const query = new URLSearchParams(location.search);
  query.delete("booth");
  const address = `${board.dataset.panels.replace("/0/", `/${id}/`)}?${query}`;
  plan.planView?.select(id);
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    panel.innerHTML = await answer.text();
    document.dispatchEvent(new CustomEvent("htmx:after:swap", { detail: { target: panel } }));
    if (matchMedia("(max-width: 74.9rem)").matches) panel.scrollIntoView({ block: "nearest" });
  } catch {
    location.reload(); // the server says what is wrong
  }
}

function go(name, value) {
  const query = new URLSearchParams(location.search);
  if (value) query.set(name, value);
  else query.delete(name);
  history.replaceState(null, "", `${location.pathname}?${query}`);
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
