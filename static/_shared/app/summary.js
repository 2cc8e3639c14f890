/* The error summary takes the focus, and its links put the cursor into the field. */
import { fresh } from "./fresh.js";

export function summary(root) {
  const [box] = fresh(root, "[data-errsum]");
  if (!box) return;
  box.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.dispatchEvent(new CustomEvent("fairapp:reveal", { bubbles: true }));
    (field.closest(".field") ?? field).scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });
  box.focus();
}
