/* Questions that are needed only after certain answers stand back until these are given; without scripts all of them stand there. */
const conditional = [...document.querySelectorAll("[data-if]")];

function values(form, name) {
  return [...form.elements]
    .filter((one) => one.name === name && (one.type === "checkbox" || one.type === "radio" ? one.checked : true))
    .map((one) => (one.type === "checkbox" && one.value === "y" ? "yes" : one.value));
}

function show(form) {
  for (const part of conditional) {
    const wanted = part.dataset.ifValues.split(" ");
    const decides = form.elements.namedItem(part.dataset.if);
    const back = (decides instanceof RadioNodeList ? decides[0] : decides)?.closest("[data-if]");
    part.hidden = Boolean(back?.hidden) || !values(form, part.dataset.if).some((each) => wanted.includes(each));
  }
}

for (const form of new Set(conditional.map((part) => part.closest("form")))) {
  form.addEventListener("input", () => show(form));
  show(form);
}
