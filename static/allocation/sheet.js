// On a phone the plan comes first: the list and the chosen booth lie in a sheet at the lower edge, pulled up by
// its handle, opened by its buttons or the arrow keys. Without this file both simply stand below the plan.

const PHONE = matchMedia("(max-width: 47.9rem)");
const STEPS = [0, 0.46, 0.8]; // closed, half, nearly whole: shares of the window's height
const SLOP = 6;

export class Sheet {
  constructor(board) {
    this.board = board;
    this.sheet = board.querySelector("[data-sheet]");
    this.grip = this.sheet.querySelector("[data-sheet-grip]");
    this.tabs = [...this.sheet.querySelectorAll("[data-sheet-tab]")];
    this.step = 0;
    this.shown = location.hash === "#booth" ? "booth" : "queue";
    this.grip.addEventListener("click", () => !this.dragged && this.go(this.step ? 0 : 1));
    this.grip.addEventListener("keydown", (event) => {
      const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!way) return;
      event.preventDefault();
      this.go(this.step + way);
    });
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => {
        const again = this.shown === tab.dataset.sheetTab && this.step > 0;
        this.show(tab.dataset.sheetTab, { open: !again });
        if (again) this.go(0);
      });
    }
    this.sheet.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.step || !PHONE.matches) return;
      event.stopPropagation();
      this.go(0);
      this.grip.focus();
    });
    this.pull(this.sheet.querySelector("[data-sheet-head]"));
    PHONE.addEventListener("change", () => this.lay());
    if (this.shown === "booth") this.step = 1;
    this.lay();
  }

  get isPhone() {
    return PHONE.matches;
  }

  /** Show the list or the chosen booth; on a large screen both are always there. */
  show(which, { open = true } = {}) {
    this.shown = which;
    if (open && !this.step) this.go(1);
    else this.lay();
  }

  /** What the second button is called: the booth that is chosen, or how many are. */
  name(text) {
    if (text) this.tabs[1].querySelector("[data-sheet-name]").textContent = text;
  }

  go(step) {
    const was = this.step;
    this.step = Math.max(0, Math.min(STEPS.length - 1, step));
    this.lay();
    // What is left of the window above the sheet shows the plan, not the tools over it.
    if (PHONE.matches && !was && this.step) this.board.querySelector(".planbox__map").scrollIntoView({ block: "start" });
  }

  lay() {
    const phone = PHONE.matches;
    this.board.toggleAttribute("data-sheeted", phone);
    this.sheet.querySelector("[data-sheet-head]").hidden = !phone;
    this.sheet.style.setProperty("--sheet-lift", phone ? `${document.querySelector(".rail")?.offsetHeight ?? 0}px` : "");
    this.sheet.style.height = phone && this.step ? `${Math.round(STEPS[this.step] * innerHeight)}px` : "";
    this.grip.setAttribute("aria-expanded", String(this.step > 0));
    for (const tab of this.tabs) {
      const here = tab.dataset.sheetTab === this.shown;
      tab.setAttribute("aria-pressed", String(here && this.step > 0));
      document.getElementById(tab.dataset.sheetTab).hidden = phone && !(here && this.step);
    }
  }

  // The handle follows the finger, and rests at the nearest step.
  pull(head) {
    let start = null;
    head.addEventListener("pointerdown", (event) => {
      this.dragged = false;
      if (PHONE.matches && !event.button) start = { y: event.clientY, height: this.sheet.offsetHeight };
    });
    document.addEventListener("pointermove", (event) => {
      if (!start) return;
      if (!this.dragged && Math.abs(event.clientY - start.y) < SLOP) return;
      this.dragged = true;
      if (!this.step) document.getElementById(this.shown).hidden = false;
      this.sheet.style.height = `${Math.max(head.offsetHeight, start.height + start.y - event.clientY)}px`;
    });
    const end = () => {
      if (start && this.dragged) {
        const share = this.sheet.offsetHeight / innerHeight;
        const far = STEPS.map((step) => Math.abs((step || head.offsetHeight / innerHeight) - share));
        this.go(far.indexOf(Math.min(...far)));
      }
      start = null;
    };
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", end);
  }
}
