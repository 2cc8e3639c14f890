"""Have a fair's documents made: its catalogue, and the signs of its booths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.catalogue import CatalogueOrder, CataloguePaper, CatalogueStories, PrintRefusal
from fairapp.rules.catalogue_changes import against_addendum
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.rules.jobs import UNDER_WAY
from fairapp.rules.signs import SCALES, SignKind, SignRefusal, fascia_size, is_board
from fairapp.store.base import LOCK
from fairapp.store.catalogue_contents import cut_off_of
from fairapp.store.catalogue_queries import exhibitor_count, sign_count
from fairapp.store.fairs import Fair
from fairapp.store.operations import Job
from fairapp.store.signs_queries import is_placed
from fairapp.usecases import audit, outbox
from fairapp.usecases.permission import require

CATALOGUE, SIGNS = "catalogue", "signs"
SAME_PRESS = timedelta(minutes=10)
"""Asking again within this time for what is under way gives the work that is under way."""


@dataclass(frozen=True, slots=True)
class StartCatalogue:
    """A catalogue in one language; ``reader`` is the language of the report about it."""

    fair_id: int
    language: str
    order: CatalogueOrder
    reader: str
    paper: CataloguePaper = CataloguePaper.BOOK
    stories: CatalogueStories = CatalogueStories.ONE
    addendum: bool = False
    """Only what has changed since the edition's cut-off."""


@dataclass(frozen=True, slots=True)
class StartSigns:
    """One kind of signs; ``language`` stands first, ``also`` are further ones of a booth's sign, ``here`` is
    the booth at which a directory hangs, ``unasked`` prints boards of registered names too."""

    fair_id: int
    language: str
    reader: str
    kind: SignKind = SignKind.BOOTH
    scale: int = 1
    here: str = ""
    also: tuple[str, ...] = ()
    unasked: bool = False


@dataclass(frozen=True, slots=True)
class KeepBoard:
    """The size of the fair's fascia boards in millimetres."""

    fair_id: int
    wide: int
    high: int


def start_catalogue(session: Session, actor: Actor, order: StartCatalogue, now: datetime) -> Job:
    """Promise the catalogue or its addendum; its row tells how far it is.

    :raises Refused: when nobody is admitted to the fair yet, or an addendum's cut-off has not passed.
    """
    fair = _fair(session, actor, order.fair_id)
    if not exhibitor_count(session, fair.id):
        raise Refused(PrintRefusal.NO_EXHIBITORS)
    wanted: dict[str, str | int] = {
        "language": order.language,
        "order": order.order.value,
        "paper": order.paper.value,
        "stories": order.stories.value,
    }
    if order.addendum:
        cut_off = cut_off_of(session, fair.id, order.language)
        if refusal := against_addendum(None if cut_off is None else cut_off.at, now):
            raise Refused(refusal)
        wanted["addendum"] = True
    return _start(session, actor, fair, CATALOGUE, now, wanted, order.reader)


def start_signs(session: Session, actor: Actor, order: StartSigns, now: datetime) -> Job:
    """Promise one kind of signs.

    :raises Refused: when the fair has no booths yet.
    :raises Invalid: when the scale is none, or the directory hangs at a booth that is not there.
    """
    fair = _fair(session, actor, order.fair_id)
    if not sign_count(session, fair.id):
        raise Refused(PrintRefusal.NO_BOOTHS)
    if order.scale not in SCALES:
        raise Invalid(scale=SignRefusal.SCALE)
    if order.here and not is_placed(session, fair.id, order.here):
        raise Invalid(here=SignRefusal.NO_SUCH_BOOTH)
    wanted: dict[str, str | int] = {"language": order.language}
    if order.kind is SignKind.BOOTH:
        wanted |= {"also": " ".join(order.also)} if order.also else {}
    else:
        wanted |= {"kind": order.kind.value, "scale": order.scale, "here": order.here}
    if order.unasked:
        wanted |= {"unasked": 1}
    return _start(session, actor, fair, SIGNS, now, wanted, order.reader)


def keep_board(session: Session, actor: Actor, order: KeepBoard, now: datetime) -> None:
    """Keep the size of fascia boards with the fair; the same size again changes nothing.

    :raises Invalid: when no board of this size can be printed.
    """
    fair = _fair(session, actor, order.fair_id)
    if not is_board(order.wide, order.high):
        raise Invalid(high=SignRefusal.BOARD_SIZE)
    if "fascia_mm" in fair.settings and fascia_size(fair.settings["fascia_mm"]) == (order.wide, order.high):
        return
    fair.settings = {**fair.settings, "fascia_mm": [order.wide, order.high]}
    audit.record(
        session, actor, "signs.board_kept", now, fair_id=fair.id, wide_mm=order.wide, high_mm=order.high
    )


def _fair(session: Session, actor: Actor, fair_id: int) -> Fair:
    """The fair with its row locked, so that two presses of one button meet each other."""
    fair = session.get(Fair, fair_id, with_for_update=LOCK, populate_existing=True)
    if fair is None or not actor.may(Permission.FAIR_SEE, fair_id):
        raise Missing
    require(actor, Permission.CATALOGUE_PRINT, fair_id)
    return fair


def _start(
    session: Session,
    actor: Actor,
    fair: Fair,
    name: str,
    now: datetime,
    wanted: Mapping[str, str | int],
    reader: str,
) -> Job:
    facts = {"fair": fair.id, **wanted, "reader": reader}
    for job in session.scalars(
        select(Job)
        .where(Job.fair_id == fair.id, Job.name == name, Job.made_at > now - SAME_PRESS)
        .where(Job.state.in_(UNDER_WAY))
    ):
        if job.facts == facts:
            return job
    job = outbox.start_job(session, actor, name, now, fair_id=fair.id, **facts)
    audit.record(session, actor, f"{name}.started", now, fair_id=fair.id, job=job.id, **wanted)
    return job
