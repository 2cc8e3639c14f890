"""What many open boards ask for at the same moment is made once, and given to all of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

KEPT_S = 2.0
"""How long an answer is given out: what changes without a number of its own is that late at most."""
MOST = 60
"""Questions remembered at a time: halls, days, colours and filters that are open now."""


@dataclass(slots=True)
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    answer: dict[str, Any] | None = None
    until: float = 0.0


class Answers:
    """The answers of the last moments, by everything that they depend on."""

    def __init__(self, kept_s: float = KEPT_S, clock: Callable[[], float] = time.monotonic) -> None:
        self.kept_s = kept_s
        self.clock = clock
        self.guard = threading.Lock()
        self.kept: dict[Hashable, _Kept] = {}

    def answer(self, question: Hashable, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """The answer that is there, or made now while others who ask the same wait for it."""
        with self.guard:
            one = self.kept.pop(question, None) or _Kept()
            self.kept[question] = one  # the last asked for is the last forgotten
            while len(self.kept) > MOST:
                del self.kept[next(iter(self.kept))]
        with one.lock:
            if one.answer is None or self.clock() >= one.until:
                one.answer = make()
                one.until = self.clock() + self.kept_s
            return one.answer
