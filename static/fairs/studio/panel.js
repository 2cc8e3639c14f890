// The numbers of what is chosen, in a form: one shape's own, or how many there are.

import { asRectangle, rectangle, round, signedArea } from "./geometry.js";

const SIZES = ["x", "y", "width", "depth", "turn"];

export class Panel {
  constructor(form, { model, words, say }) {
    Object.assign(this, { form, model, words, say });
    this.count = form.querySelector("[data-count]");
    this.fields = form.querySelector("[data-fields]");
    model.addEventListener("chosen", () => this.show());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => this.take(event.target));
    this.show();
  }

  input(name) {
    return this.form.elements[name];
  }

  show() {
    const shapes = this.model.selection;
    const [one] = shapes;
    const area = shapes.filter((shape) => shape.kind === "booth").reduce((sum, shape) => sum + Math.abs(signedArea(shape.rings[0])), 0);
    this.count.textContent = shapes.length > 1 ? `${shapes.length} · ${round(area)} m²` : "";
    this.fields.hidden = shapes.length !== 1;
    this.form.querySelector("[data-none]").hidden = shapes.length > 0;
    if (shapes.length !== 1) return;
    const numbers = asRectangle(one.rings);
    const isBooth = one.kind === "booth";
    this.form.querySelector("[data-called]").textContent = this.words.kinds[one.kind];
    this.input("code").value = one.code ?? "";
    this.input("code").closest(".field").hidden = one.kind === "hall";
    for (const name of SIZES) {
      this.input(name).value = numbers ? numbers[name] : name === "x" ? one.rings[0][0][0] : name === "y" ? one.rings[0][0][1] : "";
      this.input(name).disabled = !numbers && !["x", "y"].includes(name);
    }
    this.input("raw").checked = Boolean(one.raw);
    this.input("raw").closest(".field").hidden = !isBooth;
    this.input("amount").value = one.amount ?? "";
    this.input("amount").closest(".field").hidden = one.kind !== "power";
  }

  take(input) {
    const [one] = this.model.selection;
    if (!one || this.model.chosen.size !== 1) return;
    const changed = { ...one };
    if (input.name === "code") changed.code = input.value.trim().slice(0, 64);
    else if (input.name === "raw") changed.raw = input.checked;
    else if (input.name === "amount") changed.amount = Math.max(0, Number(input.value) || 0);
    else if (!this.resize(changed, input)) return this.show();
    this.model.exchange(this.words.changed, [changed]);
  }

  resize(changed, input) {
    const value = Number(input.value.replace(",", "."));
    const numbers = asRectangle(changed.rings);
    const isSize = ["width", "depth"].includes(input.name);
    if (!Number.isFinite(value) || Math.abs(value) > 1000 || (isSize && value < 0.1)) {
      this.say(this.words.badNumber);
      return false;
    }
    if (numbers) {
      numbers[input.name] = value;
      changed.rings = rectangle(numbers.x, numbers.y, numbers.width, numbers.depth, numbers.turn);
    } else {
      const [x, y] = changed.rings[0][0];
      const [dx, dy] = input.name === "x" ? [value - x, 0] : [0, value - y];
      changed.rings = changed.rings.map((ring) => ring.map(([px, py]) => [round(px + dx), round(py + dy)]));
    }
    return true;
  }
}
