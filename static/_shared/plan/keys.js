// One tab stop for the whole plan: arrows move by position, Enter opens, X places, + - 0 zoom.

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

export function moveByKeys(svg, booths, view, tell, keysId) {
  const reachable = booths.filter((booth) => !booth.classList.contains("bth--alternative"));
  const spots = new Map(booths.map((booth) => [booth, [Number(booth.dataset.x), Number(booth.dataset.y)]]));
  for (const booth of booths) booth.setAttribute("tabindex", "-1");
  const first = reachable.find((booth) => booth.matches(".bth--sel,.bth--you")) ?? topLeft(reachable, spots);
  first?.setAttribute("tabindex", "0");
  if (document.getElementById(keysId)) svg.setAttribute("aria-describedby", keysId);

  svg.addEventListener("focusin", (event) => {
    const booth = event.target.closest(".bth");
    if (!booth) return;
    for (const other of svg.querySelectorAll('.bth[tabindex="0"]')) other.setAttribute("tabindex", "-1");
    booth.setAttribute("tabindex", "0");
  });

  svg.addEventListener("keydown", (event) => {
    const booth = event.target.closest(".bth");
    if (!booth || event.ctrlKey || event.metaKey || event.altKey) return;
    if (answer(event.key, booth, event.shiftKey)) event.preventDefault();
  });

  function answer(key, booth, shift) {
    if (key in WAYS) {
      const there = next(booth, WAYS[key]);
      if (shift && there) tell("plan:pick", booth, { to: there.dataset.id });
      return goTo(there);
    }
    if (shift && key === " ") return tell("plan:pick", booth), true;
    if (key === "Home") return goTo(topLeft(reachable, spots));
    if (key === "End") return goTo(topLeft(reachable, spots, -1));
    if (key === "+" || key === "=") return zoomAt(booth, 1.6);
    if (key === "-") return zoomAt(booth, 1 / 1.6);
    if (key === "0") return view.fit() ?? true;
    if (key === "x" || key === "X") return tell("plan:place", booth), true;
    if (key === " " || key === "Enter") {
      // A link's own Enter is a click, and so told already.
      if (booth.hasAttribute("href") && key === "Enter") return false;
      if (tell("plan:open", booth) && booth.hasAttribute("href")) location.assign(booth.getAttribute("href"));
      return true;
    }
    return false;
  }

  function zoomAt(booth, factor) {
    view.zoom(factor);
    view.lookAt(booth, false);
    return true;
  }

  function goTo(booth) {
    if (!booth) return true;
    booth.focus({ preventScroll: true });
    view.lookAt(booth, false);
    return true;
  }

  // The closest booth that way: going astray sideways counts double.
  function next(from, [wx, wy]) {
    const [x, y] = spots.get(from);
    let best = null;
    let least = Infinity;
    for (const booth of reachable) {
      const [bx, by] = spots.get(booth);
      const ahead = (bx - x) * wx + (by - y) * wy;
      const astray = Math.abs((bx - x) * wy) + Math.abs((by - y) * wx);
      if (booth === from || ahead <= 0.5 || astray > ahead * 3) continue;
      const cost = ahead + 2 * astray;
      if (cost < least) [best, least] = [booth, cost];
    }
    return best;
  }
}

function topLeft(booths, spots, sign = 1) {
  const order = (booth) => sign * (spots.get(booth)[1] * 4 + spots.get(booth)[0]);
  return booths.reduce((best, booth) => (best && order(best) <= order(booth) ? best : booth), null);
}
