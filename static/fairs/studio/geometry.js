// Plane geometry of shapes in metres: boxes, moving, turning, snapping, joining, halving.

export const round = (value) => Math.round(value * 1000) / 1000;

export function boxOf(shapes) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const shape of shapes)
    for (const [x, y] of shape.rings[0]) {
      box.left = Math.min(box.left, x);
      box.top = Math.min(box.top, y);
      box.right = Math.max(box.right, x);
      box.bottom = Math.max(box.bottom, y);
    }
  return box;
}

export const middleOf = (box) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];

const mapped = (shape, change) => ({ ...shape, rings: shape.rings.map((ring) => ring.map(change)) });

export const moved = (shape, dx, dy) => mapped(shape, ([x, y]) => [round(x + dx), round(y + dy)]);

export function turned(shape, degrees, [cx, cy]) {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return mapped(shape, ([x, y]) => [
    round(cx + (x - cx) * cos - (y - cy) * sin),
    round(cy + (x - cx) * sin + (y - cy) * cos),
  ]);
}

export const rectangle = (x, y, width, depth, turn = 0) =>
  turned({ rings: [[[x, y], [x + width, y], [x + width, y + depth], [x, y + depth]]] }, turn, [x, y]).rings;

// A four-cornered shape as numbers: its first corner, its sides and its turn; null when it is no rectangle.
export function asRectangle(rings) {
  const ring = rings[0];
  if (rings.length > 1 || ring.length !== 4) return null;
  const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = ring;
  const width = Math.hypot(bx - ax, by - ay);
  const depth = Math.hypot(dx - ax, dy - ay);
  const square = Math.abs((bx - ax) * (dx - ax) + (by - ay) * (dy - ay)) < 0.01 * width * depth;
  const closes = Math.hypot(bx + dx - ax - cx, by + dy - ay - cy) < 0.01;
  if (!square || !closes || !width || !depth) return null;
  const turn = round((Math.atan2(by - ay, bx - ax) * 180) / Math.PI);
  return { x: ax, y: ay, width: round(width), depth: round(depth), turn };
}

// How far the selection must still go so that its edges lie on the grid, or on edges of others close by.
export function snapped(box, others, grid, reach) {
  const shift = (ends, lines, start) => {
    let best = Math.round(start / grid) * grid - start;
    let near = reach;
    for (const line of lines)
      for (const end of ends)
        if (Math.abs(line - end) < near) {
          near = Math.abs(line - end);
          best = line - end;
        }
    return best;
  };
  const xs = others.flatMap((other) => [other.left, other.right]);
  const ys = others.flatMap((other) => [other.top, other.bottom]);
  return [
    shift([box.left, box.right], xs, box.left),
    shift([box.top, box.bottom], ys, box.top),
  ];
}

// Two halves across the longer side; null for what has not four corners.
export function halves(ring) {
  if (ring.length !== 4) return null;
  const length = (a, b) => Math.hypot(ring[a][0] - ring[b][0], ring[a][1] - ring[b][1]);
  const [a, b, c, d] = length(0, 1) >= length(1, 2) ? ring : [ring[1], ring[2], ring[3], ring[0]];
  const between = (p, q) => [round((p[0] + q[0]) / 2), round((p[1] + q[1]) / 2)];
  const [top, bottom] = [between(a, b), between(c, d)];
  return [[a, top, bottom, d], [top, b, c, bottom]];
}

// One outline around rings that stand wall to wall: shared walls vanish; null when that leaves no single outline.
export function joined(rings) {
  const points = rings.flat();
  const edges = new Map();
  const key = (p) => `${p[0].toFixed(2)},${p[1].toFixed(2)}`;
  for (let ring of rings) {
    if (signedArea(ring) < 0) ring = [...ring].reverse();
    ring.forEach((from, index) => {
      const to = ring[(index + 1) % ring.length];
      for (const [a, b] of cut(from, to, points)) {
        const [there, back] = [`${key(a)}>${key(b)}`, `${key(b)}>${key(a)}`];
        if (edges.has(back)) edges.delete(back);
        else edges.set(there, [a, b]);
      }
    });
  }
  const next = new Map([...edges.values()].map(([a, b]) => [key(a), b]));
  if (next.size !== edges.size || !edges.size) return null;
  const start = edges.values().next().value[0];
  const outline = [start];
  for (let at = next.get(key(start)); at && key(at) !== key(start); at = next.get(key(at))) {
    outline.push(at);
    if (outline.length > edges.size) return null;
  }
  return outline.length === edges.size ? straight(outline) : null;
}

export const signedArea = (ring) =>
  ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length];
    return sum + x * ny - nx * y;
  }, 0) / 2;

function cut(from, to, points) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const along = points
    .map((p) => [p, (p[0] - from[0]) * ux + (p[1] - from[1]) * uy, Math.abs((p[0] - from[0]) * uy - (p[1] - from[1]) * ux)])
    .filter(([, at, off]) => off < 0.02 && at > 0.02 && at < length - 0.02)
    .sort((a, b) => a[1] - b[1])
    .map(([p]) => p)
    .filter((p, i, all) => !i || Math.hypot(p[0] - all[i - 1][0], p[1] - all[i - 1][1]) > 0.02);
  const chain = [from, ...along, to];
  return chain.slice(1).map((p, i) => [chain[i], p]);
}

function straight(ring) {
  return ring.filter(([x, y], i) => {
    const [px, py] = ring[(i + ring.length - 1) % ring.length];
    const [nx, ny] = ring[(i + 1) % ring.length];
    return Math.abs((x - px) * (ny - y) - (y - py) * (nx - x)) > 1e-6;
  });
}
