// Put what the server answers in the place of what is shown, without losing focus, scroll or choice.

/** The booths of the answer take the place of those on the plan; their links keep what is in hand. */
export function renewBooths(plan, text) {
  const fresh = new DOMParser().parseFromString(text, "image/svg+xml");
  for (const booth of fresh.querySelectorAll(".bth")) {
    const old = plan.querySelector(`.bth[data-id="${CSS.escape(booth.dataset.id)}"]`);
    if (!old) continue;
    const mark = document.importNode(booth, true);
    if (old.hasAttribute("href")) mark.setAttribute("href", old.getAttribute("href"));
    for (const name of ["bth--sel", "is-hit", "is-picked"]) mark.classList.toggle(name, old.classList.contains(name));
    // The element stays, so that whoever holds it (keys, search, focus) still does.
    old.setAttribute("class", mark.getAttribute("class"));
    old.setAttribute("aria-label", mark.getAttribute("aria-label"));
    old.replaceChildren(...mark.childNodes);
  }
}

/** The list anew, scrolled as it was; not while somebody is typing in it. */
export function renewList(board, text) {
  const old = board.querySelector("#queue");
  if (!old || old.querySelector("input:focus")) return;
  const at = old.querySelector("[data-queue]")?.scrollTop ?? 0;
  const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const box = document.createElement("template");
  box.innerHTML = text;
  const fresh = box.content.querySelector("#queue");
  old.replaceChildren(...fresh.childNodes);
  const list = old.querySelector("[data-queue]");
  if (list) list.scrollTop = at;
  if (focused) old.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** How many are free in each hall, and the line below the plan. */
export function renewCounts(board, news) {
  const line = board.querySelector("[data-count-line]");
  if (line) line.innerHTML = news.count;
  for (const [code, free] of Object.entries(news.free)) {
    const place = board.querySelector(`[data-free="${CSS.escape(code)}"]`);
    if (place) place.textContent = free;
  }
}

/** Whether somebody has begun to type here: what is typed is never swapped away. */
export function holdsWords(box) {
  return [...box.querySelectorAll("textarea, input:not([type=hidden])")].some(
    (field) => field === document.activeElement || (field.value ?? "") !== (field.defaultValue ?? ""),
  );
}
