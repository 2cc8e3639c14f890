// Carrying an application ([data-application]) onto a booth with mouse, pen or finger.
// A finger carries by the grip ([data-grip]) only, so that lists still scroll.

const SLOP = 6;

export function carry(svg, tell) {
  let item = null;
  let start = null;
  let ghost = null;
  let target = null;

  document.addEventListener("pointerdown", (event) => {
    const pressed = event.target.closest?.("[data-application]");
    if (!pressed || event.button > 0 || svg.contains(pressed)) return;
    if (event.pointerType === "touch" && !event.target.closest("[data-grip]")) return;
    [item, start] = [pressed, event];
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", drop);
    document.addEventListener("pointercancel", stop);
    document.addEventListener("keydown", escape);
  });

  function move(event) {
    if (!ghost) {
      if (Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < SLOP) return;
      ghost = document.createElement("div");
      ghost.className = "plan-ghost";
      ghost.textContent = item.dataset.name ?? item.textContent.trim().slice(0, 60);
      document.body.append(ghost);
      getSelection()?.removeAllRanges();
    }
    event.preventDefault();
    ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 8}px)`;
    aim(boothUnder(event));
  }

  function aim(booth) {
    if (booth === target) return;
    target?.classList.remove("is-target");
    booth?.classList.add("is-target");
    target = booth;
  }

  function boothUnder(event) {
    const booth = document.elementFromPoint(event.clientX, event.clientY)?.closest?.(".bth") ?? null;
    return booth && svg.contains(booth) ? booth : null;
  }

  function drop(event) {
    const carried = ghost && item;
    const booth = carried ? boothUnder(event) : null;
    stop();
    if (carried) addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }));
    if (booth) tell("plan:drop", booth, { application: carried.dataset.application });
  }

  function swallow(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  function escape(event) {
    if (event.key === "Escape") stop();
  }

  function stop() {
    aim(null);
    ghost?.remove();
    [item, start, ghost] = [null, null, null];
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", drop);
    document.removeEventListener("pointercancel", stop);
    document.removeEventListener("keydown", escape);
  }
}
