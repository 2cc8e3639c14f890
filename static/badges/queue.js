/* The queue renews itself, but not under the hands of somebody who works in it. */

document.addEventListener("htmx:beforeRequest", (event) => {
  const queue = document.querySelector("#queue");
  if (event.target === queue && queue.contains(document.activeElement)) event.preventDefault();
});
