/* What every page may do when scripts run; each page works without it.
   One small module per concern; attributes that switch them on are listed in docs/look.md. */
import { summary } from "./app/summary.js";
import { forms } from "./app/forms.js";
import { autosave } from "./app/autosave.js";
import { menus } from "./app/menus.js";
import { pieces } from "./app/pieces.js";
import { swaps } from "./app/swaps.js";

export { say } from "./app/words.js";

/** Bring the controls inside `root` to life; called again for everything that is swapped in. */
export function enliven(root) {
  summary(root);
  forms(root);
  autosave(root);
  pieces(root);
}

menus();
swaps(enliven);
enliven(document);
document.documentElement.classList.add("has-js");
