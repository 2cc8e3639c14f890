"""A fair in figures: what is counted, who sees it, and the workbook."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.billing import InvoiceState, PriceKind
from fairapp.rules.producers import OrganisationKind
from fairapp.store.accounts import Account
from fairapp.store.allocation import CoExhibitor, Exhibitor
from fairapp.store.billing import InvoiceLine
from fairapp.store.fairs import Fair
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]


@pytest.fixture
def fair(rows: Session) -> Fair:
    """Two exhibitors of Tuyên Quang and Japan, one of them a guest in the other's booth; one who left."""
    fair = make.fair(rows)
    hall = make.hall(rows, fair)
    tea = make.organisation(rows, "HTX Chè Shan", province_code="08")
    sake = make.organisation(rows, "Kirisaka", country="JP", kind=OrganisationKind.ENTERPRISE)
    gone = make.organisation(rows, "Đã rời hội chợ", country="TH")
    make.product(rows, tea), make.product(rows, tea, stars=5, group_code="food")
    make.product(rows, tea, scheme="ocop2018")
    make.product(rows, gone)
    holder, guest = make.exhibitor(rows, tea, fair), make.exhibitor(rows, sake, fair)
    make.exhibitor(rows, gone, fair, left_at=make.NOW)
    claim = make.claim(rows, make.booth(rows, hall), holder, fair)
    rows.add(CoExhibitor(claim_id=claim.id, exhibitor_id=guest.id, added_at=make.NOW))
    invoiced(rows, holder, InvoiceState.PART_PAID, 3_300_000)
    invoiced(rows, holder, InvoiceState.DRAFT, 0)
    other = make.fair(rows, "OTHER")
    make.claim(rows, make.booth(rows, make.hall(rows, other)), make.exhibitor(rows, tea, other), other)
    rows.commit()
    return fair


def invoiced(rows: Session, to: Exhibitor, state: InvoiceState, paid: int) -> None:
    """6,600,000 đồng for the exhibitor, in this state."""
    invoice = make.invoice(rows, to, state=state, paid_minor=paid)
    line: dict[str, Any] = {
        "kind": PriceKind.BOOTH,
        "names": {"en": "Shell scheme"},
        "quantity_milli": 1_000,
        "unit_price_minor": 6_000_000,
        "vat_bp": 1_000,
        "net_minor": 6_000_000,
        "vat_minor": 600_000,
        "gross_minor": 6_600_000,
    }
    make.kept(rows, InvoiceLine(invoice_id=invoice.id, position=1, exhibitor_id=to.id, **line))


def somebody(rows: Session, role: Role, fair: Fair) -> Account:
    account = make.account(rows, language="en")
    make.grant(rows, account, role, fair)
    rows.commit()
    return account


def shown(browser: FlaskClient, more: str = "") -> str:
    return browser.get(f"/o/OCOP27/reports?lang=en{more}").get_data(as_text=True)


def cells(page: str) -> list[list[str]]:
    """The table's lines as the words of their cells."""
    body = page.partition("<tbody>")[2].partition("</table>")[0]
    lines = []
    for line in body.split("<tr>")[1:]:
        parts = line.replace("<b>", "").split(">")
        lines.append([part.partition("<")[0] for part in parts if part.partition("<")[0].strip()])
    return lines


def test_the_fair_is_counted_by_province(browse: Browse, rows: Session, fair: Fair) -> None:
    page = shown(browse(somebody(rows, Role.ORGANISER, fair)))
    assert cells(page) == [
        ["Tuyen Quang", "1", "0", "1", "9", "2", "₫6,600,000", "₫3,300,000"],
        ["Other countries", "1", "1", "0", "0", "0", "₫0", "₫0"],
        ["All together", "2", "1", "1", "9", "2", "₫6,600,000", "₫3,300,000"],
    ]
    assert "Đã rời" not in page


@pytest.mark.parametrize(
    ("by", "first"),
    [
        ("country", ["Japan", "1", "1", "0", "0", "0", "₫0", "₫0"]),
        ("group", ["Beverages", "1", "0", "1", "9", "1", "₫6,600,000", "₫3,300,000"]),
        ("kind", ["Cooperative", "1", "0", "1", "9", "2", "₫6,600,000", "₫3,300,000"]),
        ("star", ["5 stars", "1", "0", "1", "9", "1", "₫6,600,000", "₫3,300,000"]),
    ],
)
def test_each_dimension_has_its_lines(
    browse: Browse, rows: Session, fair: Fair, by: str, first: list[str]
) -> None:
    page = shown(browse(somebody(rows, Role.FINANCE, fair)), f"&by={by}")
    assert cells(page)[0] == first


def test_lines_sort_by_what_one_asks(browse: Browse, rows: Session, fair: Fair) -> None:
    browser = browse(somebody(rows, Role.ORGANISER, fair))
    orders = [
        [
            line[0]
            for line in cells(browser.get(f"/o/OCOP27/reports?lang=en&sort={sort}").get_data(as_text=True))
        ]
        for sort in ("name", "-sharing", "nonsense")
    ]
    there, abroad, whole = "Tuyen Quang", "Other countries", "All together"
    assert orders == [[there, abroad, whole], [abroad, there, whole], [there, abroad, whole]]


@pytest.mark.parametrize(
    ("asked", "marked"), [("by=province", "descending"), ("by=star", None), ("by=star&show=sharing", None)]
)
def test_a_column_is_marked_only_when_the_lines_are_in_its_order(
    browse: Browse, rows: Session, fair: Fair, asked: str, marked: str | None
) -> None:
    page = shown(browse(somebody(rows, Role.ORGANISER, fair)), f"&{asked}")
    assert (page.count("aria-sort="), f'aria-sort="{marked}"' in page) == (bool(marked), bool(marked))


def test_figures_are_for_those_who_run_the_fair(browse: Browse, rows: Session, fair: Fair) -> None:
    other = make.fair(rows, "ELSEWHERE")
    people = [
        somebody(rows, Role.ORGANISER, fair),
        somebody(rows, Role.REVIEWER, fair),
        somebody(rows, Role.ORGANISER, other),
        None,
    ]
    for address in ("/o/OCOP27/reports", "/o/OCOP27/reports.xlsx"):
        assert [browse(who).get(address).status_code for who in people] == [200, 403, 404, 302]


def test_the_workbook_has_a_page_for_each_dimension(browse: Browse, rows: Session, fair: Fair) -> None:
    answer = browse(somebody(rows, Role.ORGANISER, fair)).get("/o/OCOP27/reports.xlsx?lang=en")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=OCOP27-")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    assert book.sheet_names == [
        "By province", "By country", "By product group", "By kind of organisation", "By stars",
    ]  # fmt: skip
    assert book.get_sheet_by_name("By province").to_python()[1:] == [
        ["Tuyen Quang", 1.0, 0.0, 1.0, 9.0, 2.0, 6_600_000.0, 3_300_000.0],
        ["Other countries", 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        ["All together", 2.0, 1.0, 1.0, 9.0, 2.0, 6_600_000.0, 3_300_000.0],
    ]


def test_an_empty_fair_says_when_figures_begin(browse: Browse, rows: Session) -> None:
    fair = make.fair(rows)
    page = shown(browse(somebody(rows, Role.ORGANISER, fair)))
    assert "The figures begin with the first application that is accepted." in page


def test_figures_ask_as_often_for_one_exhibitor_as_for_many(browse: Browse, rows: Session) -> None:
    fair = make.fair(rows)
    browser = browse(somebody(rows, Role.ORGANISER, fair))
    asked: list[int] = []
    for many in (1, 3):
        for _ in range(many):
            of = make.organisation(rows)
            make.product(rows, of)
            make.exhibitor(rows, of, fair)
        rows.commit()
        asked.append(len(queries(browser, "/o/OCOP27/reports?by=group")))
    assert asked[0] == asked[1]
