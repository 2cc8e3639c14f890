// Several booths at once: Ctrl+click and Shift+click, Shift with the arrows, or a button for fingers; who is
// chosen stands in a list beside the plan, with what can be done to all of them.

export class Several {
  constructor(board, plan, { changed }) {
    this.plan = plan;
    this.svg = plan.querySelector("svg.plan");
    this.chosen = new Set();
    this.last = null;
    this.changed = changed;
    this.button = board.querySelector("[data-choose-several]");
    if (this.button) {
      this.button.hidden = false;
      this.button.addEventListener("click", () => this.turn(this.button.getAttribute("aria-pressed") !== "true"));
    }
    plan.addEventListener("plan:open", (event) => this.pressed(event));
    plan.addEventListener("plan:pick", (event) => this.byKey(event));
    board.addEventListener("click", (event) => {
      const taken = event.target.closest("[data-unpick]")?.dataset.unpick;
      if (taken === "all") this.clear();
      else if (taken) this.toggle(taken, false);
    });
    board.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.chosen.size && !event.target.closest("input, textarea, select")) this.clear();
    });
  }

  // With the button pressed each booth that is pressed joins the choice, or leaves it.
  turn(on) {
    this.button?.setAttribute("aria-pressed", String(on));
    this.on = on;
    if (!on) this.clear();
  }

  pressed(event) {
    const { id, more, range } = event.detail;
    if (range && this.last) this.between(this.last, id);
    else if (more || range || this.on) this.toggle(id, !this.chosen.has(id));
    else return this.chosen.size ? this.forget() : undefined;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  byKey(event) {
    const { id, to } = event.detail;
    if (!to) return this.toggle(id, !this.chosen.has(id));
    this.chosen.add(id);
    this.toggle(to, true);
  }

  toggle(id, on) {
    this.chosen[on ? "add" : "delete"](id);
    this.last = on ? id : this.last;
    this.show();
  }

  // Everything whose middle lies between two booths, as one would draw a box around them.
  between(from, to) {
    const ends = [from, to].map((id) => this.booth(id)).filter(Boolean).map(middle);
    const [left, right] = ends.map((at) => at[0]).sort((a, b) => a - b);
    const [top, bottom] = ends.map((at) => at[1]).sort((a, b) => a - b);
    for (const booth of this.svg.querySelectorAll(".bth:not(.bth--alternative)")) {
      const [x, y] = middle(booth);
      if (x >= left - 1 && x <= right + 1 && y >= top - 1 && y <= bottom + 1) this.chosen.add(booth.dataset.id);
    }
    this.last = to;
    this.show();
  }

  booth(id) {
    return this.svg.querySelector(`.bth[data-id="${CSS.escape(id)}"]`);
  }

  clear() {
    this.forget();
    this.changed([]);
  }

  forget() {
    this.chosen.clear();
    this.last = null;
    this.mark();
  }

  show() {
    this.mark();
    this.changed([...this.chosen]);
  }

  /** Chosen booths have an edge of their own, and say that they are chosen. */
  mark() {
    for (const booth of this.svg.querySelectorAll(".bth.is-chosen")) {
      if (this.chosen.has(booth.dataset.id)) continue;
      booth.classList.remove("is-chosen");
      booth.removeAttribute("aria-description");
    }
    for (const id of this.chosen) {
      const booth = this.booth(id);
      booth?.classList.add("is-chosen");
      booth?.setAttribute("aria-description", this.plan.closest("[data-board]").dataset.isChosen);
    }
  }
}

const middle = (booth) => [Number(booth.dataset.x), Number(booth.dataset.y)];
