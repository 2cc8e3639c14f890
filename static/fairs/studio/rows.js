// Rows by a rule: the server lays them out, so that there is one rule; here they are put into the drawing.

export function rowsFrom(form, { model, canvas, view, words, say }, boxOf) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const headers = { "X-CSRFToken": document.querySelector("meta[name='csrf-token']").content, Accept: "application/json" };
    try {
      const answer = await fetch(form.dataset.rule, { method: "POST", body: new FormData(form), headers, credentials: "same-origin", redirect: "error" });
      const told = await answer.json();
      if (!answer.ok) return say(told.message);
      const taken = new Set(model.shapes.filter((shape) => shape.kind === "booth").map((shape) => shape.code));
      const twice = told.booths.filter((booth) => taken.has(booth.code));
      if (twice.length) return say(`${words.codesTaken} ${twice.slice(0, 5).map((booth) => booth.code).join(", ")}`);
      const laid = told.booths.map((booth) => model.fresh({ kind: "booth", code: booth.code, rings: [booth.ring] }));
      model.change(words.rowsAdded, [...model.shapes, ...laid]);
      model.choose(laid.map((shape) => shape.id));
      form.closest("details").open = false;
      view.show(boxOf(laid));
      canvas.focus(laid[0].id);
    } catch {
      say(words.notSaved);
    }
  });
}
