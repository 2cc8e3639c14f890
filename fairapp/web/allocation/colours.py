"""What a booth's colour tells, with the mark that tells the same, and the legend that is the key to both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request
from sqlalchemy.orm import Session

from fairapp.i18n import pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.board_colours import AGREED, Agreed, Colour, Score, Standing, colour_named, score_of
from fairapp.store.allocation_board import Holding
from fairapp.store.allocation_money import money_standings
from fairapp.store.applications_reviewing import means_in
from fairapp.store.fairs import Fair, ProductGroup
from fairapp.web.plan_drawing import LOOKS, STATE_SIGNS, HallDrawing, MarkState

_KINDS: Mapping[Colour, type[Agreed | Standing | Score]] = {
    Colour.STATE: Agreed,
    Colour.PAYMENT: Standing,
    Colour.SCORE: Score,
}
_STATES = (
    MarkState.ALLOCATED,
    MarkState.OFFERED,
    MarkState.HELD,
    MarkState.FREE,
    MarkState.KEPT,
    MarkState.BLOCKED,
)


@dataclass(frozen=True, slots=True)
class Groups:
    """The product groups of a fair's scheme: code to mark and name."""

    marks: Mapping[str, str]
    names: Mapping[str, str]

    @property
    def legend(self) -> list[tuple[str, str]]:
        """(mark, name) pairs for the legend."""
        return [(mark, self.names[code]) for code, mark in self.marks.items()]


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: a look, its mark on a 12 grid, its words, and how many booths look so."""

    look: str
    mark: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Paint:
    """How the taken booths of a board are coloured."""

    colour: Colour
    groups: Groups
    money: Mapping[int, Standing] = field(default_factory=dict)
    scores: Mapping[int, tuple[float, int]] = field(default_factory=dict)

    def look(self, held: Holding) -> str | None:
        """What the booth of this claim looks like."""
        if self.colour is Colour.STATE:
            return AGREED.get(held.state)
        if self.colour is Colour.PAYMENT:
            return self.money.get(held.exhibitor_id, Standing.UNBILLED)
        if self.colour is Colour.SCORE:
            mean = self.scores.get(held.application_id or 0)
            return score_of(None if mean is None else mean[0] / 100)
        return self.groups.marks.get(held.group or "")

    def words(self, held: Holding) -> str:
        """The same for whoever hears it: the group, and what else the colour tells."""
        group = self.groups.names.get(held.group or "", "")
        look = self.look(held)
        told = "" if look is None or self.colour is Colour.GROUP else self._name(look)
        return ", ".join(part for part in (group, told) if part)

    def legend(self, drawing: HallDrawing) -> tuple[list[Key], list[Key]]:
        """The looks, then the states, each with how many booths of the hall have it."""
        looks = Counter(mark.look for mark in drawing.booths)
        states = Counter(mark.state for mark in drawing.booths)
        known = self.groups.marks.values() if self.colour is Colour.GROUP else _KINDS[self.colour]
        return (
            [Key(each, LOOKS[each], self._name(each), looks[each]) for each in known if each in LOOKS],
            [Key(each, STATE_SIGNS.get(each, ""), "", states[each]) for each in _STATES],
        )

    def _name(self, look: str) -> str:
        if self.colour is Colour.GROUP:
            code = next(code for code, mark in self.groups.marks.items() if mark == look)
            return self.groups.names[code]
        return phrase(_KINDS[self.colour](look))


def groups_of(session: Session, fair: Fair) -> Groups:
    """The groups of the fair's scheme in their order."""
    found = (
        session.query(ProductGroup.code, ProductGroup.mark, ProductGroup.names)
        .filter_by(scheme=fair.scheme)
        .order_by(ProductGroup.position)
        .all()
    )
    return Groups({code: mark for code, mark, _ in found}, {code: pick(names) for code, _, names in found})


def paint_asked(session: Session, fair: Fair) -> Paint:
    """The colouring that the address asks for."""
    colour, groups = colour_named(request.args.get("colour")), groups_of(session, fair)
    if colour is Colour.PAYMENT:
        return Paint(colour, groups, money=money_standings(session, fair.id))
    if colour is Colour.SCORE:
        return Paint(colour, groups, scores=means_in(session, fair.id))
    return Paint(colour, groups)
