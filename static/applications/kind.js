/* The price of the floor, worked out while somebody types; the check page says it too. */
const line = document.querySelector("[data-price-line]");
const form = line?.closest("form");

function show() {
  const chosen = form.querySelector("input[name='kind']:checked");
  const kind = chosen && form.querySelector(`[data-kind="${CSS.escape(chosen.value)}"]`);
  const booths = Number.parseInt(form.elements.booths.value || "1", 10);
  const area = Number.parseFloat(form.elements.area.value.replace(",", "."));
  const many = kind?.dataset.raw ? area : booths;
  const days = form.querySelector("[data-by-day]");
  const ticked = days?.querySelectorAll("input:checked").length ?? 0;
  const price = Number(kind?.dataset.price ?? 0);
  const unit = days && ticked ? Math.floor((price * ticked) / Number(days.dataset.days) + 0.5) : price;
  const minor = unit * many;
  line.hidden = !(minor > 0);
  if (line.hidden) return;
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: line.dataset.currency });
  const places = format.resolvedOptions().maximumFractionDigits;
  line.textContent = `${line.dataset.words}: ${format.format(Math.round(minor) / 10 ** places)}`;
}

if (form) {
  form.addEventListener("input", show);
  show();
}
