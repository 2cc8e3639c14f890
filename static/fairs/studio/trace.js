// The picture to trace: seen at once where its numbers say, moved by hand, scaled by two points of known distance.

import { round } from "./geometry.js";
import { UNITS } from "./view.js";

const PLACED = ["x", "y", "width", "turn", "strength"];

export function trace(root, { svg, model, hand, saver, say, words }) {
  const form = root.querySelector("[data-picture]");
  const image = svg.querySelector("[data-picture-under]");
  // A drawing that is not saved goes first: keeping the picture loads the page anew.
  form.addEventListener("submit", async (event) => {
    if (!model.dirty) return;
    event.preventDefault();
    await saver.save();
    if (!model.dirty) form.requestSubmit(event.submitter);
  });
  if (!image) return {};
  const known = form.querySelector("[data-known]");
  const band = svg.querySelector("[data-band]");
  const value = (name) => Number(form.elements[name].value.replace(",", ".")) || 0;
  let points = [];
  form.querySelector("[data-scale]").hidden = false;

  const show = () => {
    const [x, y, width, turn, strength] = PLACED.map(value);
    if (!(width > 0)) return;
    const sides = { x: x * UNITS, y: y * UNITS, width: width * UNITS, height: width * image.dataset.ratio * UNITS };
    for (const [name, side] of Object.entries(sides)) image.setAttribute(name, side);
    image.setAttribute("transform", `rotate(${turn} ${x * UNITS} ${y * UNITS})`);
    image.setAttribute("opacity", Math.min(100, Math.max(5, strength)) / 100);
  };
  const place = (numbers) => {
    for (const [name, number] of Object.entries(numbers)) form.elements[name].value = round(number);
    show();
  };
  form.addEventListener("input", show);
  svg.addEventListener("dragged", ({ detail: [dx, dy] }) => place({ x: value("x") + dx, y: value("y") + dy }));
  svg.addEventListener("point", ({ detail: at }) => {
    points = points.length === 2 ? [at] : [...points, at];
    band.setAttribute("d", points.map(([x, y], n) => `${n ? "L" : "M"}${x * UNITS} ${y * UNITS}m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0m3 0`).join(""));
    if (points.length < 2) return;
    say(words.twoPoints);
    known.focus();
  });
  known.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    scale();
  });

  // The first point stays where it is; everything else comes nearer or goes away from it.
  function scale() {
    const far = Number(known.value.replace(",", "."));
    const [a, b] = points;
    const measured = b ? Math.hypot(b[0] - a[0], b[1] - a[1]) : 0;
    if (!(far > 0 && far < 10_000) || !(measured > 0)) return say(words.scaleNeeds);
    const by = far / measured;
    place({ x: a[0] + (value("x") - a[0]) * by, y: a[1] + (value("y") - a[1]) * by, width: value("width") * by });
    points = [];
    hand.use("choose");
    say(words.scaled);
  }
  return { measure: () => ((points = []), hand.use("measure")), drag: () => hand.use("drag"), scale };
}
