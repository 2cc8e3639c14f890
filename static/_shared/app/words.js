/* The sentences of the page's language, and the one place where scripts say them. */
const place = () => document.getElementById("live");

/** The sentence kept under `name`, with {n}-style fields filled in. */
export function words(name, values = {}) {
  const text = place()?.dataset[name] ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

let timer = 0;

/** Say a sentence to everybody: shown for a while, read out by screen readers. */
export function say(text, { bad = false, stay = false } = {}) {
  const region = place();
  if (!region || !text) return;
  clearTimeout(timer);
  const line = document.createElement("p");
  line.textContent = text;
  line.classList.toggle("is-bad", bad);
  region.replaceChildren(line);
  if (!stay) timer = setTimeout(() => region.replaceChildren(), bad ? 12000 : 5000);
}
