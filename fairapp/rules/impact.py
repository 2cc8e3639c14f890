"""What follows from an act before it is done: two pictures of a fair compared, in words for both sides.

The act is done and undone again to see the second picture, so that what is shown is what happens.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Follow(StrEnum):
    """One thing that follows."""

    LEAVES = "leaves"
    BOOTHS_FREE = "booths_free"
    MOVES = "moves"
    RESIZED = "resized"
    CROWDED = "crowded"
    HOLDS_MORE = "holds_more"
    PLACES_LOST = "places_lost"
    PLACES_MOVE = "places_move"
    NEIGHBOURS = "neighbours"
    BADGES_VOID = "badges_void"
    BADGES_INSIDE = "badges_inside"
    BADGES_BEYOND = "badges_beyond"
    CATALOGUE_GONE = "catalogue_gone"
    CATALOGUE_CHANGES = "catalogue_changes"
    CATALOGUE_MADE = "catalogue_made"
    CHARGES_END = "charges_end"
    SERVICES_END = "services_end"
    FEE = "fee"
    CREDIT_DUE = "credit_due"
    REFUND = "refund"
    PRICE = "price"
    ASKED_PRICE = "asked_price"
    CONTRACT = "contract"
    LINE_LEFT = "line_left"
    OFFERED = "offered"


THE_ACT_ITSELF = frozenset({Follow.MOVES, Follow.BOOTHS_FREE, Follow.LINE_LEFT})
"""What was asked for in so many words: where nothing else follows nobody is asked again."""
OFFICE_ONLY = frozenset({Follow.OFFERED, Follow.NEIGHBOURS, Follow.CATALOGUE_MADE})
"""About others: exhibitors do not read it."""
ITS_OWN = frozenset(
    {
        Follow.BADGES_INSIDE,
        Follow.CHARGES_END,
        Follow.SERVICES_END,
        Follow.FEE,
        Follow.CREDIT_DUE,
        Follow.REFUND,
        Follow.PRICE,
        Follow.CONTRACT,
    }
)
"""Money and papers: nobody but the office reads those of somebody else."""


class ImpactRefusal(StrEnum):
    """Why an act waits."""

    NOT_AS_SHOWN = "impact_not_as_shown"


@dataclass(frozen=True, slots=True)
class Party:
    """An exhibitor as far as acts on booths and applications change it."""

    name: str
    takes_part: bool
    booths: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Booths of others that it shares."""
    sizes: tuple[tuple[str, float], ...] = ()
    """The floor of each of its booths, in m²."""
    asked_booths: int = 0
    """How many booths its application asks for."""
    companies: int = 0
    needs_m2: float = 0.0
    floor_m2: float = 0.0
    fits: bool = True
    """Everybody at its stand, the floor that all of them need, the one that counts, and whether it does."""
    beside: frozenset[str] = frozenset()
    """Members of its own delegation at the next booths."""
    badges: int = 0
    allotted: int = 0
    inside: int = 0
    """People who have passed a gate with badges that are valid."""
    owed_minor: int = 0
    """Everything charged to itself, the cancellation fee left out."""
    fee_minor: int = 0
    services: int = 0
    credit_due_minor: int = 0
    """Invoiced and not owed any more."""
    paid_minor: int = 0
    price_minor: int | None = None
    """What its booths cost today; None where nothing says it."""
    currency: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A fair at one moment, as far as an act touches it."""

    parties: Mapping[int, Party]
    offers: frozenset[tuple[str, str]] = frozenset()
    """Booths that are offered to the waiting list, and to whom."""
    asked_minor: int | None = None
    asked_currency: str = ""
    """What the application asks for costs today, where it holds no booth yet."""
    waits: bool = False
    """The application stands on the waiting list."""
    catalogue_made: bool = False


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that follows, with what its sentence needs; ``currency`` of its amounts, ``whose`` it is."""

    follow: Follow
    facts: Mapping[str, object] = field(default_factory=dict)
    currency: str = ""
    whose: int | None = None


def compare(before: Picture, after: Picture) -> tuple[Consequence, ...]:
    """Everything that differs, party by party in their order, then what becomes of the waiting list."""
    found: list[Consequence] = []
    for number, was in before.parties.items():
        now = after.parties[number]
        theirs = _stands(was, now) + _floor(was, now) + _people(was, now)
        theirs += _print(was, now, before.catalogue_made) + _money(was, now)
        found += [replace(each, whose=number) for each in theirs]
    if None not in (before.asked_minor, after.asked_minor) and before.asked_minor != after.asked_minor:
        asked = {"amount_before": before.asked_minor, "amount_after": after.asked_minor}
        found.append(Consequence(Follow.ASKED_PRICE, asked, after.asked_currency))
    if before.waits and not after.waits:
        found.append(Consequence(Follow.LINE_LEFT))
    for code, name in sorted(after.offers - before.offers):
        found.append(Consequence(Follow.OFFERED, {"code": code, "name": name}))
    return tuple(found)


def for_exhibitor(impact: Iterable[Consequence], own: Collection[int]) -> tuple[Consequence, ...]:
    """As far as the exhibitors with the numbers ``own`` read it themselves."""
    return tuple(
        each
        for each in impact
        if each.follow not in OFFICE_ONLY and (each.follow not in ITS_OWN or each.whose in own)
    )


def asks_first(impact: Iterable[Consequence]) -> bool:
    """Whether more follows than what was asked for."""
    return any(each.follow not in THE_ACT_ITSELF for each in impact)


def digest_of(impact: Sequence[Consequence]) -> str:
    """A short mark of an impact: another one has another mark."""
    lines = [f"{each.follow.value} {sorted(each.facts.items())} {each.currency}" for each in impact]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def _stands(was: Party, now: Party) -> list[Consequence]:
    found = []
    if was.takes_part and not now.takes_part:
        found.append(Consequence(Follow.LEAVES, {"name": was.name}))
    lost, new = _listed(was.booths, now.booths), _listed(now.booths, was.booths)
    if lost and new:
        found.append(Consequence(Follow.MOVES, {"name": was.name, "before": lost, "after": new}))
    elif lost:
        found.append(Consequence(Follow.BOOTHS_FREE, {"name": was.name, "codes": lost}))
    lost, new = _listed(was.places, now.places), _listed(now.places, was.places)
    if lost and new:
        found.append(Consequence(Follow.PLACES_MOVE, {"name": was.name, "before": lost, "after": new}))
    elif lost:
        found.append(Consequence(Follow.PLACES_LOST, {"name": was.name, "codes": lost}))
    if apart := was.beside - now.beside:
        facts = {"name": was.name, "others": ", ".join(sorted(apart))}
        found.append(Consequence(Follow.NEIGHBOURS, facts))
    if was.signed and was.takes_part and not now.takes_part:
        found.append(Consequence(Follow.CONTRACT, {"name": was.name}))
    return found


def _floor(was: Party, now: Party) -> list[Consequence]:
    found = []
    sizes = dict(now.sizes)
    for code, size in was.sizes:
        if code in sizes and sizes[code] != size:
            facts = {"name": was.name, "code": code, "area_before": size, "area_after": sizes[code]}
            found.append(Consequence(Follow.RESIZED, facts))
    beyond = len(now.booths) > now.asked_booths > 0
    if beyond and was.asked_booths > now.asked_booths:
        held = {"name": was.name, "held": len(now.booths), "asked": now.asked_booths}
        found.append(Consequence(Follow.HOLDS_MORE, held))
    if now.takes_part and was.fits and not now.fits:
        crowd = {"name": was.name, "count": now.companies}
        areas = {"area_needed": now.needs_m2, "area_there": now.floor_m2}
        found.append(Consequence(Follow.CROWDED, crowd | areas))
    return found


def _people(was: Party, now: Party) -> list[Consequence]:
    found = []
    if void := was.badges - now.badges:
        found.append(Consequence(Follow.BADGES_VOID, {"name": was.name, "count": void}))
        if was.inside > now.inside:
            found.append(
                Consequence(Follow.BADGES_INSIDE, {"name": was.name, "count": was.inside - now.inside})
            )
    beyond = max(0, now.badges - now.allotted)
    if beyond > max(0, was.badges - was.allotted):
        found.append(Consequence(Follow.BADGES_BEYOND, {"name": was.name, "count": beyond}))
    return found


def _print(was: Party, now: Party, catalogue_made: bool) -> list[Consequence]:
    if was.takes_part and not now.takes_part:
        found = [Consequence(Follow.CATALOGUE_GONE, {"name": was.name})]
    elif (was.booths, was.places) != (now.booths, now.places):
        found = [Consequence(Follow.CATALOGUE_CHANGES, {"name": was.name})] if catalogue_made else []
    else:
        return []
    return found + ([Consequence(Follow.CATALOGUE_MADE, {"name": was.name})] if catalogue_made else [])


def _money(was: Party, now: Party) -> list[Consequence]:
    found = []
    leaves = was.takes_part and not now.takes_part
    sums = (
        (Follow.CHARGES_END, was.owed_minor - now.owed_minor),
        (Follow.FEE, now.fee_minor - was.fee_minor),
        (Follow.CREDIT_DUE, now.credit_due_minor - was.credit_due_minor),
        (Follow.REFUND, max(0, was.paid_minor - now.fee_minor) if leaves else 0),
    )
    for follow, amount in sums:
        if amount > 0:
            found.append(Consequence(follow, {"name": was.name, "amount": amount}, was.currency))
    if was.services > now.services:
        facts: dict[str, object] = {"name": was.name, "count": was.services - now.services}
        found.append(Consequence(Follow.SERVICES_END, facts))
    changed = None not in (was.price_minor, now.price_minor) and was.price_minor != now.price_minor
    if changed and not leaves:
        facts = {"name": was.name, "amount_before": was.price_minor, "amount_after": now.price_minor}
        found.append(Consequence(Follow.PRICE, facts, was.currency))
    return found


def _listed(these: Sequence[str], without: Sequence[str]) -> str:
    return ", ".join(each for each in these if each not in without)
