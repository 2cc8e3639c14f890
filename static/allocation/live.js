// Others' changes as they come: a stream says which booths changed, one answer brings them as they are now.
// A tab that nobody looks at lets its stream go, and comes back with the last number it has seen.

import { say } from "../_shared/app.js";

const QUIET = 120; // milliseconds to gather changes that come together
const MOST_OVER = 60; // booths of one question whose time is up
const LATE = 1_000; // the clocks of two machines differ a little
const LONGEST = 3_600_000; // browsers cut longer waits short

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
    this.wake();
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

  // A hold or an offer keeps its booth until its time is up, whoever writes that down and when: the booths
  // for which that moment has passed here are asked for like changed ones.
  over() {
    const now = Date.now();
    return [...this.board.querySelectorAll(".bth[data-until]")]
      .filter((booth) => Date.parse(booth.dataset.until) <= now)
      .slice(0, MOST_OVER)
      .map((booth) => booth.dataset.id);
  }

  /** Ask again when the next hold runs out. */
  wake() {
    clearTimeout(this.alarm);
    const ends = [...this.board.querySelectorAll(".bth[data-until]")].map((booth) => Date.parse(booth.dataset.until));
    if (!ends.length) return;
    const wait = Math.max(Math.min(...ends) - Date.now(), 0) + LATE;
    this.alarm = setTimeout(() => this.catchUp(), Math.min(wait, LONGEST));
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
    const query = new URLSearchParams(location.search);
    const over = this.over();
    if (over.length) query.set("over", over.join(","));
    const answer = await fetch(`${address}?${query}`, {
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const news = await answer.json();
    if (news.reload) return location.reload();
    this.seen = Math.max(this.seen, news.seq);
    this.told = Math.max(this.told, this.seen);
    this.shown(news);
    this.wake();
    this.board.dataset.seen = this.seen;
  }
}
