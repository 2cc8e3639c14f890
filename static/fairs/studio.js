// The floor-plan studio: a hall as shapes that are drawn, moved and numbered, and saved as one drawing.
// Without this file the page's forms add rows and change booths one by one.

import { Canvas } from "./studio/canvas.js";
import { Commands } from "./studio/commands.js";
import { Findings } from "./studio/findings.js";
import { boxOf } from "./studio/geometry.js";
import { listen } from "./studio/keys.js";
import { Model } from "./studio/model.js";
import { Panel } from "./studio/panel.js";
import { Pen } from "./studio/pen.js";
import { Hand } from "./studio/pointer.js";
import { rowsFrom } from "./studio/rows.js";
import { Saver } from "./studio/save.js";
import { trace } from "./studio/trace.js";
import { View } from "./studio/view.js";

const root = document.querySelector("[data-studio]");
if (root) begin();

function begin() {
  const words = JSON.parse(root.dataset.words);
  const drawing = JSON.parse(root.dataset.drawing);
  const svg = root.querySelector("svg.studio__plan");
  const out = root.querySelector("[data-say]");
  const say = (text) => {
    out.textContent = text;
  };
  const settings = { grid: 0.5 };
  const model = new Model(drawing.shapes);
  const canvas = new Canvas(svg, model, words);
  const view = new View(svg);
  const commands = new Commands(model, words, say);
  const hand = new Hand(svg, { model, canvas, view, commands, settings });
  const findings = new Findings(root, { model, canvas, view, words });
  const saver = new Saver(root, { model, canvas, findings, words, say });
  const save = () => saver.save();
  new Panel(root.querySelector("[data-panel]"), { model, words, say });
  const pen = new Pen(svg, { hand, view, settings, say, words });
  const picture = trace(root, { svg, model, hand, saver, say, words });
  listen(svg, { model, canvas, view, commands, hand, pen, settings, save });
  rowsFrom(root.querySelector("[data-rule]"), { model, canvas, view, words, say }, boxOf);
  findings.show(drawing.findings, model.shapes);
  model.addEventListener("done", (event) => say(event.detail));
  tools(root, { commands, hand, pen, view, saver, model, svg, picture });
  root.querySelector("[data-grid]").addEventListener("change", (event) => {
    settings.grid = Number(event.target.value);
  });
  root.classList.add("is-live");
}

// Buttons: data-do is something done at once, data-draw a kind of thing to draw with the pointer.
function tools(box, { commands, hand, pen, view, saver, model, svg, picture }) {
  const acts = {
    save: () => saver.save(),
    keep: () => saver.save(true),
    undo: () => commands.undo(),
    redo: () => commands.redo(),
    turn: () => commands.turn(90),
    duplicate: () => commands.duplicate(),
    split: () => commands.split(),
    merge: () => commands.merge(),
    pavilion: () => commands.pavilion(),
    remove: () => commands.remove(),
    all: () => commands.chooseAll(),
    in: () => view.zoom(1.3),
    out: () => view.zoom(1 / 1.3),
    fit: () => view.fit(),
    choose: () => hand.use("choose"),
    pan: () => hand.use("pan"),
    ...picture,
  };
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do],[data-draw]");
    if (!button) return;
    if (button.dataset.draw) hand.use(button.dataset.how ?? "rect", button.dataset.draw);
    else acts[button.dataset.do]();
    if (event.detail === 0) pen.begin();
  });
  svg.addEventListener("mode", (event) => {
    for (const button of box.querySelectorAll("[data-draw],[data-do='choose'],[data-do='pan'],[data-do='measure'],[data-do='drag']")) {
      const isOn = button.dataset.draw
        ? button.dataset.draw === event.detail.kind && (button.dataset.how ?? "rect") === event.detail.mode
        : button.dataset.do === event.detail.mode;
      button.setAttribute("aria-pressed", String(isOn));
    }
  });
  model.addEventListener("chosen", () => {
    for (const button of box.querySelectorAll("[data-needs]")) button.disabled = model.chosen.size < Number(button.dataset.needs);
  });
  model.tell("chosen");
}
