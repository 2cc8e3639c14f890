/* The queue by keyboard: j, k or arrows move, x chooses, Enter opens (the row's link has the focus); letters beside the
   buttons press them, and in one application j and k turn pages. The dialog of the page lists them all and switches them off. */
import { letterOf, letLettersWork, lettersWork } from "../_shared/app/keys.js";

const rows = [...document.querySelectorAll("[data-row]")];
const help = document.querySelector("[data-keys-help]");
const LEFT_AT = "fairapp.queue.row";

const here = () => rows.findIndex((row) => row.contains(document.activeElement));

function goTo(index) {
  const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
  if (!row) return;
  for (const one of rows) one.classList.toggle("is-here", one === row);
  row.querySelector("[data-open]").focus();
  row.scrollIntoView({ block: "nearest" });
}

const boxOf = (index) => rows[index]?.querySelector(".pick");
const chosen = () => [...document.querySelectorAll(".pick:checked")];

/** Nothing is chosen by hand: then the row with the focus is meant. */
function meansThisRow() {
  const box = boxOf(here());
  if (!chosen().length && box) box.click();
  return chosen().length > 0;
}

/** Prepare a decision for what is chosen without leaving the list: nobody is told before the batch is published. */
function prepare(step) {
  const form = document.querySelector("form[data-prepare]");
  const at = Math.max(0, here());
  if (!form || !meansThisRow()) return;
  for (const old of form.querySelectorAll("[name='pick']")) old.remove();
  for (const box of chosen()) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "pick", value: box.value }));
  form.elements.step.value = step;
  sessionStorage.setItem(LEFT_AT, String(at));
  form.requestSubmit();
}

/** Press the button beside which this letter stands. */
function press(key) {
  const button = document.querySelector(`[data-press="${CSS.escape(key)}"]`);
  if (!button) return false;
  if (button.dataset.prepares) prepare(button.dataset.prepares);
  else if (!button.closest("[data-queue]") || meansThisRow()) button.click();
  return true;
}

function move(key) {
  if (key === "j") goTo(here() + 1);
  else if (key === "k") goTo(here() - 1);
  else if (key === "x") boxOf(here())?.click();
  else if (here() >= 0 && key === "ArrowDown") goTo(here() + 1);
  else if (here() >= 0 && key === "ArrowUp") goTo(here() - 1);
  else return false;
  return true;
}

if (help) {
  const box = help.querySelector("[data-keys-on]");
  box.checked = lettersWork();
  box.addEventListener("change", () => letLettersWork(box.checked));
  for (const button of document.querySelectorAll("[data-keys-open]")) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }
}

document.addEventListener("keydown", (event) => {
  const letter = letterOf(event);
  if (!letter) return;
  const key = letter.length === 1 ? letter.toLowerCase() : letter;
  const link = document.querySelector(`a[data-step="${CSS.escape(key)}"]`);
  if (key === "?" && help) help.showModal();
  else if (link) link.click();
  else if (!press(key) && !(rows.length && move(key))) return;
  event.preventDefault();
});

const left = sessionStorage.getItem(LEFT_AT);
if (rows.length && left !== null) {
  sessionStorage.removeItem(LEFT_AT);
  goTo(Number(left));
}
