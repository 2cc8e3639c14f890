/* The badge studio's drawing board: Pointer Events and keys move fields, the form's own inputs keep where they
   are, and the server draws what would be printed. Without this file the form does the same by its buttons. */

const form = document.querySelector("[data-studio]");
const boards = [...form.querySelectorAll("[data-board]")];
const STEP = 1;
const FINE = 0.1;
const WAIT = 350;

const input = (name, key) => form.elements[`${name}-${key}`];
const read = (name, key) => Number(String(input(name, key).value).replace(",", ".")) || 0;
const rounded = (value) => Math.round(value * 10) / 10;

function box(name) {
  return { x: read(name, "x"), y: read(name, "y"), width: read(name, "width"), height: read(name, "height") };
}

/* A field stays on the paper, and the QR code is never smaller than a gate can read. */
function bounded(name, at, paper) {
  const board = boards.find((each) => name.startsWith(each.dataset.board));
  const least = name.endsWith("-qr") ? Number(board.dataset.leastQr) : 2;
  const width = Math.min(Math.max(at.width, least), paper.width);
  const height = Math.min(Math.max(at.height, least), paper.height);
  const x = Math.min(Math.max(at.x, 0), paper.width - width);
  const y = Math.min(Math.max(at.y, 0), paper.height - height);
  return { x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height) };
}

function paperOf(svg) {
  return { width: Number(svg.dataset.width), height: Number(svg.dataset.height) };
}

function show(field) {
  const at = box(field.dataset.field);
  const [rect, grip] = field.querySelectorAll("rect");
  for (const key of ["x", "y", "width", "height"]) rect.setAttribute(key, at[key]);
  grip.setAttribute("x", at.x + at.width - 2.5);
  grip.setAttribute("y", at.y + at.height - 2.5);
  const on = input(field.dataset.field, "on").checked;
  field.toggleAttribute("hidden", !on);
  field.style.display = on ? "" : "none";
  field.setAttribute(
    "aria-label",
    `${field.dataset.label}: ${at.x}, ${at.y} · ${at.width} × ${at.height} mm`,
  );
}

function put(field, at) {
  const name = field.dataset.field;
  const wanted = bounded(name, at, paperOf(field.ownerSVGElement));
  for (const key of ["x", "y", "width", "height"]) input(name, key).value = wanted[key];
  show(field);
  soon();
}

let timer = 0;
let asked = 0;
function soon() {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
}

async function look() {
  const mine = ++asked;
  const body = new FormData(form);
  body.delete("picture-file");
  const answer = await fetch(form.dataset.studio, { method: "POST", body }).catch(() => null);
  if (!answer || !answer.ok || mine !== asked) return;
  const place = form.querySelector("[data-looks]");
  place.innerHTML = await answer.text();
  const faces = JSON.parse(place.querySelector("[data-faces]").dataset.faces);
  for (const board of boards) {
    if (faces[board.dataset.board]) board.querySelector("image").setAttribute("href", faces[board.dataset.board]);
  }
  markWrong(place);
}

function markWrong(place) {
  const wrong = new Set([...place.querySelectorAll(".note a")].map((each) => each.hash.slice(1)));
  for (const field of form.querySelectorAll("[data-field]")) {
    field.classList.toggle("is-wrong", wrong.has(`${field.dataset.field}-x`));
  }
}

/* Millimetres under the pointer, whatever the size of the drawing on the screen. */
function under(svg, event) {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return { x: point.x, y: point.y };
}

let held = null;
function take(event) {
  const field = event.target.closest("[data-field]");
  if (!field || event.button) return;
  const svg = field.ownerSVGElement;
  const from = under(svg, event);
  held = { field, from, began: box(field.dataset.field), grows: event.target.matches(".drawing__grip") };
  field.classList.add("is-held");
  field.focus();
  svg.setPointerCapture(event.pointerId);
  event.preventDefault();
}
function drag(event) {
  if (!held) return;
  const here = under(held.field.ownerSVGElement, event);
  const dx = here.x - held.from.x;
  const dy = here.y - held.from.y;
  const { x, y, width, height } = held.began;
  put(
    held.field,
    held.grows ? { x, y, width: width + dx, height: height + dy } : { x: x + dx, y: y + dy, width, height },
  );
}
function drop() {
  if (held) held.field.classList.remove("is-held");
  held = null;
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function press(event) {
  const field = event.target.closest("[data-field]");
  const way = WAYS[event.key];
  if (!field || !way) return;
  event.preventDefault();
  const step = event.ctrlKey ? FINE : STEP;
  const at = box(field.dataset.field);
  if (event.shiftKey) {
    at.width += way[0] * step;
    at.height += way[1] * step;
  } else {
    at.x += way[0] * step;
    at.y += way[1] * step;
  }
  put(field, at);
}

/* The paper or the fold changed: the boards take its new size at once. */
function resize() {
  const width = Number(form.elements.width.value.replace(",", ".")) || 1;
  const height = Number(form.elements.height.value.replace(",", ".")) || 1;
  for (const board of boards) {
    const svg = board.querySelector("svg");
    svg.dataset.width = width;
    svg.dataset.height = height;
    svg.setAttribute("viewBox", `-1 -1 ${width + 2} ${height + 2}`);
    for (const each of svg.querySelectorAll(".drawing__paper, image")) {
      each.setAttribute("width", width);
      each.setAttribute("height", height);
    }
    if (board.dataset.board === "back") board.hidden = form.elements.sides.value === "one";
  }
}

document.documentElement.classList.add("is-live");
for (const board of boards) {
  const svg = board.querySelector("svg");
  svg.addEventListener("pointerdown", take);
  svg.addEventListener("pointermove", drag);
  svg.addEventListener("pointerup", drop);
  svg.addEventListener("pointercancel", drop);
  svg.addEventListener("keydown", press);
  for (const field of svg.querySelectorAll("[data-field]")) {
    field.setAttribute("tabindex", "0");
    field.setAttribute("role", "button");
    show(field);
  }
}
markWrong(form.querySelector("[data-looks]"));
form.addEventListener("input", (event) => {
  if (event.target.type === "file" || event.target.closest("[data-field]")) return;
  resize();
  for (const field of form.querySelectorAll("[data-field]")) show(field);
  for (const line of form.querySelectorAll("[data-line]")) {
    line.classList.toggle("is-off", !line.querySelector("[data-on]").checked);
  }
  soon();
});
