"""Rows read and planned: every row ends with a reason or a place, and doing it again changes nothing."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.column_titles import Field
from fairapp.rules.columns import guess_columns
from fairapp.rules.exchange_rows import fates, from_json, to_json
from fairapp.rules.import_plan import ImportPlan, KnownExhibitor, KnownStand, Part, WithoutBooth, plan_rows
from fairapp.rules.imports import Outcome, RowNote, RowReason, SourceRow, email_of, read_row, website_of
from fairapp.rules.printed_texts import STORY_ROOM
from fairapp.rules.stand_codes import StandReason
from fairapp.rules.stars import Offered
from fairapp.rules.text import TextReason

ADMIT = WithoutBooth.ADMIT
STANDS = (
    KnownStand(1, "1", "A-010"),
    KnownStand(2, "1", "A-012"),
    KnownStand(3, "1", "B-011 C-010"),
    KnownStand(4, "2", "A-010"),
)
HEADER = ("name", "booth", "hall", "country", "email", "website")


def planned(rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER, **known: object) -> ImportPlan:
    source = [SourceRow(number, tuple(row)) for number, row in enumerate(rows, 2)]
    stands = known.pop("stands", STANDS)
    return plan_rows(source, guess_columns(header), len(header), stands, **known)  # type: ignore[arg-type]


def kept(plan: ImportPlan, stands: Sequence[KnownStand] = STANDS) -> dict[str, object]:
    """The fair after the plan was applied to an empty one: what a second run starts from."""
    holders: dict[int, int] = {}
    others: dict[int, set[int]] = {}
    for row in plan.rows:
        for placement in row.placements:
            assert row.newcomer is not None
            if placement.part is Part.HOLDER:
                assert holders.setdefault(placement.stand_id, row.newcomer) == row.newcomer
            elif placement.part is Part.CO_EXHIBITOR:
                others.setdefault(placement.stand_id, set()).add(row.newcomer)
    return {
        "stands": [
            KnownStand(s.id, s.hall, s.code, holders.get(s.id), frozenset(others.get(s.id, ())))
            for s in stands
        ],
        "exhibitors": [
            KnownExhibitor(number, record.name, record.other_name, record.country)
            for number, record in enumerate(plan.newcomers)
        ],
    }


def test_the_first_row_holds_the_booth_and_later_ones_share_it() -> None:
    plan = planned([("Một", "A010", "1"), ("Hai", "a-10", "Hall 1"), ("Ba", "A 10", "01")])
    assert [(row.outcome, row.placements[0].part) for row in plan.rows] == [
        (Outcome.TAKEN, Part.HOLDER),
        (Outcome.MERGED, Part.CO_EXHIBITOR),
        (Outcome.MERGED, Part.CO_EXHIBITOR),
    ]
    assert plan.figures() == {"rows": 3, "taken": 1, "merged": 2, "refused": 0}


def test_a_name_met_before_gets_a_further_booth() -> None:
    plan = planned(
        [("HTX Hòa Bình", "A010", "1"), ("htx Hoà Bình", "A012", "1"), ("HTX Hòa Bình", "A012", "1")]
    )
    assert [(row.outcome, row.newcomer, row.same_as_line) for row in plan.rows] == [
        (Outcome.TAKEN, 0, None),
        (Outcome.MERGED, 0, 2),
        (Outcome.MERGED, 0, 2),
    ]
    assert [row.notes for row in plan.rows] == [
        (RowNote.NEW_EXHIBITOR,),
        (RowNote.FURTHER_BOOTH,),
        (RowNote.ALREADY_THERE,),
    ]


def test_one_row_may_hold_several_booths() -> None:
    plan = planned([("Một", "A010/A012 C010/B011", "1")])
    assert [(p.stand_id, p.part) for p in plan.rows[0].placements] == [
        (1, Part.HOLDER),
        (2, Part.HOLDER),
        (3, Part.HOLDER),
    ]


def test_one_name_in_two_countries_is_two_exhibitors() -> None:
    plan = planned(
        [("Sun", "A010", "1", "Việt Nam"), ("Sun", "A012", "1", "Japan"), ("SUN", "A012", "1", "viet nam")]
    )
    assert [row.newcomer for row in plan.rows] == [0, 1, 0]


def test_countries_are_compared_by_their_code_when_somebody_knows_it() -> None:
    codes = {"Germany": "DE", "Đức": "DE"}
    rows = [("Sun", "A010", "1", "Germany"), ("Sun", "A010", "1", "Đức")]
    assert planned(rows, country_code=lambda name: codes.get(name, "")).figures()["merged"] == 1
    assert [row.outcome for row in planned(rows, country_code=codes.__getitem__).rows] == [
        Outcome.TAKEN,
        Outcome.MERGED,
    ]
    assert len(planned(rows).newcomers) == 2


def test_names_that_differ_by_accents_are_two_unless_one_has_none() -> None:
    plan = planned([("Hòa Mỹ", "A010", "1"), ("Hoa Mỵ", "A012", "1"), ("HOA MY", "A010", "2")])
    assert [row.newcomer for row in plan.rows] == [0, 1, 2]
    assert RowNote.SIMILAR_NAME in plan.rows[1].notes
    alone = planned([("Hòa Mỹ", "A010", "1"), ("HOA MY", "A010", "2")])
    assert [row.newcomer for row in alone.rows] == [0, 0]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("", "A010", "1"), RowReason.NO_NAME),
        (("\u200b", "A010", "1"), RowReason.NO_NAME),
        (("Một", "", "1"), StandReason.NO_BOOTH),
        (("Một", "tbc", "1"), StandReason.NOT_A_BOOTH),
        (("Một", "Z9", "1"), StandReason.UNKNOWN_BOOTH),
        (("Một", "A010", ""), StandReason.SEVERAL_HALLS),
        (("Một", "A010", "F8"), StandReason.UNKNOWN_HALL),
        (("Một", "A010", "1", "", "", "", "surplus"), RowReason.TOO_MANY_CELLS),
        (("Tổng cộng", "12", "3"), RowReason.NOT_A_ROW),
        (("a\0b", "A010", "1"), TextReason.NUL),
        (("x" * 201, "A010", "1"), TextReason.TOO_LONG),
    ],
)
def test_a_row_is_refused_with_its_reason_and_leaves_no_trace(row: Sequence[str], reason: object) -> None:
    plan = planned([row, ("Hai", "A012", "1")])
    assert (plan.rows[0].outcome, plan.rows[0].reasons, plan.rows[0].placements) == (
        Outcome.REFUSED,
        (reason,),
        (),
    )
    assert [record.name for record in plan.newcomers] == ["Hai"]


def test_a_refused_row_does_not_become_the_holder() -> None:
    plan = planned([("Một", "A010 Z9", "F8"), ("Hai", "A010", "1")])
    assert [row.outcome for row in plan.rows] == [Outcome.REFUSED, Outcome.TAKEN]


def test_without_a_booth_column_everybody_is_taken() -> None:
    plan = planned([("Một", "x@y.vn"), ("Hai", "")], header=("Tên đơn vị", "Email"))
    assert plan.figures() == {"rows": 2, "taken": 2, "merged": 0, "refused": 0}
    assert plan.rows[0].notes == (RowNote.NEW_EXHIBITOR, RowNote.WITHOUT_BOOTH)


def test_blank_booths_are_taken_only_when_the_organiser_says_so() -> None:
    rows = [("Một", "", "1"), ("Hai", "Digital Only", "1"), ("Ba", "Z9", "1")]
    assert planned(rows).figures()["refused"] == 3
    assert planned(rows, without_booth=WithoutBooth.ADMIT).figures() == {
        "rows": 3,
        "taken": 2,
        "merged": 0,
        "refused": 1,
    }


def test_a_blank_booth_of_somebody_already_there_is_no_loss() -> None:
    plan = planned([("Một", "A010", "1"), ("Một", "", "")])
    assert (plan.rows[1].outcome, plan.rows[1].notes) == (Outcome.MERGED, (RowNote.ALREADY_THERE,))


def test_a_hall_column_of_another_kind_is_left_out_and_said() -> None:
    plan = planned([("Một", "A012", "Level G"), ("Hai", "B011", "Level H")])
    assert plan.findings == (RowNote.HALLS_IGNORED,)
    assert [row.outcome for row in plan.rows] == [Outcome.TAKEN, Outcome.TAKEN]


def test_codes_nobody_knows_are_said_in_the_row() -> None:
    row = planned([("Một", "A012/Z9", "1")]).rows[0]
    assert (row.outcome, row.unknown_codes) == (Outcome.TAKEN, ("Z9",))
    assert RowNote.SOME_CODES_UNKNOWN in row.notes


def test_a_later_row_fills_what_the_first_left_open() -> None:
    plan = planned([("Một", "A010", "1"), ("Một", "A012", "1", "Lào", "a@b.la", "shop.la")])
    first = plan.newcomers[0]
    assert (first.country, first.email, first.website, first.booth) == (
        "Lào",
        "a@b.la",
        "https://shop.la",
        "A010",
    )


def test_somebody_on_the_booth_before_the_import_stays_its_holder() -> None:
    stands = [KnownStand(1, "1", "A-010", holder=7, co_exhibitors=frozenset({8}))]
    known = [KnownExhibitor(7, "Bảy"), KnownExhibitor(8, "Tám")]
    plan = planned([("Tám", "A010", "1"), ("Chín", "A010", "1")], stands=stands, exhibitors=known)
    assert [(row.known_id, row.placements[0].part) for row in plan.rows] == [
        (8, Part.ALREADY_THERE),
        (None, Part.CO_EXHIBITOR),
    ]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Hòa Bình", "Hoà bình", "HOA BINH", "Hoa Bính", "Sun", "SUN ", "", "Đà", "東京"]),
        st.sampled_from(["A010", "A-012/A010", "C010B011", "", "tbc", "A012 Z9", "B-011"]),
        st.sampled_from(["1", "Hall 2", "", "F8"]),
        st.sampled_from(["", "Japan", "Việt Nam"]),
    ),
    max_size=14,
)


@given(ROWS, st.sampled_from(WithoutBooth))
def test_running_an_import_twice_changes_nothing(rows: list[tuple[str, ...]], without: WithoutBooth) -> None:
    first = planned(rows, without_booth=without)
    again = planned(rows, without_booth=without, **kept(first))
    assert again.newcomers == ()
    assert {p.part for row in again.rows for p in row.placements} <= {Part.ALREADY_THERE}
    for before, after in zip(first.rows, again.rows, strict=True):
        known_by_now = before.reasons == (StandReason.NO_BOOTH,) and after.notes == (RowNote.ALREADY_THERE,)
        assert before.reasons == after.reasons or known_by_now


@given(ROWS)
def test_every_row_ends_and_every_booth_has_one_holder(rows: list[tuple[str, ...]]) -> None:
    plan = planned(rows)
    figures = plan.figures()
    assert figures["rows"] == len(rows) == figures["taken"] + figures["merged"] + figures["refused"]
    assert all(bool(row.reasons) == (row.outcome is Outcome.REFUSED) for row in plan.rows)
    holders = [p.stand_id for row in plan.rows for p in row.placements if p.part is Part.HOLDER]
    assert len(holders) == len(set(holders))


def read(**cells: str) -> tuple[dict[str, object], tuple[RowNote, ...]]:
    mapping = {Field(name): place for place, name in enumerate(cells)}
    row = read_row(SourceRow(2, tuple(cells.values())), mapping, len(cells))
    assert row.record is not None
    return {name: getattr(row.record, name) for name in (*cells, "email", "website")}, row.notes


def test_an_email_in_the_website_column_is_moved_and_said() -> None:
    told, notes = read(name="Một", website="Info@Shop.VN", email="")
    assert (told["website"], told["email"], notes) == ("", "Info@shop.vn", (RowNote.EMAIL_MOVED,))


def test_an_email_beside_another_does_not_replace_it() -> None:
    told, notes = read(name="Một", website="b@shop.vn", email="a@shop.vn")
    assert (told["website"], told["email"], notes) == ("", "a@shop.vn", (RowNote.EMAIL_MOVED,))


def test_two_columns_the_wrong_way_round_are_turned() -> None:
    told, _ = read(name="Một", website="a@shop.vn", email="www.shop.vn")
    assert (told["website"], told["email"]) == ("https://www.shop.vn", "a@shop.vn")


def test_names_come_composed_and_it_is_said() -> None:
    told, notes = read(name="Ca\u0300 phe\u0302")
    assert (told["name"], notes) == ("Cà phê", (RowNote.NAME_NORMALISED,))


def test_what_cannot_be_read_is_left_out_and_said() -> None:
    told, notes = read(
        name="Một", email="call us", website="javascript:alert(1)", stars="many", address="x" * 501
    )
    assert told == {"name": "Một", "email": "", "website": "", "stars": None, "address": ""}
    assert set(notes) == {
        RowNote.EMAIL_UNREAD,
        RowNote.WEBSITE_UNREAD,
        RowNote.STARS_UNREAD,
        RowNote.TEXT_LEFT_OUT,
    }


def test_products_take_the_rows_stars() -> None:
    told, _ = read(name="Một", products="Trà; Mật (5 sao)", stars="4 sao")
    assert (told["products"], told["stars"]) == ((Offered("Trà", 4), Offered("Mật", 5)), 4)


@pytest.mark.parametrize(
    ("cell", "email"),
    [
        ("a@b.vn", "a@b.vn"), ("mailto:A@B.VN", "A@b.vn"), ("Lan <lan@x.com.vn>; b@c.de", "lan@x.com.vn"),
        ("a@b", ""), ("@b.vn", ""), ("a..b@c.vn", ""), ("a b", ""),
        ("kontakt@müller.de", "kontakt@müller.de"),
    ],
)  # fmt: skip
def test_emails(cell: str, email: str) -> None:
    assert email_of(cell) == email


@pytest.mark.parametrize(
    ("cell", "website"),
    [
        ("www.x.vn", "https://www.x.vn"), ("HTTP://x.vn/a?b=c", "http://x.vn/a?b=c"), ("x.vn, y.vn", "https://x.vn"),
        ("ftp://x.vn", ""), ("javascript:x.vn", ""), ("data:text/html,x", ""), ("none", ""), ("a@x.vn", ""),
        ("https://x.vn:8080/", "https://x.vn:8080/"), ("https://", ""), ("1.5", ""),
    ],
)  # fmt: skip
def test_websites(cell: str, website: str) -> None:
    assert website_of(cell) == website


def test_a_description_that_does_not_fit_in_print_is_left_out_with_the_characters_over() -> None:
    header = ("name", "description")
    plan = planned([("Một", "x" * STORY_ROOM), ("Hai", "x" * (STORY_ROOM + 7))], header, without_booth=ADMIT)
    fits, long = plan.rows
    assert (fits.record is not None and len(fits.record.description), fits.over) == (STORY_ROOM, 0)
    assert (long.outcome, long.over, RowNote.STORY_OVER in long.notes) == (Outcome.TAKEN, 7, True)
    assert long.record is not None
    assert long.record.description == ""
    assert [each.over for each in from_json(to_json(fates(plan)))] == [0, 7]


def test_the_end_of_a_row_kept_before_texts_were_measured_can_be_read() -> None:
    kept = [each[:-1] for each in to_json(fates(planned([("Một", "A010", "1")])))]
    assert [(each.name, each.over) for each in from_json(kept)] == [("Một", 0)]
