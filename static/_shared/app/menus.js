/* <details data-menu> closes on Escape, on a press outside, and when another opens; data-key puts the cursor into a field. */
import { letterOf } from "./keys.js";

const open = () => document.querySelectorAll("details[data-menu][open]");

export function menus() {
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of open()) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      return;
    }
    const key = letterOf(event);
    const field = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (field) {
      event.preventDefault();
      field.focus();
    }
  });
}
