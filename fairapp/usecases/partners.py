"""Name co-exhibitors and represented companies, change what was told of them, take them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.adapters.emails import Email, email
from fairapp.adapters.identifiers import tax_code
from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import Obstacle
from fairapp.rules.applications import ADMITTED
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.rules.identifiers import Identifier
from fairapp.rules.partners import (
    LONGEST_PRODUCT,
    LONGEST_TEXT,
    MOST_PRODUCTS,
    STEPS,
    Moment,
    PartnerFault,
    PartnerKind,
    PartnerRefusal,
    PartnerSettings,
    PartnerStep,
    naming_refusals,
    step_refusals,
)
from fairapp.rules.producers import LONGEST_NUMBER, ProducerReason
from fairapp.rules.reasons import Shape
from fairapp.rules.text import name_key, words
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications import Application
from fairapp.store.applications_queries import application_of, exhibitor_from
from fairapp.store.base import LOCK
from fairapp.store.fairs_queries import groups_of
from fairapp.store.partners import Partner
from fairapp.store.partners_queries import partner_of, partners_of
from fairapp.usecases import outbox
from fairapp.usecases.partnering import crowd_facts, crowd_of, floor_of
from fairapp.usecases.partners_deciding import Secrets, approve, drop, tell
from fairapp.usecases.permission import require
from fairapp.usecases.producers import line, passage


@dataclass(frozen=True, slots=True)
class TellPartner:
    """A partner as its main exhibitor tells it; ``partner_id`` None names a new one."""

    application_id: int
    kind: PartnerKind
    name: str
    country: str
    name_latin: str = ""
    place: str = ""
    tax_number: str = ""
    email: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    group_code: str = ""
    products: tuple[str, ...] = ()
    partner_id: int | None = None


def tell_partner(
    session: Session, actor: Actor, order: TellPartner, secrets: Secrets, now: datetime
) -> Partner:
    """Name a partner, or tell one anew that is not approved; a second press names it once.

    :raises Invalid: per field, why.
    :raises Refused: after the deadline, for a name that is there, or when not all fit the stand.
    """
    main, by_office = main_of(session, actor, order.application_id)
    settings = PartnerSettings.read(main.fair.settings)
    values = _values(session, order, main, now)
    others = [each for each in partners_of(session, main.id) if each.id != order.partner_id]
    _refuse_naming(main, others, values, Moment(now, settings, _is_in(main), by_office))
    if order.partner_id is None:
        partner = Partner(exhibitor_id=main.id, named_at=now, named_by_id=actor.account_id, **values)
        partner.exhibitor = main
        session.add(partner)
        step: PartnerStep | str = "named"
    else:
        partner = partner_of(session, main.id, order.partner_id)
        if reasons := step_refusals(partner.state, PartnerStep.CHANGE):
            raise Refused(*reasons)
        for name, value in values.items():
            setattr(partner, name, value)
        partner.state, partner.reason = STEPS[partner.state, PartnerStep.CHANGE], ""
        step = PartnerStep.CHANGE
    session.flush()
    _refuse_crowd(session, main, partner)
    tell(session, actor, main, partner, step, now)
    if not settings.asks:
        approve(session, actor, main, partner, secrets, now)
        tell(session, actor, main, partner, PartnerStep.APPROVE, now)
    return partner


def take_partner_back(
    session: Session, actor: Actor, application_id: int, partner_id: int, now: datetime
) -> Partner:
    """Name a partner no more: its places, badges and fee end with it."""
    main, _ = main_of(session, actor, application_id)
    partner = partner_of(session, main.id, partner_id)
    if reasons := step_refusals(partner.state, PartnerStep.TAKE_BACK):
        raise Refused(*reasons)
    drop(session, actor, main, partner, PartnerStep.TAKE_BACK, now)
    tell(session, actor, main, partner, PartnerStep.TAKE_BACK, now)
    outbox.post(session, "mail.partner_ended", now, partner_id=partner.id)
    return partner


def main_of(session: Session, actor: Actor, application_id: int) -> tuple[Exhibitor, bool]:
    """The main exhibitor of the application, its row locked, and whether the office acts for it.

    :raises Missing: when the actor does not see the application, or nothing has come of it.
    """
    application: Application = application_of(session, actor, application_id)
    is_member = application.organisation_id in actor.organisation_ids
    if not is_member:
        require(actor, Permission.APPLICATION_DECIDE, application.fair_id)
    found = exhibitor_from(session, application.id)
    if found is None:
        if application.state in ADMITTED:
            raise Missing
        raise Refused(PartnerRefusal.NOT_ADMITTED)
    session.refresh(found, with_for_update=LOCK)
    return found, not is_member


def _is_in(main: Exhibitor) -> bool:
    application = main.application
    return main.left_at is None and application is not None and application.state in ADMITTED


def _refuse_naming(main: Exhibitor, others: list[Partner], values: dict[str, object], at: Moment) -> None:
    key = values["name_key"]
    moment = Moment(
        at.now,
        at.settings,
        at.admitted,
        at.by_office,
        named=len(others),
        same_name=any(each.name_key == key and each.country == values["country"] for each in others),
        itself=key == name_key(main.organisation.name),
    )
    if reasons := naming_refusals(moment):
        raise Refused(*reasons)


def _refuse_crowd(session: Session, main: Exhibitor, partner: Partner) -> None:
    if partner.kind is PartnerKind.REPRESENTED:
        return
    crowd, floor_m2 = crowd_of(session, main, with_proposed=True), floor_of(session, main)
    if not crowd.fits(floor_m2):
        raise Refused(Obstacle.COMPANIES_DO_NOT_FIT, **crowd_facts(crowd, floor_m2))


def _values(session: Session, order: TellPartner, main: Exhibitor, now: datetime) -> dict[str, object]:
    """What is kept of a partner, clean.

    :raises Invalid: per field, why.
    """
    name = line("name", order.name, 200, required=True)
    latin = line("name_latin", order.name_latin, 200)
    products = [line("products", each, LONGEST_PRODUCT) for each in order.products if each.strip()]
    codes = {group.code for group in groups_of(session, main.fair)}
    wrong: dict[str, Enum] = {}
    if not places.is_country(order.country):
        wrong["country"] = ProducerReason.UNKNOWN_COUNTRY
    if len(products) > MOST_PRODUCTS:
        wrong["products"] = PartnerFault.TOO_MANY_PRODUCTS
    if order.group_code not in codes | {""}:
        wrong["group"] = ProducerReason.UNKNOWN_GROUP
    if products and not order.group_code:
        wrong["group"] = PartnerFault.NO_GROUP
    if wrong:
        raise Invalid(**wrong)
    texts = {lang: passage(f"text_{lang}", text, LONGEST_TEXT) for lang, text in order.texts}
    return {
        "kind": order.kind,
        "name": name,
        "name_latin": "" if latin == name else latin,
        "name_key": name_key(name)[:300],
        "folded": words(f"{name} {latin}")[:420],
        "country": order.country,
        "place": line("place", order.place, 200),
        "tax_code": _code(order, now),
        "email": _address(order.email),
        "texts": {lang: text for lang, text in texts.items() if text},
        "group_code": order.group_code if products else "",
        "products": list(dict.fromkeys(products)),
    }


def _code(order: TellPartner, now: datetime) -> str | None:
    """A company's number; a person's stays with that person."""
    if not order.tax_number.strip():
        return None
    found = tax_code(order.tax_number, order.country, now.date())
    if not isinstance(found, Identifier):
        raise Invalid(tax_number=found)
    if found.is_personal:
        raise Invalid(tax_number=PartnerFault.PERSONAL_NUMBER)
    if len(found.value) > LONGEST_NUMBER:
        raise Invalid(tax_number=Shape.TOO_LONG)
    return found.value


def _address(typed: str) -> str | None:
    if not typed.strip():
        return None
    found = email(typed)
    if not isinstance(found, Email):
        raise Invalid(email=found)
    return found.address
