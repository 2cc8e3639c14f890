// The hand: choosing, moving, a band around many, drawing rectangles, polygons and points, and panning.

import { boxOf, moved, round, snapped } from "./geometry.js";
import { UNITS } from "./view.js";

const SLOP = 4;
const POINTS = ["entrance", "exit", "power", "water"];

export class Hand {
  constructor(svg, { model, canvas, view, commands, settings }) {
    Object.assign(this, { svg, model, canvas, view, commands, settings });
    this.mode = "choose";
    this.band = svg.querySelector("[data-band]");
    this.fingers = new Map();
    this.corners = [];
    svg.addEventListener("pointerdown", (event) => this.press(event));
    svg.addEventListener("pointermove", (event) => this.drag(event));
    for (const kind of ["pointerup", "pointercancel"]) svg.addEventListener(kind, (event) => this.letGo(event));
    svg.addEventListener("dblclick", () => this.mode === "polygon" && this.finish());
  }

  get draws() {
    return ["rect", "polygon", "measure"].includes(this.mode);
  }

  get isPoint() {
    return POINTS.includes(this.kind);
  }

  // choose, pan, rect or polygon; what it draws is `kind`. measure and drag are for the picture below.
  use(mode, kind = "booth") {
    this.mode = mode;
    this.kind = kind;
    this.corners = [];
    this.outline(null);
    this.svg.dataset.mode = mode;
    this.svg.dispatchEvent(new CustomEvent("mode", { detail: { mode, kind } }));
  }

  snap([x, y]) {
    const grid = this.settings.grid;
    return [round(Math.round(x / grid) * grid), round(Math.round(y / grid) * grid)];
  }

  press(event) {
    if (event.button > 1) return;
    this.svg.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, event);
    const at = this.view.at(event);
    const id = this.canvas.idOf(event.target);
    const shape = id && this.model.byId(id);
    const pans = this.mode === "pan" || event.button === 1 || this.fingers.size > 1 || (event.pointerType === "touch" && (!shape || shape.kind === "hall") && this.mode === "choose");
    this.start = { at, x: event.clientX, y: event.clientY, id, pans, shapes: this.model.shapes };
    if (pans || this.mode !== "choose") return;
    if (!shape || shape.kind === "hall") return;
    if (event.shiftKey || event.ctrlKey || event.metaKey) this.toggle(id);
    else if (!this.model.chosen.has(id)) this.model.choose([id]);
    this.start.moving = this.model.selection.filter((one) => one.kind !== "hall");
    const still = new Set(this.start.moving.map((one) => one.id));
    this.start.others = this.model.shapes.filter((one) => !still.has(one.id) && one.rings[0].length > 2).map((one) => boxOf([one]));
  }

  toggle(id) {
    const chosen = new Set(this.model.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.model.choose(chosen);
  }

  drag(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before || !this.start) return;
    if (this.fingers.size === 2) this.pinch(event);
    this.fingers.set(event.pointerId, event);
    const start = this.start;
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLOP) start.gone = true;
    if (!start.gone || this.fingers.size > 1) return;
    const scale = this.view.scale;
    if (start.pans) return this.view.shift((event.clientX - before.clientX) / scale, (event.clientY - before.clientY) / scale);
    const at = this.view.at(event);
    if (start.moving?.length) return this.carry(start, at);
    if (this.mode === "drag") return this.drags(before, event);
    if (this.mode === "polygon" || this.mode === "measure") return;
    const from = this.mode === "rect" ? this.snap(start.at) : start.at;
    const to = this.mode === "rect" ? this.snap(at) : at;
    start.box = { left: Math.min(from[0], to[0]), top: Math.min(from[1], to[1]), right: Math.max(from[0], to[0]), bottom: Math.max(from[1], to[1]) };
    this.outline(start.box);
  }

  carry(start, at) {
    const [dx, dy] = [at[0] - start.at[0], at[1] - start.at[1]];
    const box = boxOf(start.moving.map((one) => moved(one, dx, dy)));
    const [sx, sy] = snapped(box, start.others, this.settings.grid, 8 / this.view.scale);
    const changed = new Map(start.moving.map((one) => [one.id, moved(one, dx + sx, dy + sy)]));
    start.moved = start.shapes.map((one) => changed.get(one.id) ?? one);
    this.model.preview(start.moved);
  }

  drags(before, event) {
    const [from, to] = [this.view.at(before), this.view.at(event)];
    this.svg.dispatchEvent(new CustomEvent("dragged", { detail: [to[0] - from[0], to[1] - from[1]] }));
  }

  pinch(event) {
    const other = [...this.fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    const was = this.fingers.get(event.pointerId);
    const far = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const [x, y] = this.view.at({ clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 });
    if (far(was) > 10) this.view.zoom(far(event) / far(was), x * UNITS, y * UNITS);
  }

  letGo(event) {
    if (!this.fingers.delete(event.pointerId)) return;
    const start = this.start;
    this.start = null;
    this.outline(null);
    if (!start || start.pans) return start && !start.gone && this.mode === "choose" && event.pointerType === "touch" ? this.model.choose([]) : undefined;
    if (start.moved) {
      this.model.shapes = start.shapes;
      this.model.change(this.commands.words.moved, start.moved);
    } else if (this.mode === "drag") return;
    else if (this.mode === "polygon" || this.mode === "measure") this.point(start.at);
    else if (this.mode === "rect") this.place(start);
    else if (start.box) this.gather(start.box, event.shiftKey);
    else if (start.id && this.model.byId(start.id)?.kind !== "hall") this.canvas.focus(start.id);
    else this.model.choose(start.id ? [start.id] : []);
  }

  gather(box, adds) {
    const within = this.model.shapes.filter((shape) => {
      const own = boxOf([shape]);
      return shape.kind !== "hall" && own.left >= box.left && own.right <= box.right && own.top >= box.top && own.bottom <= box.bottom;
    });
    this.model.choose([...(adds ? this.model.chosen : []), ...within.map((shape) => shape.id)]);
  }

  place(start) {
    const { box } = start;
    const isPoint = this.isPoint && !box;
    if (!isPoint && !(box && box.right > box.left && box.bottom > box.top)) return;
    const [x, y] = this.snap(start.at);
    const ring = isPoint ? [[x, y]] : [[box.left, box.top], [box.right, box.top], [box.right, box.bottom], [box.left, box.bottom]];
    const added = this.commands.add({ kind: this.kind, rings: [ring.map((corner) => corner.map(round))] });
    this.use("choose");
    this.canvas.focus(added.id);
  }

  // One point: a corner of what is drawn, or one of the two that are measured, which no grid may shift.
  point(at) {
    if (this.mode === "polygon") return this.corner(at);
    this.svg.dispatchEvent(new CustomEvent("point", { detail: at }));
  }

  // The last corner is taken back.
  back() {
    this.corners.pop();
    this.path();
  }

  corner(at) {
    const next = this.snap(at);
    const [first] = this.corners;
    if (this.corners.length > 2 && Math.hypot(next[0] - first[0], next[1] - first[1]) < 10 / this.view.scale) return this.finish();
    const last = this.corners.at(-1);
    if (!last || last[0] !== next[0] || last[1] !== next[1]) this.corners.push(next);
    this.path();
  }

  path() {
    this.band.setAttribute("d", this.corners.length ? `M${this.corners.map(([x, y]) => `${x * UNITS} ${y * UNITS}`).join("L")}` : "");
  }

  finish() {
    const corners = this.corners;
    const { kind } = this;
    this.use("choose");
    if (corners.length > 2) this.canvas.focus(this.commands.add({ kind, rings: [corners] }).id);
  }

  outline(box) {
    if (box === null && (this.mode === "measure" || (this.mode === "polygon" && this.corners.length))) return;
    const [l, t, r, b] = box ? [box.left, box.top, box.right, box.bottom].map((v) => v * UNITS) : [0, 0, 0, 0];
    this.band.setAttribute("d", box ? `M${l} ${t}H${r}V${b}H${l}z` : "");
  }
}
