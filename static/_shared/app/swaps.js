/* htmx: the token travels as a header; 422 and 409 are swapped like answers, other errors are said, not swapped in. */
import { ask } from "./forms.js";
import { say, words } from "./words.js";

const SWAPPED = new Set([409, 422]);

export function swaps(enliven) {
  document.addEventListener("htmx:config:request", (event) => {
    const token = document.querySelector("meta[name='csrf-token']")?.content;
    if (token) event.detail.ctx.request.headers["X-CSRFToken"] = token;
  });

  document.addEventListener("htmx:confirm", (event) => {
    event.preventDefault();
    ask(event.detail.ctx.confirm).then((yes) => (yes ? event.detail.issueRequest() : event.detail.dropRequest()));
  });

  document.addEventListener("htmx:before:swap", (event) => {
    const { response } = event.detail.ctx;
    const status = response?.status ?? 200;
    if (status < 400 || SWAPPED.has(status)) return;
    event.preventDefault();
    say(words(status === 401 ? "signedOut" : "failed"), { bad: true });
  });

  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx) say(words(navigator.onLine ? "failed" : "offline"), { bad: true });
  });

  document.addEventListener("htmx:after:settle", (event) => enliven(event.target instanceof Element ? event.target.parentElement ?? document : document));
}
