"""A fair as tables for a workbook: what an office needs, no token and no household's number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.rules.actors import Actor, Permission
from fairapp.rules.days import runs
from fairapp.rules.errors import Missing
from fairapp.rules.exports import Cell, ExportColumn, ExportPage, ExportTable
from fairapp.rules.places import Division
from fairapp.store.badges import Badge
from fairapp.store.claim_days import part_stays
from fairapp.store.exchange_lists import (
    applications_listed,
    badges_listed,
    booths_listed,
    exhibitors_listed,
    places_listed,
    products_listed,
)
from fairapp.store.fairs import Booth, Fair
from fairapp.store.producers import Organisation, Product
from fairapp.usecases import audit
from fairapp.usecases.permission import require

_C = ExportColumn
EXHIBITORS = (
    _C.NAME, _C.NAME_LATIN, _C.KIND, _C.COUNTRY, _C.PROVINCE, _C.COMMUNE, _C.ADDRESS, _C.TAX_CODE, _C.PHONE,
    _C.EMAIL, _C.WEBSITE, _C.HOLDS, _C.SHARES, _C.PRODUCTS, _C.ADMITTED,
)  # fmt: skip
BOOTHS = (
    _C.HALL, _C.BOOTH, _C.OTHER_CODES, _C.KIND, _C.FORM, _C.AREA, _C.ZONE, _C.HOLDER, _C.BY_DAYS,
    _C.CO_EXHIBITORS, _C.BLOCKED,
)  # fmt: skip
APPLICATIONS = (
    _C.NAME, _C.STATE, _C.BOOTH_KIND, _C.BOOTHS, _C.AREA, _C.SUBMITTED, _C.DECIDED, _C.REASON,
)  # fmt: skip
BADGES = (_C.NAME, _C.NAME_LATIN, _C.DUTY, _C.EXHIBITOR, _C.KIND, _C.STATE, _C.NAMED)
"""A badge's short code opens the gate like its token: neither leaves the house."""


def export_fair(
    session: Session, actor: Actor, fair_id: int, language: str, now: datetime
) -> tuple[ExportTable, ...]:
    """Every exhibitor, booth, application and badge of the fair; names of places in ``language``.

    :raises Missing: when there is no such fair for the actor.
    """
    fair = session.get(Fair, fair_id)
    if fair is None or not actor.may(Permission.FAIR_SEE, fair.id):
        raise Missing
    require(actor, Permission.LIST_EXPORT, fair.id)
    exhibitors, booths = exhibitors_listed(session, fair.id), booths_listed(session, fair.id)
    names = {each.id: each.organisation.name for each in exhibitors}
    codes = {booth.id: booth.code for booth in booths}
    holds: dict[int, list[str]] = {}
    shares: dict[int, list[str]] = {}
    on_booth: dict[tuple[int, bool], list[str]] = {}
    for booth_id, exhibitor_id, is_holder in places_listed(session, fair.id):
        (holds if is_holder else shares).setdefault(exhibitor_id, []).append(codes.get(booth_id, ""))
        on_booth.setdefault((booth_id, is_holder), []).append(names.get(exhibitor_id, ""))
    by_days = _by_days(session, fair, names)
    products = products_listed(session, fair.id)
    people = [
        (
            *_organisation(each.organisation, language),
            ", ".join(holds.get(each.id, ())),
            ", ".join(shares.get(each.id, ())),
            "; ".join(_product(product) for product in products.get(each.organisation_id, ())),
            each.admitted_at,
        )
        for each in exhibitors
    ]
    tables = (
        ExportTable(ExportPage.EXHIBITORS, EXHIBITORS, people),
        ExportTable(ExportPage.BOOTHS, BOOTHS, [_booth(booth, on_booth, by_days) for booth in booths]),
        ExportTable(ExportPage.APPLICATIONS, APPLICATIONS, _applications(session, fair.id, language)),
        ExportTable(ExportPage.BADGES, BADGES, [_badge(each) for each in badges_listed(session, fair.id)]),
    )
    figures = {table.page.value: len(table.rows) for table in tables}
    audit.record(session, actor, "fair.exported", now, fair_id=fair.id, **figures)
    return tables


def _organisation(of: Organisation, language: str) -> tuple[Cell, ...]:
    division = Division(of.units_version)
    province = places.province(of.province_code, division) if of.province_code else None
    commune = places.commune(of.commune_code, division) if of.commune_code else None
    return (
        of.name,
        of.name_latin,
        of.kind,
        places.country_name(of.country, language),
        province.name_in(language) if province else of.place,
        commune.name_in(language) if commune else "",
        of.address,
        of.tax_code,
        of.phone,
        of.email,
        of.website,
    )


def _product(product: Product) -> str:
    name = next((text for text in product.names.values() if text), "")
    return f"{name} ({'★' * product.stars})" if product.stars else name


def _by_days(session: Session, fair: Fair, names: Mapping[int, str]) -> dict[int, str]:
    """By booth ``Trà (2027-04-15/2027-04-16); Lụa (2027-04-17)``, where somebody has it on some days only."""
    found: dict[int, list[str]] = {}
    for booth_id, exhibitor_id, days in part_stays(session, fair):
        said = ", ".join(
            first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
            for first, last in runs(days)
        )
        found.setdefault(booth_id, []).append(f"{names.get(exhibitor_id, '')} ({said})")
    return {booth_id: "; ".join(said) for booth_id, said in found.items()}


def _booth(
    booth: Booth, on_booth: Mapping[tuple[int, bool], list[str]], by_days: Mapping[int, str]
) -> tuple[Cell, ...]:
    return (
        booth.hall.code,
        booth.code,
        ", ".join(booth.other_codes),
        booth.kind,
        booth.form,
        round(booth.area_m2, 2),
        booth.zone,
        "; ".join(on_booth.get((booth.id, True), ())),
        by_days.get(booth.id),
        "; ".join(on_booth.get((booth.id, False), ())),
        booth.blocked_because,
    )


def _applications(session: Session, fair_id: int, language: str) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for each in applications_listed(session, fair_id):
        kind = each.booth_kind
        rows.append(
            (
                each.organisation.name,
                each.state,
                (kind.names.get(language) or kind.code) if kind else None,
                each.booths,
                each.area_m2,
                each.submitted_at,
                each.decided_at,
                each.reason,
            )
        )
    return rows


def _badge(badge: Badge) -> tuple[Cell, ...]:
    return (
        badge.name,
        badge.name_latin,
        badge.duty,
        badge.exhibitor.organisation.name if badge.exhibitor else None,
        badge.kind,
        badge.state,
        badge.named_at,
    )
