// Search box and legend: what matches stands out, the rest steps back.

// "dak lak" finds "Đắk Lắk", "a047" finds "A-047".
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const bare = (text) => folded(text).replace(/[^\p{L}\p{N}]/gu, "");

export function findFrom(box, svg, booths, view) {
  const field = box.querySelector("[data-plan-search]");
  const hits = box.querySelector("[data-plan-hits]");
  const filters = new Set();
  const read = new WeakMap();

  // What a booth is found by, read again when it says something else.
  function textOf(booth) {
    const label = booth.getAttribute("aria-label");
    const before = read.get(booth);
    if (before?.label === label) return before;
    const words = booth.dataset.words ?? "";
    const text = { label, said: folded(`${label} ${words}`), code: bare(`${booth.dataset.code} ${words}`) };
    read.set(booth, text);
    return text;
  }

  function found() {
    const words = folded(field?.value ?? "").split(/\s+/).filter(Boolean);
    const code = bare(field?.value ?? "");
    const wanted = [...filters];
    return booths.filter((booth) => {
      const { said, code: own } = textOf(booth);
      const named = words.every((word) => said.includes(word)) || (code.length > 1 && own.includes(code));
      return named && (wanted.length === 0 || wanted.some((kind) => booth.classList.contains(`bth--${kind}`)));
    });
  }

  function show() {
    const searching = Boolean(field?.value.trim()) || filters.size > 0;
    const hit = new Set(searching ? found() : []);
    svg.classList.toggle("is-searching", searching);
    for (const booth of booths) booth.classList.toggle("is-hit", hit.has(booth));
    if (hits) hits.textContent = searching ? String(hit.size) : "";
    return [...hit];
  }

  if (field) {
    box.querySelector("[data-plan-find]").hidden = false;
    field.addEventListener("input", () => {
      const hit = show();
      if (hit.length === 1) view.lookAt(hit[0]);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        field.value = "";
        show();
      }
      if (event.key !== "Enter") return;
      event.preventDefault();
      const [first] = show();
      if (!first) return;
      view.lookAt(first);
      first.focus({ preventScroll: true });
    });
  }

  for (const item of document.querySelectorAll(`[data-plan-legend="${box.id}"] [data-filter]`)) {
    item.setAttribute("role", "button");
    item.setAttribute("tabindex", "0");
    item.setAttribute("aria-pressed", "false");
    const press = () => {
      const on = item.getAttribute("aria-pressed") !== "true";
      item.setAttribute("aria-pressed", String(on));
      filters[on ? "add" : "delete"](item.dataset.filter);
      show();
    };
    item.addEventListener("click", press);
    item.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press();
    });
  }
}
