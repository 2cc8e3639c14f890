"""Words that a writer stresses: *so*. Everything else in a text is only text."""

from __future__ import annotations

import re

Span = tuple[str, bool]
"""A stretch of a text, and whether it is stressed."""

# A star opens before a letter and closes behind one. Beside a letter of a script that parts its words by
# blanks it is only a star, as in 2*3; Thai, Lao, Khmer, Burmese, Chinese and Japanese write without blanks.
_PARTED = "0-9A-Za-z\u00aa-\u024f\u0370-\u08ff\u0900-\u0dff\u1e00-\u1fff\uac00-\ud7a3"
_INNER = r"(?:[^*\\\n]|\\.)*?"
_STRESSED = re.compile(rf"(?<![{_PARTED}*\\])\*(?=[^\s*])({_INNER}(?:[^\s*\\]|\\\*))\*(?![{_PARTED}*])")
_KEPT = re.compile(r"\\\*")


def spans(text: str) -> tuple[Span, ...]:
    """The text in stretches, its marks taken away; ``\\*`` is always a star, and so is one without a pair."""
    if "*" not in text:
        return ((text, False),) if text else ()
    found: list[Span] = []
    at = 0
    for hit in _STRESSED.finditer(text):
        if hit.start() > at:
            found.append((_KEPT.sub("*", text[at : hit.start()]), False))
        found.append((_KEPT.sub("*", hit[1]), True))
        at = hit.end()
    if at < len(text):
        found.append((_KEPT.sub("*", text[at:]), False))
    return tuple(found)


def plain(text: str) -> str:
    """The text without its marks, for places that cannot stress."""
    return "".join(part for part, _ in spans(text))
