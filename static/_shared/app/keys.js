/* Shortcuts of a single letter can be switched off (WCAG 2.1.4): who speaks to the machine presses keys by chance. */
const NAME = "fairapp.keys";
const TYPES = "input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable], dialog, summary";

/** Whether single letters are shortcuts in this browser. */
export function lettersWork() {
  try {
    return localStorage.getItem(NAME) !== "off";
  } catch {
    return true;
  }
}

/** Switch them on or off for this browser. */
export function letLettersWork(on) {
  try {
    localStorage.setItem(NAME, on ? "on" : "off");
  } catch {
    // A browser that keeps nothing forgets the wish with the page.
  }
}

/** The letter that was pressed as a shortcut, or "" while somebody types, holds a key or has letters switched off. */
export function letterOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return "";
  if (event.target.closest?.(TYPES) || document.querySelector("dialog[open]")) return "";
  return lettersWork() ? event.key : "";
}
