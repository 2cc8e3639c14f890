// The keyboard does everything: going from shape to shape, choosing, moving, changing, looking.

import { boxOf } from "./geometry.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function listen(svg, { model, canvas, view, commands, hand, pen, settings, save }) {
  const go = (step) => {
    const shapes = model.shapes.filter((shape) => shape.kind !== "hall");
    if (!shapes.length) return;
    const at = shapes.findIndex((shape) => shape.id === canvas.idOf(document.activeElement));
    const next = shapes[step === 0 ? 0 : step === Infinity ? shapes.length - 1 : (at + step + shapes.length) % shapes.length];
    canvas.focus(next.id);
    view.show(boxOf([next]));
  };
  const focused = () => canvas.idOf(document.activeElement);
  const begin = (mode) => {
    hand.use(mode);
    pen.begin();
  };
  const single = {
    b: () => begin("rect"),
    n: () => begin("polygon"),
    r: (event) => commands.turn(event.shiftKey ? 15 : 90),
    d: () => commands.duplicate(),
    s: () => commands.split(),
    m: () => commands.merge(),
    p: () => commands.pavilion(),
    "+": () => view.zoom(1.3),
    "=": () => view.zoom(1.3),
    "-": () => view.zoom(1 / 1.3),
    0: () => view.fit(),
    Delete: () => commands.remove(),
    Backspace: () => commands.remove(),
    PageDown: () => go(1),
    PageUp: () => go(-1),
    Home: () => go(0),
    End: () => go(Infinity),
    " ": (event) => focused() && (event.shiftKey ? hand.toggle(focused()) : model.choose([focused()])),
    Enter: () => focused() && model.choose([focused()]),
    Escape: () => (hand.mode === "choose" ? model.choose([]) : hand.use("choose")),
  };
  const drawing = {
    " ": () => pen.drop(),
    Enter: () => (hand.mode === "polygon" && hand.corners.length > 2 ? hand.finish() : pen.drop()),
    Backspace: () => hand.back(),
    Delete: () => hand.back(),
  };
  const held = {
    z: (event) => (event.shiftKey ? commands.redo() : commands.undo()),
    y: () => commands.redo(),
    a: () => commands.chooseAll(),
    d: () => commands.duplicate(),
    s: () => save(),
  };
  svg.addEventListener("keydown", (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const arrow = ARROWS[key];
    if (arrow && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const step = event.altKey ? 0.1 : event.shiftKey ? settings.grid * 10 : settings.grid;
      if (hand.draws) return pen.move(arrow[0] * step, arrow[1] * step);
      if (model.chosen.size) commands.move(arrow[0] * step, arrow[1] * step);
      else view.shift(-arrow[0] * 2, -arrow[1] * 2);
      if (model.chosen.size) view.show(boxOf(model.selection));
      return;
    }
    const act = event.ctrlKey || event.metaKey ? held[key] : event.altKey ? null : ((hand.draws && drawing[key]) || single[key]);
    if (!act) return;
    event.preventDefault();
    act(event);
    if (hand.draws) return;
    const last = [...model.chosen].at(-1);
    if (last && !canvas.drawn.get(focused())) canvas.focus(last);
    else if (!document.activeElement || document.activeElement === document.body) svg.focus();
  });
}
