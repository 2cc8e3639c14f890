// The floor plan at work: pan, zoom, keyboard, search, legend filter, and applications dropped on booths.
// Without this file the plan is still a picture with links. Events go out from the [data-plan] box:
//   plan:open  {id, code, more, range}  a booth was pressed or entered, with Ctrl or Shift (cancelable: keeps a
//                                       link from being followed)
//   plan:pick  {id, code, to}           Shift with an arrow or the space bar: this booth, and the one it leads to
//   plan:place {id, code}               X was pressed on a booth
//   plan:drop  {application, id, code}  something with data-application was let go over a booth

import { carry } from "./plan/carry.js";
import { findFrom } from "./plan/find.js";
import { moveByKeys } from "./plan/keys.js";
import { View } from "./plan/view.js";

export function mount(box) {
  if (box.planView) return box.planView;
  const svg = box.querySelector("svg.plan");
  const booths = [...svg.querySelectorAll(".bth")];
  const view = new View(svg, box.querySelector("[data-plan-map]"));
  box.planView = view;

  const tell = (kind, booth, more = {}) =>
    box.dispatchEvent(
      new CustomEvent(kind, {
        bubbles: true,
        cancelable: true,
        detail: { id: booth.dataset.id, code: booth.dataset.code, ...more },
      }),
    );
  view.select = (id) => select(svg, booths, id);
  view.show = (id) => {
    const booth = booths.find((one) => one.dataset.id === String(id));
    if (booth) view.lookAt(booth);
  };

  svg.addEventListener("click", (event) => {
    const booth = event.target.closest(".bth");
    if (!booth) return;
    const how = { more: event.ctrlKey || event.metaKey, range: event.shiftKey };
    if (view.moved || !tell("plan:open", booth, how)) event.preventDefault();
  });
  svg.addEventListener("dragstart", (event) => event.preventDefault());

  box.querySelector("[data-plan-zoom]").hidden = false;
  box.addEventListener("click", (event) => {
    const step = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (step === "in") view.zoom(1.6);
    if (step === "out") view.zoom(1 / 1.6);
    if (step === "fit") view.fit();
  });

  moveByKeys(svg, booths, view, tell, `${box.id}-keys`);
  findFrom(box, svg, booths, view);
  carry(svg, tell);
  return view;
}

function select(svg, booths, id) {
  const chosen = booths.filter((booth) => booth.dataset.id === String(id));
  for (const booth of booths) booth.classList.toggle("bth--sel", chosen.includes(booth));
  const path = chosen.map((booth) => booth.querySelector(".bth__r").getAttribute("d")).join("");
  for (const halo of svg.querySelectorAll(".bth__halo,.bth__halo2")) halo.setAttribute("d", path);
}

export function mountAll(root = document) {
  for (const box of root.querySelectorAll("[data-plan]")) mount(box);
}

mountAll();
// A plan swapped in later (a hall's tab, a booth just claimed) is put to work too.
document.addEventListener("htmx:after:swap", () => mountAll());
