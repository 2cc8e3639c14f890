/* What has not been brought to life yet: a part that is swapped in brings its neighbours along, once is enough. */
const seen = new Map();

/** The elements under `root` that match and were not given out before. */
export function fresh(root, selector) {
  if (!seen.has(selector)) seen.set(selector, new WeakSet());
  const known = seen.get(selector);
  return [...root.querySelectorAll(selector)].filter((one) => !known.has(one) && known.add(one));
}
