"""See what follows from an act before it is done, and do it only as it was shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from fairapp.rules.billing import Payer, PriceKind, line_amounts
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.impact import (
    Consequence,
    ImpactRefusal,
    Party,
    Picture,
    asks_first,
    compare,
    digest_of,
    for_exhibitor,
)
from fairapp.rules.prices import MoneySettings
from fairapp.rules.quotes import totals
from fairapp.store import impact_queries as rows
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.applications_queries import exhibitor_from
from fairapp.store.applications_waiting import WaitingPlace
from fairapp.store.badges_queries import floors_of
from fairapp.store.billing import Charge
from fairapp.store.fairs import Fair
from fairapp.usecases.badges import allotted
from fairapp.usecases.billing_quotes import quote_for

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class About:
    """What an act is about: the exhibitors it touches, and the application whose step it is."""

    fair_id: int
    exhibitor_ids: tuple[int, ...] = ()
    application_id: int | None = None
    to_exhibitor: bool = False
    """The exhibitor acts itself: it reads nothing of others."""


def about_application(session: Session, application: Application, to_exhibitor: bool) -> About:
    """A step of an application and whatever has come of it."""
    exhibitor = exhibitor_from(session, application.id)
    ids = () if exhibitor is None else (exhibitor.id,)
    return About(application.fair_id, ids, application.id, to_exhibitor)


def about_claims(session: Session, fair_id: int, claim_ids: Iterable[int]) -> About:
    """Booths that change hands."""
    claims = [session.get(BoothClaim, claim_id) for claim_id in claim_ids]
    if any(each is None for each in claims):
        raise Missing
    return About(fair_id, tuple(each.exhibitor_id for each in claims if each is not None))


def foresee(
    session: Session, about: About, act: Callable[[], object], now: datetime
) -> tuple[Consequence, ...]:
    """What follows from the act; it is done and undone again, and nothing of it stays.

    :raises Refused: and whatever else the act itself raises.
    """
    people = rows.concerned(session, about.exhibitor_ids)
    before = _picture(session, about, people, now)
    trial = session.begin_nested()
    try:
        act()
        session.flush()
        after = _picture(session, about, _again(session, people), now)
    finally:
        trial.rollback()
    return _read(compare(before, after), about)


def do_as_shown(session: Session, about: About, act: Callable[[], Done], digest: str, now: datetime) -> Done:
    """Do the act; where more follows than was asked for, only as the digest says it was shown.

    :raises Refused: with what follows now as ``impact``; the caller's transaction undoes everything.
    """
    people = rows.concerned(session, about.exhibitor_ids)
    before = _picture(session, about, people, now)
    done = act()
    session.flush()
    impact = _read(compare(before, _picture(session, about, _again(session, people), now)), about)
    if asks_first(impact) and digest != digest_of(impact):
        raise Refused(ImpactRefusal.NOT_AS_SHOWN, impact=impact)
    return done


def _again(session: Session, people: list[Exhibitor]) -> list[Exhibitor]:
    return rows.people(session, [each.id for each in people])


def _read(impact: tuple[Consequence, ...], about: About) -> tuple[Consequence, ...]:
    return for_exhibitor(impact) if about.to_exhibitor else impact


def _picture(session: Session, about: About, people: list[Exhibitor], now: datetime) -> Picture:
    fair = session.get_one(Fair, about.fair_id)
    ids = [each.id for each in people]
    applications = {each.id: each.application for each in people if each.application is not None}
    delegations = {each.delegation_id for each in applications.values() if each.delegation_id is not None}
    booths, places = rows.booths_by_holder(session, ids), rows.places_by_guest(session, ids)
    badges, floors = rows.badges_by_holder(session, ids), floors_of(session, ids)
    charges, billed = rows.charges_by_debtor(session, ids), rows.billed(session, ids)
    signed = rows.signed(session, [each.id for each in applications.values()])
    beside = rows.side_by_side(session, delegations) if delegations else {}
    parties = {}
    for each in people:
        valid, inside = badges.get(each.id, (0, 0))
        application = applications.get(each.id)
        price, currency = _price(session, each, bool(booths.get(each.id)), now)
        owed = charges.get(each.id, [])
        parties[each.id] = Party(
            each.organisation.name,
            each.left_at is None,
            tuple(booth.code for booth in booths.get(each.id, [])),
            tuple(places.get(each.id, [])),
            beside.get(each.id, frozenset()),
            valid,
            allotted(each, *floors.get(each.id, (0.0, 0))),
            inside,
            _sum(fair, (charge for charge in owed if charge.kind is not PriceKind.CANCELLATION)),
            _sum(fair, (charge for charge in owed if charge.kind is PriceKind.CANCELLATION)),
            sum(charge.source.startswith("service_order:") for charge in owed),
            billed[each.id].credit_due_minor,
            billed[each.id].paid_minor,
            price,
            owed[0].currency if owed else currency,
            application is not None and application.id in signed,
        )
    waits = about.application_id is not None and session.get(WaitingPlace, about.application_id) is not None
    return Picture(
        parties,
        rows.offers_of(session, fair.id),
        waits,
        rows.catalogue_is_made(session, fair.id),
    )


def _price(session: Session, exhibitor: Exhibitor, holds: bool, now: datetime) -> tuple[int | None, str]:
    """What its booths cost today by the price list."""
    if exhibitor.application is None or exhibitor.left_at is not None:
        return None, exhibitor.fair.currency
    found = quote_for(session, exhibitor.application, now)
    if not holds:
        return 0, found.currency
    lines = (
        (line.quantity_milli, line.unit_minor, line.vat_bp)
        for line in found.lines
        if line.payer is Payer.PRODUCER
    )
    return totals(lines, found.prices_are).gross, found.currency


def _sum(fair: Fair, charges: Iterable[Charge]) -> int:
    prices = MoneySettings.read(fair.settings).prices_are
    return sum(
        line_amounts(each.quantity_milli, each.unit_price_minor, each.vat_bp, prices).gross
        for each in charges
    )
