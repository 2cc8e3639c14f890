/* The board beside its field follows what is typed; without this file it shows what is kept. */

const WAIT = 400;
const picture = document.querySelector("[data-board]");
const typed = document.querySelector("#fascia");

if (picture && typed) {
  let timer = 0;
  typed.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      picture.src = `${picture.dataset.board}?text=${encodeURIComponent(typed.value)}`;
    }, WAIT);
  });
}
