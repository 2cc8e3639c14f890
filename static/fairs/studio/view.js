// What part of the hall is seen: a viewBox that wheel, keys, buttons and two fingers move.

export const UNITS = 10; // drawing units of a metre

export class View {
  constructor(svg) {
    this.svg = svg;
    const [x, y, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    this.whole = { x, y, width, height };
    this.box = { ...this.whole };
    svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      const [mx, my] = this.at(event);
      this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, mx * UNITS, my * UNITS);
    }, { passive: false });
  }

  // Screen pixels of a metre.
  get scale() {
    const { width, height } = this.svg.getBoundingClientRect();
    return Math.min(width / this.box.width, height / this.box.height) * UNITS;
  }

  // Where a pointer is, in metres.
  at(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return [point.x / UNITS, point.y / UNITS];
  }

  zoom(factor, cx = this.box.x + this.box.width / 2, cy = this.box.y + this.box.height / 2) {
    const width = Math.min(this.whole.width * 4, Math.max(40, this.box.width / factor));
    const ratio = width / this.box.width;
    this.box = {
      x: cx - (cx - this.box.x) * ratio,
      y: cy - (cy - this.box.y) * ratio,
      width,
      height: this.box.height * ratio,
    };
    this.draw();
  }

  shift(dx, dy) {
    this.box.x -= dx * UNITS;
    this.box.y -= dy * UNITS;
    this.draw();
  }

  fit() {
    this.box = { ...this.whole };
    this.draw();
  }

  // Bring a box of metres into sight without changing the zoom, when it is out of it.
  show(box) {
    const { x, y, width, height } = this.box;
    const seen = box.left * UNITS >= x && box.right * UNITS <= x + width && box.top * UNITS >= y && box.bottom * UNITS <= y + height;
    if (seen) return;
    this.box.x = ((box.left + box.right) / 2) * UNITS - width / 2;
    this.box.y = ((box.top + box.bottom) / 2) * UNITS - height / 2;
    this.draw();
  }

  draw() {
    const { x, y, width, height } = this.box;
    this.svg.setAttribute("viewBox", [x, y, width, height].map((v) => v.toFixed(2)).join(" "));
    this.svg.dispatchEvent(new CustomEvent("seen"));
  }
}
