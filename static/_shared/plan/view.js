// What part of the plan is seen: the viewBox, moved by pointer, wheel, pinch and buttons.

// Type sizes of the steps s0… and mark sizes of m0…, as fairapp/web/plan_type.py numbers them.
const LABEL_SIZES = [2, 3, 4, 5, 6, 7, 8, 9.5, 12, 16, 22, 30];
const MARK_SIZES = [3, 5, 7, 9, 12, 16, 24];
const LEGIBLE_LABEL = 7;
const LEGIBLE_MARK = 4;
const GROWN = 2.2; // a mark that stands alone, once the number beside it is too small; plan.css knows it too
const CLOSEST = 12; // screen pixels per drawing unit: a 3 m booth fills a phone
const SLOP = 5; // a finger that moves less has pressed

export class View {
  constructor(svg, frame) {
    this.svg = svg;
    this.frame = frame;
    this.pointers = new Map();
    this.moved = false;
    const [x, y, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    this.whole = { x, y, width, height };
    this.measure();
    this.fit();
    svg.addEventListener("pointerdown", (event) => this.press(event));
    svg.addEventListener("pointermove", (event) => this.drag(event));
    for (const kind of ["pointerup", "pointercancel"]) svg.addEventListener(kind, (event) => this.letGo(event));
    svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    new ResizeObserver(() => {
      const fitted = this.fitted;
      this.measure();
      if (fitted) this.fit();
      else this.draw();
    }).observe(frame);
  }

  measure() {
    this.width = Math.max(1, this.svg.clientWidth);
    this.height = Math.max(1, this.svg.clientHeight);
    this.least = Math.min(this.width / this.whole.width, this.height / this.whole.height);
    this.scale = Math.max(this.scale ?? 0, this.least);
  }

  get fitted() {
    return this.scale <= this.least * 1.001;
  }

  fit() {
    this.scale = this.least;
    this.cx = this.whole.x + this.whole.width / 2;
    this.cy = this.whole.y + this.whole.height / 2;
    this.draw();
  }

  // Zoom by a factor, keeping the drawing's point under (px, py) of the frame where it is.
  zoom(factor, px = this.width / 2, py = this.height / 2) {
    const before = this.scale;
    this.scale = Math.min(CLOSEST, Math.max(this.least, before * factor));
    this.cx += (px - this.width / 2) * (1 / before - 1 / this.scale);
    this.cy += (py - this.height / 2) * (1 / before - 1 / this.scale);
    this.draw();
  }

  shift(dx, dy) {
    this.cx -= dx / this.scale;
    this.cy -= dy / this.scale;
    this.draw();
  }

  // Bring a booth into sight, near enough to read its number.
  lookAt(booth, nearer = true) {
    const x = Number(booth.dataset.x);
    const y = Number(booth.dataset.y);
    const room = booth.getBBox();
    const wanted = Math.min(CLOSEST, 64 / Math.max(8, Math.min(room.width, room.height)));
    if (nearer && this.scale < wanted) this.scale = Math.max(wanted, this.least);
    const halfWidth = this.width / this.scale / 2;
    const halfHeight = this.height / this.scale / 2;
    const outside =
      Math.abs(x - this.cx) > halfWidth - room.width / 2 || Math.abs(y - this.cy) > halfHeight - room.height / 2;
    if (nearer || outside) [this.cx, this.cy] = [x, y];
    this.draw();
  }

  draw() {
    const width = this.width / this.scale;
    const height = this.height / this.scale;
    this.cx = held(this.cx, this.whole.x, this.whole.width, width);
    this.cy = held(this.cy, this.whole.y, this.whole.height, height);
    const numbers = [this.cx - width / 2, this.cy - height / 2, width, height];
    this.svg.setAttribute("viewBox", numbers.map((n) => n.toFixed(2)).join(" "));
    this.svg.classList.toggle("is-zoomed", !this.fitted);
    if (this.scale === this.drawnAt) return;
    this.drawnAt = this.scale;
    LABEL_SIZES.forEach((size, step) => this.svg.classList.toggle(`no-s${step}`, size * this.scale < LEGIBLE_LABEL));
    MARK_SIZES.forEach((size, step) => {
      const seen = size * this.scale;
      this.svg.classList.toggle(`no-m${step}`, seen < LEGIBLE_MARK);
      this.svg.classList.toggle(`big-m${step}`, seen < LEGIBLE_MARK && seen * GROWN >= LEGIBLE_MARK);
    });
  }

  at(event) {
    const frame = this.svg.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  }

  press(event) {
    if (event.button > 0) return;
    this.pointers.set(event.pointerId, this.at(event));
    if (this.pointers.size === 1) {
      this.moved = false;
      this.pressedAt = this.at(event);
    }
  }

  drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = this.at(event);
    const far = Math.hypot(now.x - this.pressedAt.x, now.y - this.pressedAt.y);
    if (this.pointers.size === 1 && !this.moved && far < SLOP) return;
    if (!this.moved) {
      this.moved = true;
      this.svg.classList.add("is-held");
      this.svg.setPointerCapture(event.pointerId);
    }
    if (this.pointers.size === 1) this.shift(now.x - before.x, now.y - before.y);
    else this.pinch(event.pointerId, before, now);
    this.pointers.set(event.pointerId, now);
  }

  pinch(id, before, now) {
    const other = [...this.pointers].find(([key]) => key !== id)[1];
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    const is = Math.hypot(now.x - other.x, now.y - other.y);
    this.shift((now.x - before.x) / 2, (now.y - before.y) / 2);
    if (was > 0) this.zoom(is / was, (now.x + other.x) / 2, (now.y + other.y) / 2);
  }

  letGo(event) {
    this.pointers.delete(event.pointerId);
    if (this.pointers.size === 0) this.svg.classList.remove("is-held");
  }

  wheel(event) {
    // Seen whole, the plan lets the page scroll on.
    if (this.fitted && event.deltaY > 0 && !event.ctrlKey) return;
    event.preventDefault();
    const { x, y } = this.at(event);
    const lines = event.deltaMode === 1 ? 16 : 1;
    this.zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0022)), x, y);
  }
}

// The middle of what is seen, kept so that the drawing does not leave the frame.
function held(middle, start, whole, seen) {
  if (seen >= whole) return start + whole / 2;
  return Math.min(start + whole - seen / 2, Math.max(start + seen / 2, middle));
}
