// What the check found, beside the drawing: a press chooses the booths it names and draws where it is.

import { boxOf } from "./geometry.js";
import { UNITS } from "./view.js";

export class Findings {
  constructor(root, { model, canvas, view, words }) {
    Object.assign(this, { list: root.querySelector("[data-findings]"), model, canvas, view, words });
    this.marks = canvas.marks;
    this.head = root.querySelector("[data-findings-count]");
  }

  // findings: [{at: [places in the drawing], words, lines}]; shapes: the drawing they speak of.
  show(findings, shapes) {
    this.marks.setAttribute("d", "");
    this.head.textContent = String(findings.length);
    this.list.replaceChildren(...findings.map((one) => this.item(one, shapes)));
    if (!findings.length) this.list.append(this.line(this.words.nothingFound));
  }

  refuse(refused, shapes) {
    this.show(refused.map((one) => ({ at: [one.at], words: one.words, lines: [] })), shapes);
  }

  item(one, shapes) {
    const ids = one.at.map((place) => shapes[place]?.id).filter((id) => this.model.byId(id));
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "finding";
    button.textContent = one.words;
    button.addEventListener("click", () => {
      this.model.choose(ids);
      this.marks.setAttribute("d", (one.lines ?? []).map(([[ax, ay], [bx, by]]) => `M${ax * UNITS} ${ay * UNITS}L${bx * UNITS} ${by * UNITS}`).join(""));
      if (ids.length) this.view.show(boxOf(this.model.selection));
    });
    item.append(button);
    return item;
  }

  line(words) {
    const item = document.createElement("li");
    item.className = "muted";
    item.textContent = words;
    return item;
  }
}
