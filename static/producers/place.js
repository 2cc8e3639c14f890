/* Choosing a province brings its communes into the list, without a press of the button. */
const province = document.querySelector("select[data-communes]");
const list = document.getElementById("communes");
const commune = document.querySelector("input[list=communes]");

async function fetchCommunes() {
  const code = province.value;
  list.replaceChildren();
  if (!code) return;
  const answer = await fetch(`${province.dataset.communes}?province=${encodeURIComponent(code)}`);
  if (!answer.ok || province.value !== code) return;
  const { communes } = await answer.json();
  list.replaceChildren(...communes.map((name) => Object.assign(document.createElement("option"), { value: name })));
  if (commune.value && !communes.includes(commune.value)) commune.value = "";
}

if (province && list && commune) {
  for (const button of document.querySelectorAll("[data-no-js]")) button.hidden = true;
  province.addEventListener("change", () => { fetchCommunes().catch(() => {}); });
}
