/* The error summary takes the focus, and its links put the cursor into the field. */
export function summary(root) {
  const box = root.querySelector("[data-errsum]");
  if (!box || box.dataset.seen) return;
  box.dataset.seen = "1";
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
