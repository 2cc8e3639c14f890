// What can be done with what is chosen; each is one step that can be taken back.

import { boxOf, halves, joined, middleOf, moved, turned } from "./geometry.js";

const CODED = /^(.*?)(\d+)([a-z]?)$/i;

export class Commands {
  constructor(model, words, say) {
    Object.assign(this, { model, words, say });
  }

  get movable() {
    return this.model.selection.filter((shape) => shape.kind !== "hall" || this.model.chosen.size === 1);
  }

  move(dx, dy) {
    const shapes = this.movable;
    if (shapes.length) this.model.exchange(this.words.moved, shapes.map((shape) => moved(shape, dx, dy)));
  }

  turn(degrees) {
    const shapes = this.movable;
    if (!shapes.length) return this.none();
    const middle = middleOf(boxOf(shapes));
    this.model.exchange(this.words.turned, shapes.map((shape) => turned(shape, degrees, middle)));
  }

  duplicate() {
    const shapes = this.movable.filter((shape) => shape.kind !== "hall");
    if (!shapes.length) return this.none();
    const box = boxOf(shapes);
    const taken = new Set(this.model.shapes.map((shape) => shape.code));
    const copies = shapes.map((shape) => {
      const copy = this.model.fresh(moved(shape, box.right - box.left, 0));
      copy.code = shape.kind === "booth" ? nextCode(shape.code, taken) : shape.code;
      copy.also = copy.instead_of = undefined;
      taken.add(copy.code);
      return copy;
    });
    this.model.change(this.words.duplicated, [...this.model.shapes, ...copies]);
    this.model.choose(copies.map((copy) => copy.id));
  }

  remove() {
    const gone = this.model.chosen;
    if (!gone.size) return this.none();
    this.model.change(this.words.removed, this.model.shapes.filter((shape) => !gone.has(shape.id)));
  }

  split() {
    const shapes = this.model.selection.filter((shape) => shape.kind === "booth" && halves(shape.rings[0]));
    if (!shapes.length) return this.say(this.words.cannotSplit);
    const taken = new Set(this.model.shapes.map((shape) => shape.code));
    const parts = [];
    const kept = this.model.shapes.map((shape) => {
      if (!shapes.includes(shape)) return shape;
      const [first, second] = halves(shape.rings[0]);
      const part = this.model.fresh({ ...shape, rings: [second], code: nextCode(shape.code, taken), also: undefined });
      taken.add(part.code);
      parts.push(part);
      return { ...shape, rings: [first] };
    });
    this.model.change(this.words.split, [...kept, ...parts]);
    this.model.choose([...shapes, ...parts].map((shape) => shape.id));
  }

  merge() {
    const shapes = this.model.selection.filter((shape) => shape.kind === "booth");
    const outline = shapes.length > 1 ? joined(shapes.map((shape) => shape.rings[0])) : null;
    if (!outline) return this.say(this.words.cannotMerge);
    const [first, ...rest] = shapes;
    const gone = new Set(rest);
    this.model.change(
      this.words.merged,
      this.model.shapes.filter((shape) => !gone.has(shape)).map((shape) => (shape === first ? { ...first, rings: [outline] } : shape)),
    );
    this.model.choose([first.id]);
  }

  // A line around the chosen booths, as the pavilion that will stand there.
  pavilion() {
    const shapes = this.model.selection.filter((shape) => shape.kind === "booth");
    const outline = shapes.length ? joined(shapes.map((shape) => shape.rings[0])) : null;
    if (!outline) return this.say(this.words.cannotMerge);
    const line = this.model.fresh({ kind: "pavilion", code: "", rings: [outline] });
    this.model.change(this.words.added, [...this.model.shapes, line]);
    this.model.choose([line.id]);
  }

  add(shape) {
    const taken = new Set(this.model.shapes.map((each) => each.code));
    const code = shape.kind === "booth" ? nextCode(this.lastCode() ?? "A00", taken) : "";
    const added = this.model.fresh({ code, ...shape });
    this.model.change(this.words.added, [...this.model.shapes, added]);
    this.model.choose([added.id]);
    return added;
  }

  lastCode() {
    return this.model.shapes.filter((shape) => shape.kind === "booth").at(-1)?.code;
  }

  chooseAll() {
    this.model.choose(this.model.shapes.filter((shape) => shape.kind === "booth").map((shape) => shape.id));
  }

  undo() {
    const what = this.model.undo();
    this.say(what ? `${this.words.undone}: ${what}` : this.words.nothingToUndo);
  }

  redo() {
    const what = this.model.redo();
    this.say(what ? `${this.words.redone}: ${what}` : this.words.nothingToRedo);
  }

  none() {
    this.say(this.words.chooseFirst);
  }
}

// The next number of a code that nobody has: A09 → A10; what ends in no number gets one.
export function nextCode(code, taken) {
  const [, stem, digits, tail] = CODED.exec(code ?? "") ?? [null, code || "N", "0", ""];
  let number = Number(digits);
  let next;
  do {
    number += 1;
    next = `${stem}${String(number).padStart(digits.length, "0")}${tail}`;
  } while (taken.has(next));
  return next;
}
