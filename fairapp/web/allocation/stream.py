"""The stream by which an open board hears of every change, whichever process wrote it.

One thread of each process asks for the newest numbers of the fairs that are watched in it; the streams
themselves sleep and hold no connection to the database meanwhile.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

LOOK_S = 0.4
"""How often the newest numbers are asked for."""
BEAT_S = 8.0
"""How often a quiet stream shows that it lives, and asks whether its reader may still read."""
LIFE_S = 55.0
"""How long one answer lasts; the browser comes again by itself, with the last number it has seen."""
SOON_MS, LATER_MS = 300, 1200
"""When it comes again: after an answer that lasted; after one that was cut short for want of threads."""
MOST_AT_ONCE = 400


class Watch:
    """The newest number of each fair that somebody watches; one look serves all streams of a process."""

    def __init__(self, ask: Callable[[Iterable[int]], dict[int, int]], most: int) -> None:
        self.ask = ask
        self.most = most
        self.changed = threading.Condition()
        self.newest: dict[int, int] = {}
        self.watched: Counter[int] = Counter()
        self.looking = False

    def enter(self, fair_id: int) -> bool:
        """Take a place among the streams; False when there is none left."""
        with self.changed:
            if self.watched.total() >= self.most:
                return False
            self.watched[fair_id] += 1
            if not self.looking:
                self.looking = True
                threading.Thread(target=self._look, name="board-watch", daemon=True).start()
            return True

    def leave(self, fair_id: int) -> None:
        """Give the place back."""
        with self.changed:
            self.watched[fair_id] -= 1
            if not self.watched[fair_id]:
                del self.watched[fair_id]
                self.newest.pop(fair_id, None)

    def wait(self, fair_id: int, seq: int, seconds: float) -> bool:
        """Sleep until there is something newer than ``seq``; False when the time was up first."""
        with self.changed:
            return self.changed.wait_for(lambda: self.newest.get(fair_id, 0) > seq, seconds)

    def _look(self) -> None:
        while True:
            with self.changed:
                fairs = list(self.watched)
                if not fairs:
                    self.looking = False
                    return
            try:
                found = self.ask(fairs)
            except Exception:
                found = {}
            with self.changed:
                self.newest.update((fair, seq) for fair, seq in found.items() if fair in self.watched)
                self.changed.notify_all()
            time.sleep(LOOK_S)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads which fair's events: what is new for them, or None once they may not read any more."""

    fair_id: int
    news: Callable[[int], list[tuple[int, int, int | None]] | None]


def stream(watch: Watch, reader: Reader, seq: int, life_s: float) -> Iterator[str]:
    """The events after ``seq`` as they come, for so long; each carries its number for the next time."""
    if not watch.enter(reader.fair_id):
        yield f"retry: {LATER_MS}\n\n"
        for line, _last in _told(reader, seq):
            yield line
        return
    try:
        yield f"retry: {SOON_MS}\n: here\n\n"
        ends = time.monotonic() + life_s
        while True:
            for line, last in _told(reader, seq):
                yield line
                if last is None:
                    return
                seq = last
            left = ends - time.monotonic()
            if left <= 0:
                return
            if not watch.wait(reader.fair_id, seq, min(left, BEAT_S)):
                yield ": here\n\n"  # a reader who has gone is noticed by what is written to them
    finally:
        watch.leave(reader.fair_id)


def _told(reader: Reader, seq: int) -> Iterator[tuple[str, int | None]]:
    """What is new, with the number it ends at; None when the reader has lost the right to it."""
    while (found := reader.news(seq)) is not None:
        if not found:
            return
        seq = found[-1][0]
        booths = sorted({each for _, one, other in found for each in (one, other) if each is not None})
        yield f"id: {seq}\nevent: changed\ndata: {json.dumps({'seq': seq, 'booths': booths})}\n\n", seq
    yield "event: gone\ndata: {}\n\n", None
