// What is drawn: shapes that are never changed but exchanged, what is chosen, and every step back and forth.

const MOST_STEPS = 200;

export class Model extends EventTarget {
  constructor(shapes) {
    super();
    this.shapes = shapes;
    this.chosen = new Set();
    this.past = [];
    this.future = [];
    this.saved = shapes;
    this.number = shapes.length;
  }

  get dirty() {
    return this.shapes !== this.saved;
  }

  get selection() {
    return this.shapes.filter((shape) => this.chosen.has(shape.id));
  }

  byId(id) {
    return this.shapes.find((shape) => shape.id === id);
  }

  fresh(shape) {
    this.number += 1;
    return { ...shape, id: `new-${this.number}` };
  }

  tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  choose(ids) {
    this.chosen = new Set(ids);
    this.tell("chosen");
  }

  // One step that can be taken back; `what` is said to whoever cannot see it.
  change(what, shapes) {
    this.past.push({ shapes: this.shapes, what });
    if (this.past.length > MOST_STEPS) this.past.shift();
    this.future = [];
    this.put(shapes);
    this.tell("done", what);
  }

  // Shapes while a hand still moves them: no step yet.
  preview(shapes) {
    this.shapes = shapes;
    this.tell("drawn");
  }

  put(shapes) {
    this.shapes = shapes;
    const there = new Set(shapes.map((shape) => shape.id));
    this.chosen = new Set([...this.chosen].filter((id) => there.has(id)));
    this.tell("drawn");
    this.tell("chosen");
  }

  exchange(what, changed) {
    const byId = new Map(changed.map((shape) => [shape.id, shape]));
    this.change(what, this.shapes.map((shape) => byId.get(shape.id) ?? shape));
  }

  undo() {
    const step = this.past.pop();
    if (!step) return null;
    this.future.push({ shapes: this.shapes, what: step.what });
    this.put(step.shapes);
    return step.what;
  }

  redo() {
    const step = this.future.pop();
    if (!step) return null;
    this.past.push({ shapes: this.shapes, what: step.what });
    this.put(step.shapes);
    return step.what;
  }

  // After a save: the server's numbers take the place of ours, and the steps before stay possible.
  settle(shapes) {
    if (this.shapes === shapes) this.saved = shapes;
    this.tell("chosen");
  }
}
