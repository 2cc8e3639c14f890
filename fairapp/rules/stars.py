"""Stars and products as lists write them: ``5 sao``, ``4 stars``, ``★★★★``, ``Cà phê rang (4 sao); Trà``."""

import re
from typing import NamedTuple

from fairapp.rules.text import fold

MOST_PRODUCTS = 50
LONGEST_PRODUCT = 200


class Offered(NamedTuple):
    """A product that a list names, with its stars when it tells them."""

    name: str
    stars: int | None


_STAR_WORD = r"(?:sao|stars?|sterne?|etoiles?|estrellas?|stell[ae]|星|つ星|성|ดาว|bintang)"
_NUMBER_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5,
}  # fmt: skip
_NUMBER = "|".join([r"[1-5](?:[.,]0+)?", *_NUMBER_WORDS])
_COUNTED = re.compile(
    rf"(?:ocop|hang|dat|rated|rating|xep hang|phan hang|\s|:|-)*({_NUMBER})\s*-?\s*(?:{_STAR_WORD}|\*)?\s*"
    r"(?:ocop|\.|/\s*5|(?:of|out of)\s*5)?(?:\s*(?:sao|stars?))?\s*"
)
_PLAIN_STARS = re.compile(r"([★⭐✩✪✭✮✯*]{1,5})[☆✰]{0,4}")
_TAIL = re.compile(
    r"\s*(?:[(\[]\s*([^()\[\]]{1,24})\s*[)\]]|[-–,:]\s*([^-–,:()]{1,24})|\s((?:ocop\s*)?[1-5]\s*(?:sao|stars?))|([★⭐]{1,5}☆{0,4}))\s*$",
    re.IGNORECASE,
)


def stars_of(text: str) -> int | None:
    """Return the number of stars, 1 to 5, that a cell tells; nothing for anything else."""
    written = "".join(text.split()).replace("\ufe0f", "")
    if hit := _PLAIN_STARS.fullmatch(written):
        return len(hit[1])
    if hit := _COUNTED.fullmatch(fold(text)):
        number = hit[1].partition(".")[0].partition(",")[0]
        return _NUMBER_WORDS.get(number) or int(number)
    return None


def products_of(text: str, stars: int | None = None) -> tuple[Offered, ...]:
    """Return the products of a cell, each once, with its own stars or else the row's."""
    out: dict[str, Offered] = {}
    for piece in re.split(r"[;\n|；]+", text):
        name, own = _apart(piece.strip(" \t•·*-–—.,"))
        if name:
            out.setdefault(fold(name), Offered(name[:LONGEST_PRODUCT], own or stars))
    return tuple(out.values())[:MOST_PRODUCTS]


def _apart(piece: str) -> tuple[str, int | None]:
    hit = _TAIL.search(piece)
    if hit:
        told = next(group for group in hit.groups() if group)
        own = stars_of(told)
        if own and not told.strip().isdigit():
            return piece[: hit.start()].strip(), own
    return piece, None
