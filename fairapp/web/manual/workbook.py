"""The workbook for contractors: sums of services, every order, texts of fascias, who moves in when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response

from fairapp.adapters.files import content_type
from fairapp.i18n import gettext as _
from fairapp.i18n import pick
from fairapp.rules.actors import Permission
from fairapp.store.badges_lists import Stand, stands_of
from fairapp.store.base import reading
from fairapp.store.duties_queries import exhibitors_asked
from fairapp.store.fairs import Fair
from fairapp.store.manual_queries import bookings_in
from fairapp.store.manual_services import ordered_of, orders_found, services_of
from fairapp.web.access import current_fair, needs
from fairapp.web.manual.bp import OFFICE, bp

Stands = Mapping[int, Sequence[Stand]]


@bp.get(f"{OFFICE}.xlsx")
@needs(Permission.MANUAL_EDIT)
def workbook(fair_code: str) -> Any:
    """Four pages, every name as its exhibitor writes it."""
    from fairapp.adapters.sheets.writing import Column, Table, xlsx_bytes  # heavy: workbooks

    session, fair, now = reading(), current_fair(), datetime.now(UTC)
    people = session.scalars(exhibitors_asked(fair.id)).all()
    stands = stands_of(session, [each.id for each in people])
    who, where, hall = Column(_("Exhibitor"), 40), Column(_("Booths"), 16), Column(_("Hall"), 12)
    service, unit = Column(_("Service"), 36), Column(_("Unit of measure"), 14)
    many = Column(_("How many"), 10, "#,##0")
    tables = [
        Table(
            _("Services in all"),
            (service, unit, many, Column(_("How many there are"), 14, "#,##0")),
            _sums(fair),
        ),
        Table(_("Orders"), (service, many, unit, who, where, hall), _orders(fair)),
        Table(
            _("Fascias"),
            (where, hall, Column(_("Text on the fascia"), 40), who),
            ((*_at(stands, each.id), each.fascia_name, each.organisation.name) for each in people),
        ),
        Table(
            _("Moving in"),
            (Column(_("Begins at"), 18), Column(_("Ends at"), 18), who, where, hall),
            _moving(fair, people, stands),
        ),
    ]
    answer = Response(
        xlsx_bytes(tables, title=pick(fair.names), made_at=now), mimetype=content_type("x.xlsx")
    )
    name = f"{fair.code}-{now.strftime('%Y%m%d')}-manual.xlsx"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _sums(fair: Fair) -> Iterator[tuple[Any, ...]]:
    items = services_of(reading(), fair.id, also_off=True)
    ordered = ordered_of(reading(), [item.id for item in items])
    return ((pick(item.names), pick(item.units), ordered.get(item.id, 0), item.stock) for item in items)


def _orders(fair: Fair) -> Iterator[tuple[Any, ...]]:
    rows = reading().scalars(orders_found(fair.id)).all()
    stands = stands_of(reading(), [row.exhibitor_id for row in rows])
    for row in sorted(rows, key=lambda each: each.service_item_id):
        yield (
            pick(row.item.names),
            row.quantity,
            pick(row.item.units),
            row.exhibitor.organisation.name,
            *_at(stands, row.exhibitor_id),
        )


def _moving(fair: Fair, people: Sequence[Any], stands: Stands) -> Iterator[tuple[Any, ...]]:
    """By time, in the fair's own clock."""
    slots, zone = bookings_in(reading(), fair.id), ZoneInfo(fair.timezone)
    coming = [(slots[each.id], each) for each in people if each.id in slots]
    for slot, each in sorted(coming, key=lambda pair: (pair[0].starts_at, pair[1].id)):
        times = (at.astimezone(zone).replace(tzinfo=None) for at in (slot.starts_at, slot.ends_at))
        yield (*times, each.organisation.name, *_at(stands, each.id))


def _at(stands: Stands, exhibitor_id: int) -> tuple[str, str]:
    """Booths and halls of an exhibitor, each in a row."""
    there = stands.get(exhibitor_id, ())
    halls = dict.fromkeys(stand.hall for stand in there)
    return ", ".join(stand.booth for stand in there), ", ".join(halls)
