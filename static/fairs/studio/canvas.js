// Shapes as SVG: one focusable group each, redrawn only when its shape was exchanged.

import { boxOf, middleOf, signedArea } from "./geometry.js";
import { UNITS } from "./view.js";

const SVG = "http://www.w3.org/2000/svg";
const UNDER = ["hall", "zone", "aisle"];
const DOORS = ["entrance", "exit", "power", "water"];
const POINT_M = 0.6;

export function pathOf(rings) {
  if (rings[0].length < 3) {
    const [x, y] = rings[0][0].map((value) => value * UNITS);
    const r = POINT_M * UNITS;
    return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  }
  return rings.map((ring) => `M${ring.map(([x, y]) => `${(x * UNITS).toFixed(1)} ${(y * UNITS).toFixed(1)}`).join("L")}z`).join("");
}

export class Canvas {
  constructor(svg, model, words) {
    this.svg = svg;
    this.model = model;
    this.words = words;
    this.layers = { under: svg.querySelector("[data-under]"), over: svg.querySelector("[data-over]") };
    this.marks = svg.querySelector("[data-marks]");
    this.drawn = new Map();
    this.troubled = new Set();
    model.addEventListener("drawn", () => this.draw());
    model.addEventListener("chosen", () => this.look());
    this.draw();
    this.look();
  }

  draw() {
    const there = new Set();
    for (const shape of this.model.shapes) {
      there.add(shape.id);
      const known = this.drawn.get(shape.id);
      if (known?.shape === shape) continue;
      const group = known?.group ?? this.group(shape);
      this.fill(group, shape);
      this.drawn.set(shape.id, { shape, group });
    }
    for (const [id, { group }] of this.drawn)
      if (!there.has(id)) {
        group.remove();
        this.drawn.delete(id);
      }
    this.rove();
  }

  group(shape) {
    const group = document.createElementNS(SVG, "g");
    group.dataset.id = shape.id;
    group.setAttribute("role", "button");
    group.setAttribute("tabindex", "-1");
    group.append(document.createElementNS(SVG, "path"), document.createElementNS(SVG, "text"));
    this.layers[UNDER.includes(shape.kind) ? "under" : "over"].append(group);
    return group;
  }

  fill(group, shape) {
    const [path, text] = group.children;
    const isBooth = shape.kind === "booth";
    group.setAttribute("class", `shape shape--${shape.kind}${shape.raw ? " shape--raw" : ""}${shape.instead_of?.length ? " shape--alternative" : ""}`);
    path.setAttribute("class", "shape__r");
    path.setAttribute("d", pathOf(shape.rings));
    path.setAttribute("fill-rule", "evenodd");
    const box = boxOf([shape]);
    const [x, y] = middleOf(box);
    const word = shape.code || (isBooth || shape.kind === "hall" ? "" : this.words.kinds[shape.kind]);
    const room = Math.max(box.right - box.left, POINT_M * 3) * UNITS * 0.92;
    const fits = Math.min(isBooth ? 10 : 12, room / Math.max(1, word.length) / 0.7);
    const size = Math.max(DOORS.includes(shape.kind) ? 9 : 4, fits);
    const above = ["zone", "pavilion"].includes(shape.kind);
    text.setAttribute("class", "shape__no");
    text.setAttribute("x", (x * UNITS).toFixed(1));
    text.setAttribute("y", above ? (box.top * UNITS - 3).toFixed(1) : (y * UNITS + size * 0.36).toFixed(1));
    text.setAttribute("font-size", size.toFixed(1));
    if (text.textContent !== word) text.textContent = word;
    group.setAttribute("aria-label", this.named(shape));
  }

  // What a shape is called aloud: A-01, Booth, 9 m².
  named(shape) {
    const area = shape.rings[0].length < 3 ? "" : `${Math.round(Math.abs(signedArea(shape.rings[0])) * 100) / 100} m²`;
    return [shape.code, this.words.kinds[shape.kind], area].filter(Boolean).join(", ");
  }

  look() {
    for (const [id, { group }] of this.drawn) {
      const isChosen = this.model.chosen.has(id);
      group.classList.toggle("is-chosen", isChosen);
      group.setAttribute("aria-pressed", String(isChosen));
      group.classList.toggle("is-troubled", this.troubled.has(id));
    }
    this.rove();
  }

  // One stop for the Tab key: the shape last chosen, else the first.
  rove() {
    const ids = [...this.model.chosen];
    const id = ids.at(-1) ?? this.stop ?? this.model.shapes.find((shape) => shape.kind !== "hall")?.id ?? this.model.shapes[0]?.id;
    const group = (this.drawn.get(id) ?? this.drawn.values().next().value)?.group;
    this.svg.setAttribute("tabindex", group ? "-1" : "0");
    if (this.tabbed === group) return;
    this.tabbed?.setAttribute("tabindex", "-1");
    group?.setAttribute("tabindex", "0");
    this.tabbed = group;
  }

  focus(id) {
    this.stop = id;
    this.rove();
    this.drawn.get(id)?.group.focus({ preventScroll: true });
  }

  idOf(target) {
    return target.closest?.("[data-id]")?.dataset.id;
  }
}
