// The whole drawing goes out as one order with the revision it began from; what comes back is shown, nothing is lost.

export function featureOf(shape) {
  const properties = { kind: shape.kind, code: shape.code || "" };
  if (shape.kind === "booth" && shape.raw) properties.booth_kind = "raw_space";
  for (const name of ["zone", "amount", "also", "instead_of"]) if (shape[name]?.length || shape[name] > 0) properties[name] = shape[name];
  if (shape.rings[0].length < 3) return { type: "Feature", properties, geometry: { type: "Point", coordinates: shape.rings[0][0] } };
  const coordinates = shape.rings.map((ring) => [...ring, ring[0]]);
  return { type: "Feature", properties, geometry: { type: "Polygon", coordinates } };
}

export class Saver {
  constructor(root, { model, canvas, findings, words, say }) {
    Object.assign(this, { root, model, canvas, findings, words, say });
    this.revision = Number(root.dataset.revision);
    this.button = root.querySelector("[data-do='save']");
    this.conflict = root.querySelector("[data-conflict]");
    this.key = `studio:${root.dataset.save}`;
    model.addEventListener("drawn", () => this.look());
    window.addEventListener("beforeunload", (event) => model.dirty && event.preventDefault());
    this.look();
  }

  look() {
    this.button.classList.toggle("is-waiting", this.model.dirty);
    this.root.querySelector("[data-state]").textContent = this.model.dirty ? this.words.unsaved : this.words.allSaved;
  }

  async save(asNew = false) {
    if (this.busy) return;
    this.busy = true;
    const shapes = this.model.shapes;
    const body = new FormData();
    body.set("revision", this.revision);
    body.set("drawing", JSON.stringify(shapes.map(featureOf)));
    if (asNew) body.set("as_new", "y");
    try {
      const headers = { "X-CSRFToken": document.querySelector("meta[name='csrf-token']").content, Accept: "application/json" };
      const answer = await fetch(this.root.dataset.save, { method: "POST", body, headers, credentials: "same-origin", redirect: "error" });
      const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      this.answer(answer, told, shapes);
    } catch {
      this.say(this.words.notSaved);
    } finally {
      this.busy = false;
    }
  }

  answer(answer, told, shapes) {
    this.canvas.troubled = new Set((told.refused ?? []).map((one) => shapes[one.at]?.id));
    if (answer.ok && told.address) {
      this.model.settle(shapes);
      location.assign(told.address);
    } else if (answer.ok) {
      this.revision = told.revision;
      this.conflict.hidden = true;
      this.model.settle(shapes);
      this.look();
      this.findings.show(told.findings, shapes);
      this.say(this.words.saved);
    } else if (answer.status === 409) {
      this.conflict.hidden = false;
      this.conflict.querySelector("[data-why]").textContent = told.message;
      this.conflict.querySelector("button").focus();
    } else {
      this.findings.refuse(told.refused ?? [], shapes);
      this.say(told.message ?? this.words.notSaved);
    }
    this.canvas.look();
  }
}
