"""The cells of a delegation's workbook: read into what is told of a producer, each fault by its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TypeVar

from fairapp.adapters import places
from fairapp.adapters.emails import Email, email
from fairapp.adapters.identifiers import tax_code
from fairapp.adapters.phones import Phone, phone
from fairapp.rules.delegation_sheets import CellReason, Fault, SheetColumn, is_formula
from fairapp.rules.delegations import MOST_BOOTHS_EACH, DelegationReason
from fairapp.rules.identifiers import Identifier
from fairapp.rules.imports import Record
from fairapp.rules.printed_texts import PrintedFault
from fairapp.rules.producers import MOST_PRODUCTS, OrganisationKind, ProducerReason
from fairapp.rules.reasons import Shape
from fairapp.rules.stars import Offered, products_of, stars_of
from fairapp.rules.text import TextRefused, clean, words
from fairapp.usecases.delegations_questions import Asking
from fairapp.usecases.delegations_telling import Told
from fairapp.usecases.exchange_records import kind_of
from fairapp.usecases.producers_products import LONGEST_NAME

C = SheetColumn
K = TypeVar("K", str, int)
_BOUNDS = {C.NAME: 200, C.NAME_LATIN: 200, C.PLACE: 200, C.ADDRESS: 300, C.PRODUCTS: 4_000}
_WORDS = (C.NAME, C.NAME_LATIN, C.PLACE, C.ADDRESS, C.PRODUCTS)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the workbook's words mean, and how they are said to this reader."""

    titles: Mapping[str, SheetColumn]
    """Folded titles in every language."""
    kinds: Mapping[str, OrganisationKind]
    said_kinds: Mapping[OrganisationKind, str]
    language: str


@dataclass(frozen=True, slots=True)
class Around:
    """What a delegation's rows are checked against."""

    country: str
    province_code: str
    groups: tuple[tuple[str, Mapping[str, str]], ...]
    booth_kinds: tuple[tuple[int, Mapping[str, str]], ...]
    vocabulary: Vocabulary
    now: datetime
    asking: Asking = field(default_factory=Asking)


@dataclass(slots=True)
class Reading:
    """One row on its way: its texts, what was wrong so far."""

    texts: Mapping[str, str]
    around: Around
    kept_number: str
    """The masked number that the list shows for this producer: sent back as it is, it stays."""
    faults: dict[str, Fault]

    def text(self, column: SheetColumn) -> str:
        """The cell, clean; a text that cannot be kept is a fault."""
        raw, longest = self.texts.get(column, ""), _BOUNDS.get(column, 254)
        try:
            found = clean(raw, longest=max(longest, len(raw)), lines=column is C.PRODUCTS, strict=False)
        except TextRefused as refused:
            self.fault(column, refused.reason)
            return ""
        if len(found) > longest:
            self.fault(column, PrintedFault.OVER, over=len(found) - longest)
            return ""
        if column in _WORDS and is_formula(found):
            self.fault(column, CellReason.FORMULA)
        return found

    def fault(self, column: SheetColumn, reason: Enum, **facts: object) -> None:
        """The first thing wrong with a cell is the one that is said."""
        self.faults.setdefault(column, Fault(reason, facts))


def read_cells(
    texts: Mapping[str, str], around: Around, kept_number: str = ""
) -> tuple[Told, dict[str, Fault]]:
    """What the row tells, and what is wrong with it by cell; with faults the telling is not to be kept."""
    row = Reading(texts, around, kept_number, {})
    name = row.text(C.NAME)
    if not name:
        row.fault(C.NAME, Shape.REQUIRED)
    elif not any(letter.isalpha() for letter in name):
        row.fault(C.NAME, CellReason.NOT_A_NAME)
    province, commune = _place(row)
    products = _products(row)
    told = Told(
        name=name,
        kind=_kind(row, name),
        name_latin=row.text(C.NAME_LATIN),
        tax_number=_number(row),
        province_code=province,
        commune_code=commune,
        place=_abroad(row),
        address=row.text(C.ADDRESS),
        phone=_phone(row),
        email=_email(row),
        products=products,
        group_code=_group(row, bool(products)),
        booth_kind_id=_booth_kind(row),
        booths=_booths(row),
    )
    return told, row.faults


def cell_texts(told: Told, around: Around) -> dict[str, str]:
    """What is told of a producer as the workbook writes it."""
    groups, kinds = dict(around.groups), dict(around.booth_kinds)
    language = around.vocabulary.language
    province, commune = places.province(told.province_code), places.commune(told.commune_code)
    each = {offered.stars for offered in told.products}
    same = each.pop() if len(each) == 1 else None
    names = [said_product(one if same is None else Offered(one.name, None)) for one in told.products]
    return {
        C.NAME: told.name,
        C.NAME_LATIN: told.name_latin,
        C.KIND: around.vocabulary.said_kinds[told.kind],
        C.TAX_CODE: told.tax_number,
        C.PROVINCE: "" if province is None else province.name,
        C.COMMUNE: "" if commune is None else commune.name,
        C.PLACE: told.place,
        C.ADDRESS: told.address,
        C.PHONE: told.phone,
        C.EMAIL: told.email,
        C.PRODUCTS: "; ".join(names),
        C.STARS: "" if same is None else str(same),
        C.GROUP: named(groups.get(told.group_code, {}), language),
        C.BOOTH_KIND: named(kinds.get(told.booth_kind_id or 0, {}), language),
        C.BOOTHS: str(told.booths),
    }


def named(names: Mapping[str, str], language: str) -> str:
    """The name in the reader's language, else in any."""
    return names.get(language) or next(iter(names.values()), "")


def said_product(offered: Offered) -> str:
    """A product with its stars, as ``products_of`` reads it."""
    return offered.name if offered.stars is None else f"{offered.name} ({'★' * offered.stars})"


def _kind(row: Reading, name: str) -> OrganisationKind:
    text = row.text(C.KIND)
    if not text:
        return kind_of(Record(name))
    found = row.around.vocabulary.kinds.get(words(text))
    if found is None:
        row.fault(C.KIND, CellReason.UNKNOWN_KIND)
    return found or OrganisationKind.ENTERPRISE


def _number(row: Reading) -> str:
    text = row.text(C.TAX_CODE)
    if not text or text == row.kept_number:
        return text
    found = tax_code(text, row.around.country, row.around.now.date())
    if not isinstance(found, Identifier):
        row.fault(C.TAX_CODE, found)
        return text
    return found.value


def _place(row: Reading) -> tuple[str, str]:
    """(province, commune) by their codes, in Viet Nam."""
    if row.around.country != "VN":
        return "", ""
    province = places.province(row.around.province_code)
    if province is None:
        province = places.find_province(row.text(C.PROVINCE)) if row.text(C.PROVINCE) else None
        if province is None:
            row.fault(C.PROVINCE, ProducerReason.UNKNOWN_PROVINCE)
            return "", ""
    text = row.text(C.COMMUNE)
    if not text:
        row.fault(C.COMMUNE, Shape.REQUIRED)
        return province.code, ""
    commune = places.find_commune(text, province.code)
    if commune is None:
        row.fault(C.COMMUNE, CellReason.UNKNOWN_COMMUNE, province=province.name)
    return province.code, "" if commune is None else commune.code


def _abroad(row: Reading) -> str:
    if row.around.country == "VN":
        return ""
    place = row.text(C.PLACE)
    if not place:
        row.fault(C.PLACE, Shape.REQUIRED)
    return place


def _phone(row: Reading) -> str:
    text = row.text(C.PHONE)
    found = phone(text, row.around.country) if text else None
    if found is not None and not isinstance(found, Phone):
        row.fault(C.PHONE, found)
    return found.e164 if isinstance(found, Phone) else ""


def _email(row: Reading) -> str:
    text = row.text(C.EMAIL)
    found = email(text) if text else None
    if found is not None and not isinstance(found, Email):
        row.fault(C.EMAIL, found)
    return found.address if isinstance(found, Email) else ""


def _products(row: Reading) -> tuple[Offered, ...]:
    text = row.text(C.STARS)
    stars = stars_of(text) if text else None
    if text and stars is None:
        row.fault(C.STARS, ProducerReason.WRONG_STARS)
    found = products_of(row.text(C.PRODUCTS), stars)
    if len(found) >= MOST_PRODUCTS:
        row.fault(C.PRODUCTS, ProducerReason.TOO_MANY_PRODUCTS, most=MOST_PRODUCTS)
    more = max((len(offered.name) - LONGEST_NAME for offered in found), default=0)
    if more > 0:
        row.fault(C.PRODUCTS, PrintedFault.OVER, over=more)
    return found


def _group(row: Reading, is_needed: bool) -> str:
    text = row.text(C.GROUP)
    if not text and not is_needed:
        return ""
    found = _called(text, row.around.groups, lambda code: code)
    if found is None:
        row.fault(C.GROUP, CellReason.UNKNOWN_GROUP if text else Shape.REQUIRED)
    return found or ""


def _booth_kind(row: Reading) -> int | None:
    text = row.text(C.BOOTH_KIND)
    if not text and len(row.around.booth_kinds) == 1:
        return row.around.booth_kinds[0][0]
    found = _called(text, row.around.booth_kinds, str)
    if found is None:
        row.fault(C.BOOTH_KIND, CellReason.UNKNOWN_BOOTH_KIND if text else Shape.REQUIRED)
    return found


def _called(text: str, among: Iterable[tuple[K, Mapping[str, str]]], spelled: Callable[[K], str]) -> K | None:
    asked = words(text)
    for key, names in among:
        said = {words(name) for name in names.values()} | {words(spelled(key))}
        if asked and asked in said:
            return key
    return None


def _booths(row: Reading) -> int:
    text = row.text(C.BOOTHS) or "1"
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    if not 1 <= number <= MOST_BOOTHS_EACH:
        row.fault(C.BOOTHS, DelegationReason.WRONG_BOOTHS)
    return number
