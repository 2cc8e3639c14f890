/* Building a form: what a type does not know stands back, and questions are dragged by their handles. */
const asked = document.querySelector("[data-question-form]");

function fit() {
  const type = asked.elements.type.value;
  const need = asked.querySelector("input[name='need']:checked")?.value;
  for (const part of asked.querySelectorAll("[data-types]")) part.hidden = !part.dataset.types.split(" ").includes(type);
  for (const part of asked.querySelectorAll("[data-need]")) part.hidden = part.dataset.need !== need;
}

if (asked) {
  asked.addEventListener("input", fit);
  fit();
}

const board = document.querySelector("[data-builder]");
let dragged = null;

/** Where the pointer would put the question: the list, and the place in it. */
function target(x, y) {
  const under = document.elementFromPoint(x, y);
  const list = under?.closest("[data-section]")?.querySelector("[data-list]");
  if (!list) return null;
  const others = [...list.querySelectorAll("[data-question]")].filter((one) => one !== dragged);
  const place = others.findIndex((one) => y < one.getBoundingClientRect().top + one.offsetHeight / 2);
  return { list, others, place: place < 0 ? others.length : place };
}

function clear() {
  for (const one of board.querySelectorAll(".is-before, .is-after")) one.classList.remove("is-before", "is-after");
}

function drop(list, place) {
  const form = dragged.querySelector("form").cloneNode(true);
  form.action = dragged.dataset.move;
  form.querySelector("input[name='to']").value = "";
  for (const [name, value] of [["section", list.dataset.list], ["place", place]]) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  form.hidden = true;
  document.body.append(form);
  form.submit();
}

board?.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (!grip || event.button !== 0) return;
  event.preventDefault();
  dragged = grip.closest("[data-question]");
  dragged.classList.add("is-dragged");
  grip.setPointerCapture(event.pointerId);
});

board?.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  clear();
  const at = target(event.clientX, event.clientY);
  if (!at?.others.length) return;
  const last = at.place === at.others.length;
  at.others[last ? at.place - 1 : at.place].classList.add(last ? "is-after" : "is-before");
});

board?.addEventListener("pointerup", (event) => {
  if (!dragged) return;
  clear();
  dragged.classList.remove("is-dragged");
  const at = target(event.clientX, event.clientY);
  if (at) drop(at.list, at.place);
  dragged = null;
});

board?.addEventListener("pointercancel", () => {
  clear();
  dragged?.classList.remove("is-dragged");
  dragged = null;
});
