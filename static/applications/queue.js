/* The queue by keyboard: j and k move, x chooses, Enter opens (the row's link has the focus); in one application j and k turn pages. */
const rows = [...document.querySelectorAll("[data-row]")];

const typing = (target) => target.closest?.("input:not([type='checkbox']), textarea, select, [contenteditable]");

function here() {
  return rows.findIndex((row) => row.contains(document.activeElement));
}

function goTo(index) {
  const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
  if (!row) return;
  for (const one of rows) one.classList.toggle("is-here", one === row);
  row.querySelector("[data-open]").focus();
  row.scrollIntoView({ block: "nearest" });
}

function choose() {
  const box = rows[here()]?.querySelector(".pick");
  if (box) box.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = event.key.toLowerCase();
  const link = document.querySelector(`a[data-step="${CSS.escape(key)}"]`);
  if (link) link.click();
  else if (key === "j") goTo(here() + 1);
  else if (key === "k") goTo(here() - 1);
  else if (key === "x") choose();
});
