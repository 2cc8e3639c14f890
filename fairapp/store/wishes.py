"""What applicants wish of their place: ranked booths, halls and zones, and their neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ForeignKey, Select, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, contains_eager, joinedload, mapped_column, relationship

from fairapp.rules.text import name_key
from fairapp.rules.wishes import Beside, WishKind
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications import Application
from fairapp.store.base import Base, one_of
from fairapp.store.fairs import Booth, Hall
from fairapp.store.producers import Organisation


class BoothPreference(Base):
    """A wish of an application, the first rank counts most; one of booth, hall and zone is set."""

    __tablename__ = "booth_preference"
    __table_args__ = (UniqueConstraint("application_id", "rank"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    rank: Mapped[int]
    """From 1."""
    kind: Mapped[WishKind] = mapped_column(one_of(WishKind))
    booth_id: Mapped[int | None] = mapped_column(ForeignKey("booth.id"), index=True)
    hall_id: Mapped[int | None] = mapped_column(ForeignKey("hall.id"))
    zone: Mapped[str | None] = mapped_column(String(60))
    booth: Mapped[Booth | None] = relationship()
    hall: Mapped[Hall | None] = relationship()


class NeighbourWish(Base):
    """An exhibitor, by its name, near or apart from whom an application wishes to stand."""

    __tablename__ = "neighbour_wish"
    __table_args__ = (UniqueConstraint("application_id", "name_key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    kind: Mapped[Beside] = mapped_column(one_of(Beside))
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(300), index=True)
    """What makes two spellings one name."""


@dataclass(frozen=True, slots=True)
class WishedNeighbour:
    """A wish about a neighbour; ``exhibitor_id`` None while nobody of this name is an exhibitor."""

    application_id: int
    kind: Beside
    name: str
    exhibitor_id: int | None


def preferences_of(session: Session, application_ids: Iterable[int]) -> dict[int, list[BoothPreference]]:
    """The ranked wishes of these applications, the first first, each with its booth and hall."""
    rows = session.scalars(
        select(BoothPreference)
        .where(BoothPreference.application_id.in_(list(application_ids)))
        .order_by(BoothPreference.application_id, BoothPreference.rank)
        .options(joinedload(BoothPreference.booth), joinedload(BoothPreference.hall))
    )
    found: dict[int, list[BoothPreference]] = {}
    for row in rows:
        found.setdefault(row.application_id, []).append(row)
    return found


def neighbours_of(session: Session, application_ids: Iterable[int]) -> dict[int, list[NeighbourWish]]:
    """Whom these applications wish near or apart, as they wrote it."""
    rows = session.scalars(
        select(NeighbourWish)
        .where(NeighbourWish.application_id.in_(list(application_ids)))
        .order_by(NeighbourWish.application_id, NeighbourWish.kind, NeighbourWish.id)
    )
    found: dict[int, list[NeighbourWish]] = {}
    for row in rows:
        found.setdefault(row.application_id, []).append(row)
    return found


def preferences_of_fair(session: Session, fair_id: int) -> Sequence[BoothPreference]:
    """Every ranked wish of the fair's exhibitors, for a plan of the whole fair."""
    return session.scalars(
        select(BoothPreference)
        .join(Exhibitor, Exhibitor.application_id == BoothPreference.application_id)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None))
        .order_by(BoothPreference.application_id, BoothPreference.rank)
    ).all()


def neighbours_of_fair(session: Session, fair_id: int) -> list[WishedNeighbour]:
    """Every wish about a neighbour of the fair's exhibitors, its name looked up among them."""
    names = session.execute(
        select(Exhibitor.id, Organisation.name, Organisation.name_latin)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None))
        .order_by(Exhibitor.id.desc())
    ).all()
    known = {name_key(name): number for number, *both in names for name in reversed(both) if name}
    wished = session.execute(
        select(NeighbourWish.application_id, NeighbourWish.kind, NeighbourWish.name, NeighbourWish.name_key)
        .join(Exhibitor, Exhibitor.application_id == NeighbourWish.application_id)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None))
        .order_by(NeighbourWish.id)
    )
    return [WishedNeighbour(one, kind, name, known.get(key)) for one, kind, name, key in wished]


def wishing(fair_id: int) -> Select[Application]:
    """The applications of the fair with a wish about their place, by their organisation's name."""
    ranked = select(BoothPreference.id).where(BoothPreference.application_id == Application.id).exists()
    beside = select(NeighbourWish.id).where(NeighbourWish.application_id == Application.id).exists()
    return (
        select(Application)
        .join(Application.organisation)
        .options(contains_eager(Application.organisation))
        .where(Application.fair_id == fair_id, ranked | beside)
        .order_by(Organisation.name_key, Application.id)
    )


def how_many_wish(session: Session, fair_id: int) -> int:
    """How many applications of the fair have a wish about their place."""
    return session.scalar(select(func.count()).select_from(wishing(fair_id).order_by(None).subquery())) or 0
