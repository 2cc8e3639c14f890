// Drawing by keyboard: a cross that arrows move and space sets corners with.

import { round } from "./geometry.js";
import { UNITS } from "./view.js";

const ARM_PX = 14;

export class Pen {
  constructor(svg, { hand, view, settings, say, words }) {
    Object.assign(this, { svg, hand, view, settings, say, words });
    this.cross = svg.querySelector("[data-cross]");
    svg.addEventListener("mode", () => this.end());
    svg.addEventListener("seen", () => this.at && this.draw());
    svg.addEventListener("pointerdown", () => this.end());
  }

  // The cross begins in the middle of what is seen.
  begin() {
    if (!this.hand.draws) return;
    const { x, y, width, height } = this.view.box;
    this.first = null;
    this.at = this.hand.snap([(x + width / 2) / UNITS, (y + height / 2) / UNITS]);
    this.draw();
    this.svg.focus();
    this.say(this.words.penBegins);
  }

  end() {
    this.at = this.first = null;
    this.cross.setAttribute("d", "");
  }

  move(dx, dy) {
    if (!this.at) this.begin();
    this.at = [round(this.at[0] + dx), round(this.at[1] + dy)];
    const [x, y] = this.at;
    this.view.show({ left: x, right: x, top: y, bottom: y });
    this.draw();
    if (this.first) this.hand.outline(this.box());
    this.say(`${x} × ${y} m`);
  }

  // A corner where the cross stands; the second one of a rectangle finishes it.
  drop() {
    if (!this.at) return this.begin();
    const { hand, at } = this;
    if (hand.mode !== "rect") return hand.point(at);
    if (hand.isPoint && !this.first) return hand.place({ at });
    if (!this.first) {
      this.first = at;
      return this.say(this.words.penFirst);
    }
    hand.place({ at: this.first, box: this.box() });
  }

  box() {
    const [[ax, ay], [bx, by]] = [this.first, this.at];
    return { left: Math.min(ax, bx), top: Math.min(ay, by), right: Math.max(ax, bx), bottom: Math.max(ay, by) };
  }

  draw() {
    const [x, y] = this.at.map((value) => value * UNITS);
    const arm = (ARM_PX / this.view.scale) * UNITS;
    this.cross.setAttribute("d", `M${x - arm} ${y}h${2 * arm}M${x} ${y - arm}v${2 * arm}`);
  }
}
