"""Lists of exhibitors and producers taken in, whole or not at all, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.allocation import ClaimState, Obstacle
from fairapp.rules.applications import State
from fairapp.rules.column_titles import Field
from fairapp.rules.errors import Missing, NotAllowed
from fairapp.rules.fairs import days_of
from fairapp.rules.import_plan import ImportPlan, WithoutBooth
from fairapp.rules.imports import Outcome, Record, RowNote, SourceRow
from fairapp.rules.producers import OrganisationKind
from fairapp.rules.stand_codes import StandReason
from fairapp.rules.waiting_list import OfferState
from fairapp.store.allocation import BoothClaim, ClaimDay, CoExhibitor, Exhibitor
from fairapp.store.applications_waiting import WaitingOffer
from fairapp.store.delegations import DelegationBooth
from fairapp.store.fairs import Booth, Fair
from fairapp.store.operations import AuditEntry
from fairapp.store.producers import Organisation, Product
from fairapp.usecases.exchange_import import ImportList, import_list, plan_list
from fairapp.usecases.exchange_records import Surroundings, settle_record
from tests import factories as make

NOW = make.NOW
FIELDS = (Field.NAME, Field.BOOTH, Field.COUNTRY, Field.PROVINCE, Field.PRODUCTS, Field.GROUP, Field.STARS)
COLUMNS = {field: place for place, field in enumerate(FIELDS)}


class Hall:
    """A fair with one hall of a few booths, and its organiser."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.fair: Fair = make.fair(session)
        self.hall = make.hall(session, self.fair)
        self.booths: list[Booth] = [make.booth(session, self.hall, f"A-{n:03d}") for n in range(1, 6)]
        self.organiser = make.actor(Role.ORGANISER, self.fair)

    def order(self, *rows: tuple[str, ...], without: WithoutBooth = WithoutBooth.REFUSE) -> ImportList:
        listed = [SourceRow(line, row) for line, row in enumerate(rows, 2)]
        return ImportList(self.fair.id, listed, COLUMNS, len(FIELDS), without, "list.csv")

    def take_in(self, *rows: tuple[str, ...]) -> ImportPlan:
        return import_list(self.session, self.organiser, self.order(*rows), NOW)

    def count(self, table: type) -> int:
        return self.session.scalar(select(func.count()).select_from(table)) or 0

    def state(self) -> tuple[int, ...]:
        tables = (Organisation, Exhibitor, BoothClaim, ClaimDay, CoExhibitor, Product)
        return tuple(map(self.count, tables))


@pytest.fixture
def hall(session: Session) -> Hall:
    return Hall(session)


def test_the_first_row_of_a_booth_holds_it_for_every_day_and_later_rows_share_it(hall: Hall) -> None:
    plan = hall.take_in(("HTX Bản Liền", "A-001"), ("Chè Hà Giang", "a 1"), ("Mật ong U Minh", "A001"))
    assert [row.outcome for row in plan.rows] == [Outcome.TAKEN, Outcome.MERGED, Outcome.MERGED]
    claim = hall.session.scalars(select(BoothClaim)).one()
    assert (claim.booth.code, claim.state, claim.made_at) == ("A-001", ClaimState.CONFIRMED, NOW)
    assert claim.exhibitor.organisation.name == "HTX Bản Liền"
    days = hall.session.scalars(select(ClaimDay.day).order_by(ClaimDay.day)).all()
    assert tuple(days) == days_of(hall.fair.starts_on, hall.fair.ends_on)
    sharing = hall.session.scalars(select(CoExhibitor).order_by(CoExhibitor.id)).all()
    assert [each.exhibitor.organisation.name for each in sharing] == ["Chè Hà Giang", "Mật ong U Minh"]


def test_the_same_list_twice_changes_nothing_and_leaves_one_entry_each_time(hall: Hall) -> None:
    rows = (("Bosch", "A-001"), ("Lidl", "A-001, A-002"), ("Bosch", "A-003"), ("", "A-004"))
    first = hall.take_in(*rows)
    before = hall.state()
    second = hall.take_in(*rows)
    assert first.figures() == {"rows": 4, "taken": 2, "merged": 1, "refused": 1}
    assert second.figures() == {"rows": 4, "taken": 0, "merged": 3, "refused": 1}
    assert hall.state() == before == (2, 2, 3, 15, 1, 0)
    entries = hall.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.what, entry.facts["taken"]) for entry in entries] == [
        ("list.imported", 2),
        ("list.imported", 0),
    ]


def test_a_plan_alone_writes_nothing(hall: Hall) -> None:
    decided = plan_list(hall.session, hall.organiser, hall.order(("Bosch", "A-001")), NOW)
    assert decided.plan.figures() == {"rows": 1, "taken": 1, "merged": 0, "refused": 0}
    assert hall.state() == (0, 0, 0, 0, 0, 0)


def test_who_stands_there_already_keeps_the_booth(hall: Hall) -> None:
    holder = make.exhibitor(hall.session, make.organisation(hall.session, "HTX Sơn Hà"), hall.fair)
    claim = make.claim(hall.session, hall.booths[0], holder, hall.fair)
    plan = hall.take_in(("Người mới", "A-001"), ("HTX Sơn Hà", "A-002"))
    assert [row.notes for row in plan.rows] == [
        (RowNote.NEW_EXHIBITOR, RowNote.CO_EXHIBITOR),
        (RowNote.FURTHER_BOOTH,),
    ]
    held = hall.session.execute(select(BoothClaim.booth_id, BoothClaim.exhibitor_id).order_by(BoothClaim.id))
    assert [tuple(row) for row in held] == [
        (claim.booth_id, holder.id),
        (hall.booths[1].id, holder.id),
    ]


def test_a_further_code_of_a_booth_names_it_too(hall: Hall) -> None:
    hall.booths[0].other_codes = ["K-17"]
    hall.take_in(("Bosch", "K17"), ("Lidl", "A-001"))
    assert hall.session.scalars(select(BoothClaim.booth_id)).all() == [hall.booths[0].id]
    assert hall.count(CoExhibitor) == 1


def test_a_blocked_booth_and_another_outline_are_refused_with_their_reasons(hall: Hall) -> None:
    hall.booths[0].blocked_because = "Cột nhà"
    hall.booths[1].is_let = False
    hall.booths[2].retired_at = NOW
    plan = hall.take_in(("Một", "A-001"), ("Hai", "A-002"), ("Ba", "A-003"), ("Bốn", "A-004"))
    assert [row.reasons for row in plan.rows] == [
        (Obstacle.BLOCKED,),
        (Obstacle.NOT_LET,),
        (StandReason.UNKNOWN_BOOTH,),
        (),
    ]
    assert hall.state() == (1, 1, 1, 5, 0, 0)


def test_booths_of_a_delegations_block_take_only_whom_it_brings(hall: Hall) -> None:
    block = make.delegation(hall.session, hall.fair)
    for booth in hall.booths[:2]:
        hall.session.add(DelegationBooth(delegation_id=block.id, booth_id=booth.id, given_at=NOW))
    brought = make.application(hall.session, make.organisation(hall.session, "Chè Hà Giang"), hall.fair)
    brought.delegation_id = block.id
    theirs = make.exhibitor(hall.session, brought.organisation, hall.fair, application_id=brought.id)
    rows = (("Người lạ", "A-001"), ("Chè Hà Giang", "A-001"), ("Bosch", "A-003"), ("Bosch", "A-001, A-004"))
    plan = hall.take_in(*rows)
    kept = (Obstacle.KEPT_FOR_DELEGATION,)
    assert [row.reasons for row in plan.rows] == [kept, (), (), kept]
    held = hall.session.execute(select(BoothClaim.booth_id, BoothClaim.exhibitor_id).order_by(BoothClaim.id))
    assert held.first() == (hall.booths[0].id, theirs.id)
    assert hall.count(CoExhibitor) == 0
    assert [row.reasons for row in hall.take_in(*rows).rows] == [kept, (), (), kept]


def test_a_booth_that_is_offered_to_the_waiting_list_is_refused(hall: Hall) -> None:
    waiting = make.application(
        hall.session, make.organisation(hall.session), hall.fair, state=State.WAITLISTED
    )
    offer = WaitingOffer(
        fair_id=hall.fair.id,
        application_id=waiting.id,
        booth_id=hall.booths[0].id,
        offered_at=NOW,
        expires_at=NOW + timedelta(days=1),
        state=OfferState.OPEN,
    )
    hall.session.add(offer)
    hall.session.flush()
    assert [row.reasons for row in hall.take_in(("Bosch", "A-001")).rows] == [(Obstacle.OFFERED,)]
    offer.ended_at = NOW
    assert [row.reasons for row in hall.take_in(("Bosch", "A-001")).rows] == [()]


def test_an_organisation_of_an_earlier_import_comes_again_with_its_profile(hall: Hall) -> None:
    hall.take_in(("HTX Bản Liền", "A-001"))
    hall.session.execute(Organisation.__table__.update().values(story={"vi": "Chè cổ thụ"}))  # type: ignore[attr-defined]
    nextone = make.fair(hall.session, "OCOP28", starts_on=date(2028, 4, 1), ends_on=date(2028, 4, 2))
    make.booth(hall.session, make.hall(hall.session, nextone), "B-1")
    order = ImportList(nextone.id, [SourceRow(2, ("HTX Bản Liền", "B-1"))], COLUMNS, len(FIELDS))
    import_list(hall.session, make.actor(Role.ADMINISTRATOR), order, NOW)
    assert hall.count(Organisation) == 1
    assert hall.count(Exhibitor) == 2


def test_a_name_registered_by_somebody_is_not_given_to_them_by_a_list(hall: Hall) -> None:
    own = make.organisation(hall.session, "Bosch")
    hall.take_in(("Bosch", "A-001"))
    assert hall.session.scalars(select(Exhibitor.organisation_id)).one() != own.id


def test_who_left_and_stands_in_the_list_again_is_back(hall: Hall) -> None:
    gone = make.exhibitor(
        hall.session,
        make.organisation(hall.session, "Bosch"),
        hall.fair,
        left_at=datetime(2027, 1, 1, tzinfo=UTC),
    )
    hall.take_in(("Bosch", "A-001"))
    hall.session.refresh(gone)
    assert gone.left_at is None


def test_a_record_is_kept_with_country_place_products_and_stars(hall: Hall) -> None:
    hall.take_in(
        ("HTX Ea Kao", "A-001", "Việt Nam", "Dak Lak", "Cà phê rang (5 sao); Trà", "Đồ uống", "4"),
        ("กลุ่มทอผ้า", "A-002", "Thailand", "จังหวัดน่าน", "ผ้าทอ", "???", ""),
        ("Somebody", "A-003", "Wonderland", "", "", "", ""),
    )
    viet, thai, other = hall.session.scalars(select(Organisation).order_by(Organisation.id)).all()
    assert (viet.kind, viet.country, viet.place, viet.name_language) == (
        OrganisationKind.COOPERATIVE,
        "VN",
        "",
        "vi",
    )
    assert viet.province_code is not None
    assert "dak lak" in viet.folded
    assert (thai.country, thai.name_language, thai.place) == ("TH", "th", "จังหวัดน่าน")
    assert (other.country, other.place) == ("VN", "Wonderland")
    products = hall.session.scalars(select(Product).order_by(Product.id)).all()
    assert [(each.names, each.group_code, each.stars) for each in products] == [
        ({"vi": "Cà phê rang"}, "drink", 5),
        ({"vi": "Trà"}, "drink", 4),
        ({"native": "ผ้าทอ"}, "food", None),
    ]


def test_what_cannot_be_read_is_said_in_its_row(hall: Hall) -> None:
    plan = hall.take_in(
        ("Một", "A-001", "Wonderland", "", "Chiếu", "???"), ("Hai", "A-002", "VN", "", "Chè", "drink")
    )
    assert [set(row.notes) for row in plan.rows] == [
        {RowNote.NEW_EXHIBITOR, RowNote.COUNTRY_UNREAD, RowNote.GROUP_UNREAD},
        {RowNote.NEW_EXHIBITOR},
    ]


def test_what_is_too_long_to_be_kept_whole_is_left_out_and_said() -> None:
    around = Surroundings("VN", "ocop2021", (), NOW)
    record = Record(
        "Ca Phe Lao",
        country="LA",
        tax_code="LA-2027-000000000000000012345",
        website=f"https://example.com/{'x' * 300}",
        email=f"{'a' * 64}@{'b' * 180}.{'c' * 20}",
    )
    settled = settle_record(record, around)
    assert [settled.organisation[name] for name in ("tax_code", "website", "email")] == [None] * 3
    assert set(settled.notes) == {RowNote.TAX_CODE_UNREAD, RowNote.WEBSITE_UNREAD, RowNote.EMAIL_UNREAD}


def test_exhibitors_without_a_booth_are_admitted_when_the_organiser_says_so(hall: Hall) -> None:
    rows = (("Bosch", ""), ("Lidl", "tbc"))
    refused = import_list(hall.session, hall.organiser, hall.order(*rows), NOW)
    admitted = import_list(hall.session, hall.organiser, hall.order(*rows, without=WithoutBooth.ADMIT), NOW)
    assert (refused.counts[Outcome.REFUSED], admitted.counts[Outcome.TAKEN]) == (2, 2)
    assert hall.state() == (2, 2, 0, 0, 0, 0)


def test_producers_come_in_without_a_fair_and_once(hall: Hall) -> None:
    columns = {Field.NAME: 0, Field.COUNTRY: 1}
    order = ImportList(None, [SourceRow(2, ("Bosch", "DE")), SourceRow(3, ("bosch", ""))], columns, 2)
    first = import_list(hall.session, hall.organiser, order, NOW)
    second = import_list(hall.session, hall.organiser, order, NOW)
    assert (first.figures(), second.figures()) == (
        {"rows": 2, "taken": 1, "merged": 1, "refused": 0},
        {"rows": 2, "taken": 0, "merged": 2, "refused": 0},
    )
    assert hall.state() == (1, 0, 0, 0, 0, 0)


def test_others_may_not_import(hall: Hall) -> None:
    order = hall.order(("Bosch", "A-001"))
    other = make.fair(hall.session, "OTHER")
    with pytest.raises(Missing):
        import_list(hall.session, make.actor(Role.ORGANISER, other), order, NOW)
    with pytest.raises(NotAllowed):
        import_list(hall.session, make.actor(Role.REVIEWER, hall.fair), order, NOW)
    with pytest.raises(NotAllowed):
        plan_list(hall.session, make.actor(), ImportList(None, [], {Field.NAME: 0}, 1), NOW)
    assert hall.state() == (0, 0, 0, 0, 0, 0)
