"""See what follows from an act before it is done, and do it only as it was shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from fairapp.rules.amounts import line_amounts
from fairapp.rules.billing import Payer, PriceKind
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
from fairapp.usecases.billing_quotes import Quote, quote_for
from fairapp.usecases.partnering import crowd_of, floor_of

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class About:
    """What an act is about: the exhibitors it touches, and the application whose step it is."""

    fair_id: int
    exhibitor_ids: tuple[int, ...] = ()
    application_id: int | None = None
    to_exhibitor: bool = False
    """The exhibitor acts itself: it reads nothing of others."""
    asks: bool = False
    """What the application asks for changes."""


def about_application(
    session: Session, application: Application, to_exhibitor: bool, asks: bool = False
) -> About:
    """A step of an application, or a change of what it ``asks``, and whatever has come of it."""
    exhibitor = exhibitor_from(session, application.id)
    ids = () if exhibitor is None else (exhibitor.id,)
    return About(application.fair_id, ids, application.id, to_exhibitor, asks)


def about_booths(session: Session, fair_id: int, booth_ids: Iterable[int]) -> About:
    """Booths that change, whoever holds them."""
    return About(fair_id, tuple(rows.holders_of(session, booth_ids)))


def about_claims(
    session: Session, fair_id: int, claim_ids: Iterable[int], to_exhibitor: bool = False
) -> About:
    """Booths that change hands."""
    claims = [session.get(BoothClaim, claim_id) for claim_id in claim_ids]
    if any(each is None for each in claims):
        raise Missing
    holders = tuple(each.exhibitor_id for each in claims if each is not None)
    return About(fair_id, holders, to_exhibitor=to_exhibitor)


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


def do_as_shown(
    session: Session, about: About, act: Callable[[], Done], digest: str, now: datetime, always: bool = False
) -> Done:
    """Do the act; where more follows than was asked for (or ``always``), only as it was shown.

    :raises Refused: with what follows now as ``impact``; the caller's transaction undoes everything.
    """
    people = rows.concerned(session, about.exhibitor_ids)
    before = _picture(session, about, people, now)
    done = act()
    session.flush()
    impact = _read(compare(before, _picture(session, about, _again(session, people), now)), about)
    if (asks_first(impact) or (always and impact)) and digest != digest_of(impact):
        raise Refused(ImpactRefusal.NOT_AS_SHOWN, impact=impact)
    return done


def _again(session: Session, people: list[Exhibitor]) -> list[Exhibitor]:
    return rows.people(session, [each.id for each in people])


def _read(impact: tuple[Consequence, ...], about: About) -> tuple[Consequence, ...]:
    return for_exhibitor(impact, about.exhibitor_ids) if about.to_exhibitor else impact


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
        crowd, floor_m2 = crowd_of(session, each), floor_of(session, each)
        parties[each.id] = Party(
            each.organisation.name,
            each.left_at is None,
            tuple(booth.code for booth in booths.get(each.id, [])),
            tuple(places.get(each.id, [])),
            tuple((booth.code, booth.area_m2) for booth in booths.get(each.id, [])),
            0 if application is None else application.booths,
            crowd.companies,
            crowd.needs_m2,
            floor_m2,
            crowd.fits(floor_m2),
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
    asked, asked_in = _asked(session, about, any(booths.values()), now)
    waits = about.application_id is not None and session.get(WaitingPlace, about.application_id) is not None
    return Picture(
        parties,
        rows.offers_of(session, fair.id),
        asked,
        asked_in,
        waits,
        rows.catalogue_is_made(session, fair.id),
    )


def _asked(session: Session, about: About, holds: bool, now: datetime) -> tuple[int | None, str]:
    """What the application asks for costs today, as long as no booth is held."""
    if not about.asks or about.application_id is None or holds:
        return None, ""
    found = quote_for(session, session.get_one(Application, about.application_id), now)
    return _own_gross(found), found.currency


def _own_gross(found: Quote) -> int:
    """What the exhibitor pays of a quote itself."""
    lines = (
        (line.quantity_milli, line.unit_minor, line.vat_bp)
        for line in found.lines
        if line.payer is Payer.PRODUCER
    )
    return totals(lines, found.prices_are).gross


def _price(session: Session, exhibitor: Exhibitor, holds: bool, now: datetime) -> tuple[int | None, str]:
    """What its booths cost today by the price list."""
    if exhibitor.application is None or exhibitor.left_at is not None:
        return None, exhibitor.fair.currency
    found = quote_for(session, exhibitor.application, now)
    if not holds:
        return 0, found.currency
    return _own_gross(found), found.currency


def _sum(fair: Fair, charges: Iterable[Charge]) -> int:
    prices = MoneySettings.read(fair.settings).prices_are
    return sum(
        line_amounts(each.quantity_milli, each.unit_price_minor, each.vat_bp, prices).gross
        for each in charges
    )
