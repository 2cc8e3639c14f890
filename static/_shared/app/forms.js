/* A form is sent once, asks first where that was wished, and shows what was chosen before it goes. */
import { fresh } from "./fresh.js";
import { say, words } from "./words.js";

const LONGEST = 10000; // an answer that is a file leaves the page as it is: after this the button works again

/** A second press while the first is under way does nothing; coming back to the page frees the form again. */
function once(form) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    const button = event.submitter;
    button?.classList.add("is-busy");
    button?.setAttribute("aria-disabled", "true");
    const slow = setTimeout(() => say(words("sending")), 1500);
    setTimeout(() => { clearTimeout(slow); free(form); }, LONGEST);
  });
}

function free(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll(".is-busy")) {
    button.classList.remove("is-busy");
    button.removeAttribute("aria-disabled");
  }
}

/** Ask in a dialog before the form goes; the answer "yes" sends it by the same button. */
export function ask(question) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "dialog-title");
  const title = document.createElement("h2");
  title.id = "dialog-title";
  title.textContent = words("confirmTitle");
  const text = document.createElement("p");
  text.textContent = question;
  const row = document.createElement("form");
  row.method = "dialog";
  row.className = "row";
  for (const [value, kind] of [["yes", "btn btn--primary"], ["no", "btn"]]) {
    const button = document.createElement("button");
    button.className = kind;
    button.value = value;
    button.textContent = words(value === "yes" ? "confirmYes" : "confirmNo");
    row.append(button);
  }
  dialog.append(title, text, row);
  document.body.append(dialog);
  dialog.showModal();
  row.lastChild.focus();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      answer(dialog.returnValue === "yes");
      dialog.remove();
    });
  });
}

function confirming(form) {
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    const question = button?.dataset.confirm || form.dataset.confirm;
    if (form.dataset.agreed || !question) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!(await ask(question))) return button?.focus();
    form.dataset.agreed = "1";
    form.requestSubmit(button);
    delete form.dataset.agreed;
  });
}

// as rules/printed_texts.py counts: wide letters twice, signs above or below a letter not at all
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const room = (letter) => (/[\p{Mn}\p{Me}]/u.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1);

function counting(field) {
  const line = document.querySelector(`[data-count-for="${CSS.escape(field.id)}"]`);
  if (!line) return;
  const show = () => {
    const letters = [...field.value.normalize("NFC")];
    const taken = "countPrinted" in field.dataset ? letters.reduce((sum, letter) => sum + room(letter), 0) : letters.length;
    const left = Number(field.dataset.count) - taken;
    line.textContent = left < 0 ? words("over", { n: -left }) : words("left", { n: left });
    line.classList.toggle("count--over", left < 0);
  };
  field.addEventListener("input", show);
  show();
}

function previewing(field) {
  const place = document.querySelector(`[data-preview="${CSS.escape(field.id)}"]`);
  const box = field.closest("[data-drop]");
  field.addEventListener("change", () => {
    const most = Number(field.dataset.maxMb || 0);
    const large = [...field.files].find((file) => most && file.size > most * 1048576);
    if (large) {
      field.value = "";
      const size = (large.size / 1048576).toFixed(1);
      return say(words("tooBig", { name: large.name, size, max: most }), { bad: true });
    }
    const pictures = [...field.files].filter((file) => file.type.startsWith("image/"));
    if (!place || !pictures.length) return;
    place.replaceChildren(...pictures.slice(0, 8).map(thumb));
  });
  for (const kind of ["dragenter", "dragover"]) box?.addEventListener(kind, () => box.classList.add("is-over"));
  for (const kind of ["dragleave", "drop"]) box?.addEventListener(kind, () => box.classList.remove("is-over"));
}

/** A picture drawn from the file itself (img-src blob: is not needed). */
function thumb(file) {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", file.name);
  canvas.className = "drop__thumb";
  createImageBitmap(file).then((picture) => {
    const scale = Math.min(1, 224 / Math.max(picture.width, picture.height));
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
  }).catch(() => canvas.remove());
  return canvas;
}

function revealing(button) {
  const field = document.getElementById(button.dataset.reveal);
  if (!field) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
}

export function forms(root) {
  for (const form of fresh(root, "form[method='post' i]")) {
    if (form.dataset.confirm || form.querySelector("button[data-confirm]")) confirming(form);
    if (!form.hasAttribute("hx-post") && !form.closest("[data-board]")) once(form); // the board sends its own
  }
  fresh(root, "[data-count]").forEach(counting);
  fresh(root, "input[type='file']").forEach(previewing);
  fresh(root, "[data-reveal]").forEach(revealing);
}

addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));
