// Others' changes as they come: a stream says which booths changed, one answer brings them as they are now.
// A tab that nobody looks at lets its stream go, and comes back with the last number it has seen.

import { say } from "../_shared/app.js";

const QUIET = 120; // milliseconds to gather changes that come together

export class Live {
  constructor(board, { busy, shown }) {
    this.board = board;
    this.seen = Number(board.dataset.seq);
    this.told = this.seen;
    this.busy = busy;
    this.shown = shown;
    this.asking = null;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.close() : this.open()));
    addEventListener("pagehide", () => this.close());
    if (!document.hidden) this.open();
  }

  open() {
    if (this.source || !("EventSource" in window)) return;
    const source = new EventSource(`${this.board.dataset.live}?since=${this.seen}`);
    source.addEventListener("changed", (event) => {
      this.told = Math.max(this.told, JSON.parse(event.data).seq);
      if (this.told > this.seen) this.soon();
    });
    source.addEventListener("gone", () => this.end(this.board.dataset.gone));
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) this.end(this.board.dataset.stale);
    });
    source.addEventListener("open", () => { this.board.dataset.connected = "yes"; });
    this.source = source;
  }

  close() {
    this.source?.close();
    this.source = null;
    delete this.board.dataset.connected;
  }

  end(sentence) {
    this.close();
    say(sentence, { bad: true, stay: true });
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.catchUp(), QUIET);
  }

  /** Bring the page to what the fair is now; answers that overlap are asked for one after the other. */
  async catchUp() {
    if (this.asking) return this.asking.then(() => (this.told > this.seen ? this.catchUp() : undefined));
    if (this.busy()) return this.soon();
    this.asking = this.ask().catch(() => this.soon());
    await this.asking;
    this.asking = null;
    if (this.told > this.seen) this.soon();
  }

  async ask() {
    const address = this.board.dataset.changes.replace("/0/", `/${this.seen}/`);
    const answer = await fetch(address + location.search, {
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const news = await answer.json();
    if (news.reload) return location.reload();
    this.seen = Math.max(this.seen, news.seq);
    this.told = Math.max(this.told, this.seen);
    this.shown(news);
    this.board.dataset.seen = this.seen;
  }
}
