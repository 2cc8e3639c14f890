"""What taking part costs an exhibitor, and its charges brought up to what it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.amounts import PricesAre
from fairapp.rules.days import DaySettings, asked_days
from fairapp.rules.fairs import days_of
from fairapp.rules.prices import MoneySettings
from fairapp.rules.quotes import Floor, Help, QuoteGap, QuoteLine, quote, subsidised
from fairapp.store.allocation import Exhibitor
from fairapp.store.allocation_queries import claims_of_exhibitors, exhibitor_of
from fairapp.store.applications import Application
from fairapp.store.applications_queries import exhibitor_from
from fairapp.store.base import LOCK
from fairapp.store.billing import Charge, Subsidy
from fairapp.store.billing_queries import (
    given_by_subsidies,
    live_charges,
    subsidies_of,
)
from fairapp.store.claim_days import days_of_claims
from fairapp.store.fairs import Fair
from fairapp.store.fairs_queries import kinds_of
from fairapp.store.producers import Organisation, Product
from fairapp.usecases.billing_partners import partner_lines
from fairapp.usecases.charging import ChargeFor, charge, currency_for, currency_of, uncharge
from fairapp.usecases.permission import require
from fairapp.usecases.pricing import floor_for, kind_for, listed

OURS = ("claim:", "co_exhibitor:", "partner:")
"""The sources that follow from booths and whoever stands at them; other rooms and hands have their own."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What taking part costs as things stand, and what is missing to say it."""

    lines: tuple[QuoteLine, ...]
    gaps: tuple[QuoteGap, ...]
    currency: str
    prices_are: PricesAre


def quote_for(session: Session, application: Application, now: datetime) -> Quote:
    """The quote for what an application asks, or for the booths that came of it."""
    exhibitor = exhibitor_from(session, application.id)
    if exhibitor is not None and exhibitor.left_at is None and (held := _held(session, exhibitor)):
        return _quote(session, exhibitor.fair, exhibitor.organisation, held, exhibitor, now)
    kind = application.booth_kind
    if kind is None:
        settings = MoneySettings.read(application.fair.settings)
        home = application.fair.currency
        return Quote((), (QuoteGap.NO_KIND,), home, settings.prices_are)
    asked = Floor(
        f"application:{application.id}",
        kind.id,
        kind.floor,
        application.area_m2 or kind.unit_area_m2,
        application.booths,
        application.booths if application.wishes.get("corner") else 0,
        days=_part_priced(application.fair, _asked(application)),
    )
    return _quote(session, application.fair, application.organisation, (asked,), exhibitor, now, application)


def bring_up_to_date(session: Session, actor: Actor, exhibitor_id: int, now: datetime) -> Exhibitor:
    """Charge what the exhibitor's booths cost today; what was invoiced stays until its booth is gone.

    :raises Refused: when the price list has no price in the exhibitor's currency.
    """
    exhibitor = exhibitor_of(session, actor, exhibitor_id)
    require(actor, Permission.MONEY_EDIT, exhibitor.fair_id)
    session.refresh(exhibitor, with_for_update={"of": Exhibitor, **LOCK})
    charges = session.scalars(live_charges(exhibitor.id)).all()
    frozen = {_root(each.source) for each in charges if each.invoice_line_id is not None}
    session.scalars(
        select(Subsidy.id).where(Subsidy.fair_id == exhibitor.fair_id).with_for_update(**LOCK)
    ).all()
    held = () if exhibitor.left_at is not None else _held(session, exhibitor)
    found = _quote(session, exhibitor.fair, exhibitor.organisation, held, exhibitor, now)
    day = price_day(exhibitor.fair, exhibitor.application, now)
    prices = listed(session, exhibitor.fair, found.currency, day)
    lines = found.lines + partner_lines(session, exhibitor, prices)
    roots = {_root(line.source) for line in lines} | {floor.source for floor in held}
    wanted = {line.source for line in lines}
    for each in charges:
        if each.source.startswith(OURS) and _is_gone(each, roots, wanted, frozen):
            uncharge(session, actor, exhibitor.fair_id, each.source, now)
    for line in lines:
        if _root(line.source) not in frozen:
            charge(session, actor, _order(exhibitor.id, line), now)
    return exhibitor


def _is_gone(each: Charge, roots: set[str], wanted: set[str], frozen: set[str]) -> bool:
    return _root(each.source) not in roots or (each.source not in wanted and _root(each.source) not in frozen)


def _root(source: str) -> str:
    """``claim:12`` of ``claim:12:subsidy:paid``: what is invoiced together changes together."""
    return ":".join(source.split(":")[:2])


def _order(exhibitor_id: int, line: QuoteLine) -> ChargeFor:
    return ChargeFor(
        exhibitor_id,
        line.source,
        line.quantity_milli,
        line.item_id,
        kind=line.kind,
        names=line.names,
        unit_price_minor=line.unit_minor,
        vat_bp=line.vat_bp,
        payer=line.payer,
        payer_name=line.payer_name,
        subsidy_id=line.subsidy_id,
        claim_id=line.claim_id,
    )


def _held(session: Session, exhibitor: Exhibitor) -> tuple[Floor, ...]:
    """The booths that the exhibitor holds, as floor of the kinds that the fair offers."""
    kinds = kinds_of(session, exhibitor.fair_id)
    application = exhibitor.application
    chosen = None if application is None else application.booth_kind
    claims = claims_of_exhibitors(session, [exhibitor.id])
    held = days_of_claims(session, [claim.id for claim in claims])
    return tuple(
        replace(
            floor_for(f"claim:{claim.id}", claim.booth, kind_for(claim.booth, chosen, kinds), claim.id),
            days=_part_priced(exhibitor.fair, held.get(claim.id, ())),
        )
        for claim in claims
    )


def _asked(application: Application) -> tuple[date, ...]:
    fair, said = application.fair, application.wishes.get("days")
    return asked_days(DaySettings.read(fair.settings), said, days_of(fair.starts_on, fair.ends_on))


def _part_priced(fair: Fair, days: tuple[date, ...]) -> tuple[int, int] | None:
    """The share of the price, where the fair asks for one and the days are not all."""
    whole = len(days_of(fair.starts_on, fair.ends_on))
    if not DaySettings.read(fair.settings).priced_by_day or len(days) in (0, whole):
        return None
    return len(days), whole


def _quote(
    session: Session,
    fair: Fair,
    organisation: Organisation,
    floors: tuple[Floor, ...],
    exhibitor: Exhibitor | None,
    now: datetime,
    application: Application | None = None,
) -> Quote:
    settings = MoneySettings.read(fair.settings)
    currency = currency_of(session, exhibitor) if exhibitor else currency_for(fair, organisation.country)
    day = price_day(fair, exhibitor.application if exhibitor else application, now)
    lines, gaps = quote(floors, listed(session, fair, currency, day))
    if currency == fair.currency:
        lines = subsidised(lines, _help(session, fair, organisation, exhibitor))
    return Quote(lines, gaps, currency, settings.prices_are)


def price_day(fair: Fair, application: Application | None, now: datetime) -> date:
    """Whoever applied in time keeps the early price: the day of the application, else today."""
    applied = None if application is None else application.submitted_at
    return (applied or now).astimezone(ZoneInfo(fair.timezone)).date()


def _help(
    session: Session, fair: Fair, organisation: Organisation, exhibitor: Exhibitor | None
) -> Help | None:
    """The first subsidy that the organisation may have, with what is left of its budget."""
    offered = subsidies_of(session, fair.id)
    if not offered:
        return None
    groups = frozenset(
        session.scalars(
            select(Product.group_code).where(
                Product.organisation_id == organisation.id, Product.removed_at.is_(None)
            )
        )
    )
    for subsidy in offered:
        if _is_for(subsidy, organisation, groups):
            taken = given_by_subsidies(session, fair.id, None if exhibitor is None else exhibitor.id)
            budget = subsidy.budget_minor
            left = None if budget is None else max(0, budget - taken.get(subsidy.id, 0))
            return Help(
                subsidy.id,
                subsidy.names,
                subsidy.payer,
                subsidy.payer_name,
                subsidy.share_bp,
                subsidy.most_booths,
                subsidy.most_minor,
                left,
            )
    return None


def _is_for(subsidy: Subsidy, organisation: Organisation, groups: frozenset[str]) -> bool:
    return (
        (not subsidy.countries or organisation.country in subsidy.countries)
        and (not subsidy.provinces or organisation.province_code in subsidy.provinces)
        and (not subsidy.groups or bool(groups & set(subsidy.groups)))
    )
