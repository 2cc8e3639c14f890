"""The board as an organiser meets it: seen, filtered, and every act on it with its refusals."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.applications import State
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim, ClaimDay, CoExhibitor, Exhibitor
from fairapp.store.base import db
from fairapp.store.delegations import DelegationBooth
from fairapp.store.fairs import Booth
from tests import factories as make
from tests.asking import queries

Browse = Callable[..., FlaskClient]
Send = Callable[..., Any]


class Place:
    """A fair with two halls, six booths in the first, an applicant and an imported exhibitor."""

    def __init__(self, rows: Session) -> None:
        self.fair = make.fair(rows)
        self.hall = make.hall(rows, self.fair)
        self.booths: list[Booth] = [make.booth(rows, self.hall, f"A-{n:03d}") for n in range(1, 7)]
        self.other = make.booth(rows, make.hall(rows, self.fair, "B", position=1), "B-001")
        self.organiser: Account = make.account(rows, name="Phạm Thu Hà")
        make.grant(rows, self.organiser, Role.ORGANISER, self.fair)
        applied = make.organisation(rows, "HTX Chè Suối Nậm Lành")
        make.product(rows, applied)
        self.application = make.application(
            rows,
            applied,
            self.fair,
            state=State.CONFIRMED,
            wishes={"corner": True},
            needs={"power_w": 2000, "water": True},
        )
        self.tea = make.exhibitor(rows, applied, self.fair, application_id=self.application.id)
        listed = make.organisation(rows, "Lụa Mã Châu")
        make.product(rows, listed, group_code="craft")
        self.silk = make.exhibitor(rows, listed, self.fair)
        rows.commit()
        self.board = f"/o/{self.fair.code}/board/A"
        self.claims = f"/o/{self.fair.code}/claims"

    def give(self, rows: Session, booth: Booth, to: Exhibitor) -> BoothClaim:
        claim = make.claim(rows, booth, to, self.fair)
        rows.commit()
        return claim


@pytest.fixture
def place(rows: Session) -> Place:
    return Place(rows)


@pytest.fixture
def hand(browse: Browse, place: Place) -> FlaskClient:
    """The organiser's browser."""
    return browse(place.organiser)


def text_of(answer: Any) -> str:
    return answer.get_data(as_text=True)


def booth_of(place: Place, exhibitor: Exhibitor) -> list[str]:
    db.session.expire_all()
    found = (
        select(Booth.code)
        .join(ClaimDay, ClaimDay.booth_id == Booth.id)
        .join(BoothClaim, BoothClaim.id == ClaimDay.claim_id)
        .where(BoothClaim.exhibitor_id == exhibitor.id)
        .distinct()
    )
    return sorted(db.session.scalars(found))


def names_in_queue(page: str) -> list[str]:
    return re.findall(r'class="queue__name"[^>]*>([^<]+)<', page)


def test_the_board_opens_on_the_first_hall_and_lists_who_is_to_place(place: Place, hand: FlaskClient) -> None:
    first = hand.get(f"/o/{place.fair.code}/board")
    assert (first.status_code, first.location) == (302, place.board)
    page = text_of(hand.get(place.board))
    assert names_in_queue(page) == ["HTX Chè Suối Nậm Lành", "Lụa Mã Châu"]
    assert re.findall(r'data-code="(A-\d+)"', page) == [booth.code for booth in place.booths]
    assert "2.000 W" in page
    assert "Góc" in page


def test_whoever_has_a_booth_leaves_the_queue_but_not_the_whole_list(
    place: Place, hand: FlaskClient, rows: Session
) -> None:
    place.give(rows, place.booths[0], place.tea)
    assert names_in_queue(text_of(hand.get(place.board))) == ["Lụa Mã Châu"]
    assert len(names_in_queue(text_of(hand.get(f"{place.board}?show=all")))) == 2


def test_an_application_for_two_booths_waits_until_it_has_both(
    place: Place, hand: FlaskClient, rows: Session
) -> None:
    place.application.booths, place.application.area_m2 = 2, 18.0
    place.give(rows, place.booths[0], place.tea)
    assert names_in_queue(text_of(hand.get(place.board))) == ["HTX Chè Suối Nậm Lành", "Lụa Mã Châu"]


@pytest.mark.parametrize(
    ("query", "left"),
    [("q=ma+chau", []), ("q=lụa", ["Lụa Mã Châu"]), ("group=craft", ["Lụa Mã Châu"]), ("group=herb", [])],
)
def test_the_queue_is_filtered_by_words_and_group(
    place: Place, hand: FlaskClient, rows: Session, query: str, left: list[str]
) -> None:
    place.silk.organisation.folded = "lua ma"
    rows.commit()
    assert names_in_queue(text_of(hand.get(f"{place.board}?{query}"))) == left


def test_a_press_assigns_and_leads_back_to_the_board(place: Place, hand: FlaskClient, send: Send) -> None:
    page = f"{place.board}?booth={place.booths[0].id}&exhibitor={place.tea.id}"
    shown = text_of(hand.get(page))
    assert shown.count('data-action="claim-booth"') == 2
    answer = send(hand, page, place.claims, exhibitor_id=place.tea.id, booth_id=place.booths[0].id)
    assert (answer.status_code, answer.location) == (303, f"{place.board}?booth={place.booths[0].id}")
    assert booth_of(place, place.tea) == ["A-001"]
    after = text_of(hand.get(answer.location))
    assert "HTX Chè Suối Nậm Lành đã có gian A-001." in after


@pytest.mark.parametrize("typed", ["A-003", "a003", "A 3", "003"])
def test_a_booth_is_found_by_its_code_however_it_is_typed(
    place: Place, hand: FlaskClient, send: Send, typed: str
) -> None:
    answer = send(hand, place.board, place.claims, exhibitor_id=place.tea.id, code=typed, hall="A")
    assert answer.status_code == 303
    assert booth_of(place, place.tea) == ["A-003"]


@pytest.mark.parametrize("fields", [{"code": "Z-9"}, {"code": ""}, {}])
def test_a_code_that_is_on_no_plan_is_told(
    place: Place, hand: FlaskClient, send: Send, fields: dict[str, str]
) -> None:
    answer = send(hand, place.board, place.claims, exhibitor_id=place.tea.id, hall="A", **fields)
    assert answer.status_code == 422
    assert booth_of(place, place.tea) == []


def test_without_an_exhibitor_nothing_is_assigned(place: Place, hand: FlaskClient, send: Send) -> None:
    answer = send(hand, place.board, place.claims, exhibitor_id="", booth_id=place.booths[0].id)
    assert answer.status_code == 422
    assert "Chưa chọn đơn vị" in text_of(answer)


def test_a_second_press_is_harmless(place: Place, hand: FlaskClient, send: Send) -> None:
    for _ in range(2):
        answer = send(hand, place.board, place.claims, exhibitor_id=place.tea.id, booth_id=place.booths[0].id)
        assert answer.status_code == 303
    assert "Đơn vị này đang giữ gian A-001 rồi." in text_of(hand.get(answer.location))
    assert db.session.scalar(select(func.count(BoothClaim.id))) == 1


def test_a_taken_booth_is_refused_with_three_free_ones_that_one_press_assigns(
    place: Place, hand: FlaskClient, rows: Session, send: Send
) -> None:
    place.give(rows, place.booths[0], place.silk)
    refused = send(hand, place.board, place.claims, exhibitor_id=place.tea.id, booth_id=place.booths[0].id)
    page = text_of(refused)
    assert refused.status_code == 409
    assert "Gian A-001 đã có người nhận" in page
    offers = re.findall(r'name="booth_id" value="(\d+)"', page)
    assert [int(offer) for offer in offers] == [booth.id for booth in place.booths[1:4]]
    assert page.count('data-action="claim-booth"') == 3
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    fields = {"csrf_token": token[1], "exhibitor_id": place.tea.id, "booth_id": offers[0], "kept": ""}
    again = hand.post(place.claims, data=fields, headers={"Origin": "http://localhost"})
    assert again.status_code == 303
    assert booth_of(place, place.tea) == ["A-002"]


def test_free_neighbours_are_booths_that_the_exhibitor_could_have(
    place: Place, hand: FlaskClient, rows: Session, send: Send
) -> None:
    place.booths[1].area_m2 = 4.0
    place.give(rows, place.booths[0], place.silk)
    refused = send(hand, place.board, place.claims, exhibitor_id=place.tea.id, booth_id=place.booths[0].id)
    offers = re.findall(r'name="booth_id" value="(\d+)"', text_of(refused))
    assert [int(offer) for offer in offers] == [booth.id for booth in place.booths[2:5]]


def test_a_delegations_block_is_drawn_and_named_as_the_delegations_until_somebody_stands_there(
    place: Place, hand: FlaskClient, rows: Session
) -> None:
    free = text_of(hand.get(f"{place.board}?lang=en"))
    block = make.delegation(rows, place.fair, names={"en": "Lào Cai"})
    rows.add_all(
        DelegationBooth(delegation_id=block.id, booth_id=each.id, given_at=make.NOW)
        for each in place.booths[:2]
    )
    place.give(rows, place.booths[1], place.silk)
    shown = text_of(hand.get(f"{place.board}?lang=en&booth={place.booths[0].id}"))
    assert free.count("bth bth--kept") == 0
    assert shown.count("bth bth--kept") == 1
    assert "A-001, 9 m², Lào Cai, in a delegation&#39;s block" in shown
    assert f'href="/o/{place.fair.code}/delegations/{block.id}">Lào Cai</a>' in shown
    assert (
        re.findall(r"(\d+) of \d+ booths free", free)[0] != re.findall(r"(\d+) of \d+ booths free", shown)[0]
    )
    held = text_of(hand.get(f"{place.board}?lang=en&booth={place.booths[1].id}"))
    assert "In a delegation&#39;s block" in held


def test_every_reason_is_named_at_once(place: Place, hand: FlaskClient, rows: Session, send: Send) -> None:
    place.booths[0].area_m2, place.booths[0].blocked_because = 4.0, "Cột nhà"
    rows.commit()
    shown = text_of(hand.get(f"{place.board}?booth={place.booths[0].id}&exhibitor={place.tea.id}"))
    refused = send(hand, place.board, place.claims, exhibitor_id=place.tea.id, booth_id=place.booths[0].id)
    for reason in ("Gian A-001 đang tạm khóa", "Gian A-001 nhỏ hơn diện tích trong hồ sơ"):
        assert reason in shown
        assert reason in text_of(refused)


def test_moving_swapping_and_taking_back_keep_the_history(
    place: Place, hand: FlaskClient, rows: Session, send: Send
) -> None:
    tea, silk = (
        place.give(rows, booth, who)
        for booth, who in zip(place.booths, (place.tea, place.silk), strict=False)
    )
    moved = send(hand, place.board, f"{place.claims}/{tea.id}/move", code="A-004", hall="A")
    assert (moved.status_code, booth_of(place, place.tea)) == (303, ["A-004"])
    now_tea = db.session.scalar(
        select(BoothClaim.id).where(
            BoothClaim.exhibitor_id == place.tea.id, BoothClaim.state != ClaimState.MOVED
        )
    )
    swapped = send(hand, place.board, f"{place.claims}/{now_tea}/swap", code="A-002", hall="A")
    assert swapped.status_code == 303
    assert (booth_of(place, place.tea), booth_of(place, place.silk)) == (["A-002"], ["A-004"])
    last = db.session.scalar(select(func.max(BoothClaim.id)).where(BoothClaim.exhibitor_id == place.tea.id))
    unsaid = send(hand, place.board, f"{place.claims}/{last}/release", reason=" ")
    assert (unsaid.status_code, booth_of(place, place.tea)) == (422, ["A-002"])
    freed = send(hand, place.board, f"{place.claims}/{last}/release", reason="Xin rút")
    assert (freed.status_code, booth_of(place, place.tea)) == (303, [])
    page = text_of(hand.get(freed.location))
    assert "Xin rút" in page
    assert "Phạm Thu Hà" in page
    assert silk.id != last


def test_swapping_with_an_empty_booth_is_told(
    place: Place, hand: FlaskClient, rows: Session, send: Send
) -> None:
    claim = place.give(rows, place.booths[0], place.tea)
    answer = send(hand, place.board, f"{place.claims}/{claim.id}/swap", code="A-002", hall="A")
    assert answer.status_code == 422
    assert booth_of(place, place.tea) == ["A-001"]


def test_a_claim_that_has_ended_cannot_be_moved_again(
    place: Place, hand: FlaskClient, rows: Session, send: Send
) -> None:
    claim = place.give(rows, place.booths[0], place.tea)
    for expected in (303, 409):
        answer = send(hand, place.board, f"{place.claims}/{claim.id}/move", booth_id=place.booths[1].id)
        assert answer.status_code == expected
    assert booth_of(place, place.tea) == ["A-002"]


def test_a_booth_is_shared_and_no_longer(place: Place, hand: FlaskClient, rows: Session, send: Send) -> None:
    claim = place.give(rows, place.booths[0], place.tea)
    shared = send(hand, place.board, f"{place.claims}/{claim.id}/share", exhibitor_id=place.silk.id)
    assert shared.status_code == 303
    page = text_of(hand.get(shared.location))
    assert "Lụa Mã Châu" in page
    assert ">+1</text>" in page
    twice = send(hand, place.board, f"{place.claims}/{claim.id}/share", exhibitor_id=place.silk.id)
    assert twice.status_code == 409
    ended = send(hand, place.board, f"{place.claims}/{claim.id}/stop-sharing", exhibitor_id=place.silk.id)
    assert ended.status_code == 303
    assert db.session.scalar(select(func.count(CoExhibitor.id))) == 0


def test_a_booth_is_kept_back_with_a_reason_and_offered_again(
    place: Place, hand: FlaskClient, send: Send
) -> None:
    booth = place.booths[0]
    act = f"/o/{place.fair.code}/booths/{booth.id}/block"
    assert send(hand, place.board, act, reason="").status_code == 422
    assert send(hand, place.board, act, reason="Cột nhà").status_code == 303
    page = text_of(hand.get(f"/o/{place.fair.code}/booths/{booth.id}"))
    assert "Cột nhà" in page
    assert send(hand, f"{place.board}?booth={booth.id}", act, offer="1").status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Booth, booth.id).blocked_because is None


def test_a_treasurer_looks_and_finds_no_button(
    place: Place, browse: Browse, rows: Session, send: Send
) -> None:
    treasurer = make.account(rows)
    make.grant(rows, treasurer, Role.FINANCE, place.fair)
    place.give(rows, place.booths[0], place.tea)
    looking = browse(treasurer)
    page = looking.get(f"{place.board}?booth={place.booths[0].id}&exhibitor={place.silk.id}")
    assert (page.status_code, "claim-booth" in text_of(page)) == (200, False)
    posted = looking.post(place.claims, data={}, headers={"Origin": "http://localhost"})
    assert posted.status_code in (400, 403)


@pytest.mark.parametrize("way", ["board/A", "booths/{booth}", "booths/{booth}/panel"])
def test_strangers_find_nothing(place: Place, browse: Browse, rows: Session, way: str) -> None:
    stranger = make.account(rows)
    make.grant(rows, stranger, Role.ORGANISER, make.fair(rows, code="ELSE"))
    rows.commit()
    address = f"/o/{place.fair.code}/{way.format(booth=place.booths[0].id)}"
    assert browse(stranger).get(address).status_code == 404


def test_who_has_not_signed_in_is_asked_to(place: Place, client: FlaskClient) -> None:
    assert client.get(place.board).status_code == 302


def test_things_of_another_fair_answer_like_missing_ones(
    place: Place, hand: FlaskClient, rows: Session, send: Send
) -> None:
    elsewhere = make.fair(rows, code="ELSE")
    make.grant(rows, place.organiser, Role.ORGANISER, elsewhere)
    booth = make.booth(rows, make.hall(rows, elsewhere))
    guest = make.exhibitor(rows, make.organisation(rows), elsewhere)
    claim = make.claim(rows, booth, guest, elsewhere)
    rows.commit()
    tries = [
        (place.claims, {"exhibitor_id": place.tea.id, "booth_id": booth.id}),
        (place.claims, {"exhibitor_id": guest.id, "booth_id": place.booths[0].id}),
        (f"{place.claims}/{claim.id}/move", {"booth_id": place.booths[0].id}),
        (f"{place.claims}/{claim.id}/release", {"reason": "x"}),
        (f"/o/{place.fair.code}/booths/{booth.id}/block", {"reason": "x"}),
    ]
    assert [send(hand, place.board, act, **fields).status_code for act, fields in tries] == [404] * 5
    assert hand.get(f"/o/{place.fair.code}/booths/{booth.id}").status_code == 404
    assert hand.get(f"{place.board}?booth={booth.id}").status_code == 200


def test_a_fair_without_a_plan_says_what_to_do(place: Place, hand: FlaskClient, rows: Session) -> None:
    empty = make.fair(rows, code="EMPTY")
    make.grant(rows, place.organiser, Role.ORGANISER, empty)
    rows.commit()
    assert "/o/EMPTY/plan" in text_of(hand.get("/o/EMPTY/board"))


def test_the_board_asks_as_many_questions_for_three_rows_as_for_hundreds(
    place: Place, hand: FlaskClient, rows: Session
) -> None:
    chosen = f"{place.board}?booth={place.booths[0].id}&exhibitor={place.silk.id}"
    claim = place.give(rows, place.booths[0], place.tea)
    queries(hand, chosen)  # the first request also prepares what is kept
    few = len(queries(hand, chosen))
    for _ in range(150):
        organisation = make.organisation(rows)
        make.product(rows, organisation)
        exhibitor = make.exhibitor(rows, organisation, place.fair)
        make.claim(rows, make.booth(rows, place.hall), exhibitor, place.fair)
        rows.add(CoExhibitor(claim_id=claim.id, exhibitor_id=exhibitor.id, added_at=make.NOW))
        make.exhibitor(rows, make.organisation(rows), place.fair)
    rows.commit()
    many = queries(hand, chosen)
    assert len(many) == few, many


def test_who_asked_for_two_booths_stays_in_the_hand_until_it_has_both(
    place: Place, hand: FlaskClient, rows: Session, send: Send
) -> None:
    place.application.booths, place.application.area_m2 = 2, 18.0
    rows.commit()
    first, second = (
        send(hand, place.board, place.claims, exhibitor_id=place.tea.id, booth_id=booth.id).location
        for booth in place.booths[:2]
    )
    assert first == f"{place.board}?booth={place.booths[0].id}&exhibitor={place.tea.id}"
    assert second == f"{place.board}?booth={place.booths[1].id}"


def test_the_filter_of_the_queue_outlives_an_act(place: Place, hand: FlaskClient, send: Send) -> None:
    kept = "q=che&group=drink&next=https://elsewhere.example"
    fields = {"exhibitor_id": place.tea.id, "booth_id": place.booths[0].id, "kept": kept}
    location = send(hand, place.board, place.claims, **fields).location
    assert location == f"{place.board}?booth={place.booths[0].id}&q=che&group=drink"


@pytest.mark.parametrize(
    "query", ["hall=B", "fair_code=X", "endpoint=x", "_anchor=x", "_external=1&_scheme=ftp"]
)
def test_the_way_to_the_first_hall_takes_along_only_what_the_board_knows(
    browse: Browse, place: Place, query: str
) -> None:
    answer = browse(place.organiser).get(f"/o/OCOP27/board?{query}&q=lua")
    assert (answer.status_code, answer.location) == (302, "/o/OCOP27/board/A?q=lua")


def test_a_reason_that_is_too_long_is_not_called_missing(
    browse: Browse, send: Send, rows: Session, place: Place
) -> None:
    claim = place.give(rows, place.booths[0], place.tea)
    page = f"/o/OCOP27/booths/{place.booths[0].id}?lang=en"
    for action in (f"{place.claims}/{claim.id}/release", f"/o/OCOP27/booths/{place.booths[1].id}/block"):
        answer = send(browse(place.organiser), page, f"{action}?lang=en", reason="x" * 201)
        assert answer.status_code == 422
        assert "This is too long. Shorten it." in answer.get_data(as_text=True)
