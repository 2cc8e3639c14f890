// Put what the server answers in the place of what is shown, without losing focus, scroll or choice.

/** The booths of the answer take the place of those on the plan; their links keep what is in hand. */
export function renewBooths(plan, text) {
  const fresh = new DOMParser().parseFromString(text, "image/svg+xml");
  for (const booth of fresh.querySelectorAll(".bth")) {
    const old = plan.querySelector(`.bth[data-id="${CSS.escape(booth.dataset.id)}"]`);
    if (!old) continue;
    const mark = document.importNode(booth, true);
    for (const name of ["bth--sel", "is-hit", "is-chosen"]) mark.classList.toggle(name, old.classList.contains(name));
    // The element stays, so that whoever holds it (keys, search, focus) still does; all that is drawn and
    // said of it is new, the place of its link and of the keyboard aside.
    const kept = ["href", "tabindex", "aria-description"];
    for (const { name } of [...old.attributes]) if (!kept.includes(name) && !mark.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of [...mark.attributes]) if (!kept.includes(name)) old.setAttribute(name, value);
    old.replaceChildren(...mark.childNodes);
    const of = `[data-of="${CSS.escape(booth.dataset.id)}"]`;
    plan.querySelector(of)?.remove();
    const count = fresh.querySelector(of);
    if (count) plan.querySelector(".plan__signs").append(document.importNode(count, true));
  }
}

/** The list anew, scrolled as it was; not while somebody is typing in it. */
export function renewList(board, text) {
  const old = board.querySelector("#queue");
  if (!old || old.querySelector("input:focus, select:focus") || holdsChoice(old)) return;
  const opened = old.querySelector("[data-filters]")?.open;
  const at = old.querySelector("[data-queue]")?.scrollTop ?? 0;
  const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const box = document.createElement("template");
  box.innerHTML = text;
  const fresh = box.content.querySelector("#queue");
  old.replaceChildren(...fresh.childNodes);
  if (opened) old.querySelector("[data-filters]").open = true;
  const list = old.querySelector("[data-queue]");
  if (list) list.scrollTop = at;
  if (focused) old.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** How many are free in each hall, how many are listed, and the line below the plan. */
export function renewCounts(board, news) {
  const line = board.querySelector("[data-count-line]");
  if (line) line.innerHTML = news.count;
  const listed = board.querySelector("[data-sheet-count]");
  if (listed) listed.textContent = news.total;
  for (const [code, free] of Object.entries(news.free)) {
    const place = board.querySelector(`[data-free="${CSS.escape(code)}"]`);
    if (place) place.textContent = free;
  }
}

/** How many booths look as each line of the legend says. */
export function renewLegend(board, plan) {
  for (const line of board.querySelectorAll("[data-plan-legend] [data-filter]")) {
    const count = line.querySelector("[data-look-count]");
    const many = plan.querySelectorAll(`.bth--${CSS.escape(line.dataset.filter)}`).length;
    if (count) count.textContent = many.toLocaleString(document.documentElement.lang);
  }
}

// A filter that was chosen and not sent yet.
function holdsChoice(list) {
  return [...list.querySelectorAll("[data-filter-form] option")].some((one) => one.selected !== one.defaultSelected && one.value);
}

/** Whether somebody has begun to type here: what is typed is never swapped away. */
export function holdsWords(box) {
  return [...box.querySelectorAll("textarea, input:not([type=hidden])")].some(
    (field) => field === document.activeElement || (field.value ?? "") !== (field.defaultValue ?? ""),
  );
}
