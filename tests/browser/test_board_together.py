"""Two organisers on one board: what one does the other sees, and no move is lost or doubled.

``FAIRAPP_TEST_MOVES=200`` lets each of them do two hundred moves instead of forty.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import aliased

from fairapp.rules.allocation import LIVE
from fairapp.rules.board import BoardAct
from fairapp.store.allocation import BoothClaim, ClaimDay, Exhibitor
from fairapp.store.base import db
from fairapp.store.board_events import BoardEvent
from fairapp.store.fairs import Booth
from fairapp.store.producers import Organisation
from tests.browser.boards import Office, office_of

MOVES = int(os.environ.get("FAIRAPP_TEST_MOVES", "40"))
NAMES = tuple(f"Hợp tác xã {n:02d}" for n in range(1, 15))
BOOTHS = 18


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_of(tmp_path_factory.mktemp("together"), BOOTHS, NAMES, ("Lan", "Mai")) as office:
        yield office


@pytest.fixture
def boards(browser: Browser, office: Office) -> Iterator[tuple[Page, Page]]:
    """Lan's board and Mai's, both listening."""
    contexts, pages = [], []
    for cookie in office.cookies:
        context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": "fairapp", "value": cookie, "url": office.service.url}])
        page = context.new_page()
        page.goto(office.board)
        expect(page.locator("[data-board][data-connected]")).to_be_visible()
        contexts.append(context)
        pages.append(page)
    yield pages[0], pages[1]
    for context in contexts:
        context.close()
    office.empty()


def booth(code: str) -> str:
    return f'.bth[data-code="{code}"]'


def place(page: Page, name: str, code: str) -> None:
    page.get_by_role("link", name=name).click()
    page.locator(booth(code)).click()
    page.get_by_role("button", name=f"Assign to {code}").click()
    expect(page.get_by_text(f"{name} has booth {code} now.")).to_be_visible()


def test_each_sees_within_two_seconds_what_the_other_does(boards: tuple[Page, Page]) -> None:
    lan, mai = boards
    place(lan, "Hợp tác xã 03", "A-004")
    expect(mai.locator(f"{booth('A-004')}.bth--allocated")).to_be_visible(timeout=2_000)
    expect(mai.get_by_text("Lan placed Hợp tác xã 03 in A-004")).to_be_visible()
    expect(mai.locator("a:not(.bth)", has_text="Hợp tác xã 03")).to_have_count(0)
    expect(lan.get_by_text("Lan placed Hợp tác xã 03 in A-004")).to_have_count(0)


def test_what_somebody_types_outlives_the_others_changes(boards: tuple[Page, Page]) -> None:
    lan, mai = boards
    mai.locator(booth("A-007")).click()
    mai.locator("summary", has_text="Keep the booth back").click()
    mai.get_by_label("Why? Colleagues read it here.").fill("The fire door opens here")
    place(lan, "Hợp tác xã 05", "A-007")
    expect(mai.get_by_text("This booth has changed meanwhile.")).to_be_visible()
    expect(mai.get_by_label("Why? Colleagues read it here.")).to_have_value("The fire door opens here")


def test_a_board_that_was_away_misses_nothing(boards: tuple[Page, Page]) -> None:
    lan, mai = boards
    mai.context.set_offline(True)
    place(lan, "Hợp tác xã 07", "A-010")
    mai.context.set_offline(False)
    expect(mai.locator(f"{booth('A-010')}.bth--allocated")).to_be_visible(timeout=12_000)


WALK = """async ([seed, moves, names]) => {
  let state = seed;
  const pick = (list) => list[(state = (state * 48271) % 2147483647) % list.length];
  const board = document.querySelector("[data-board]");
  const token = board.querySelector("[name=csrf_token]").value;
  const answers = {};
  for (let n = 0; n < moves; n += 1) {
    const booths = [...board.querySelectorAll(".bth")].map((one) => one.dataset.id);
    const form = new FormData();
    form.set("csrf_token", token);
    form.set("booth_id", pick(booths));
    const held = Object.values(JSON.parse(sessionStorage.getItem("held") ?? "{}"));
    let address = board.dataset.claims;
    const kind = pick(["place", "place", "move", "move", "swap", "release"]);
    if (kind === "place" || !held.length) form.set("exhibitor_id", pick(names));
    else address += `/${pick(held)}/${kind}`;
    if (kind === "release") form.set("reason", "somewhere else");
    const headers = { Accept: "application/json" };
    const answer = await fetch(address, { method: "POST", body: form, headers });
    answers[answer.status] = (answers[answer.status] ?? 0) + 1;
    const panels = await fetch(board.dataset.panels.replace("/0/", `/${form.get("booth_id")}/`));
    const text = await panels.text();
    const claim = text.match(/data-application="claim-(\\d+)"/)?.[1];
    const known = JSON.parse(sessionStorage.getItem("held") ?? "{}");
    if (claim) known[form.get("booth_id")] = claim;
    else delete known[form.get("booth_id")];
    sessionStorage.setItem("held", JSON.stringify(known));
  }
  return answers;
}"""
"""So many random acts one after the other, as the board itself sends them."""

PLAN = """() => Object.fromEntries([...document.querySelectorAll(".bth")].map((one) => [
  one.dataset.code, one.getAttribute("aria-label")]))"""


def test_random_moves_of_two_at_once_end_in_one_plan(boards: tuple[Page, Page], office: Office) -> None:
    with office.database():
        exhibitors = [str(each) for each in db.session.scalars(select(Exhibitor.id))]
    for page in boards:
        page.evaluate("() => sessionStorage.removeItem('held')")
    dice = random.Random(4)
    for page in boards:  # both walk at the same time, each inside its own browser
        given = [dice.randrange(1, 2**31 - 2), MOVES, exhibitors]
        page.evaluate(f"(given) => {{ window.walked = ({WALK})(given); }}", given)
    answers: Counter[str] = Counter()
    for page in boards:
        page.set_default_timeout(600_000)
        answers.update(page.evaluate("() => window.walked"))
    assert sum(answers.values()) == 2 * MOVES
    assert set(answers) <= {"200", "409", "422"}
    assert answers["200"] > MOVES / 4

    with office.database():
        standing, events = in_the_database()
    for page in boards:
        expect(page.locator("[data-board]")).to_have_attribute("data-seen", str(len(events)), timeout=10_000)
    plans = [page.evaluate(PLAN) for page in boards]
    assert plans[0] == plans[1]
    assert {code for code, said in plans[0].items() if said.endswith("taken")} == set(standing)
    for code, name in standing.items():
        assert name in plans[0][code]
    assert replayed(events) == standing


def in_the_database() -> tuple[dict[str, str], list[Any]]:
    """Who stands where, and every change in its order; no booth and day is held twice."""
    held = db.session.execute(
        select(Booth.code, Organisation.name, BoothClaim.id)
        .join(BoothClaim, BoothClaim.booth_id == Booth.id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(BoothClaim.state.in_(LIVE))
    ).all()
    assert len({code for code, _, _ in held}) == len(held)
    days = db.session.scalars(select(ClaimDay.claim_id).distinct()).all()
    assert set(days) == {claim for _, _, claim in held}
    other, other_holder = aliased(Booth), aliased(Exhibitor)
    mine, theirs = aliased(Organisation), aliased(Organisation)
    events = db.session.execute(
        select(BoardEvent.seq, BoardEvent.act, Booth.code, other.code, mine.name, theirs.name)
        .join(Booth, Booth.id == BoardEvent.booth_id)
        .outerjoin(other, other.id == BoardEvent.other_booth_id)
        .join(Exhibitor, Exhibitor.id == BoardEvent.exhibitor_id)
        .join(mine, mine.id == Exhibitor.organisation_id)
        .outerjoin(other_holder, other_holder.id == BoardEvent.other_exhibitor_id)
        .outerjoin(theirs, theirs.id == other_holder.organisation_id)
        .order_by(BoardEvent.seq)
    ).all()
    assert [row[0] for row in events] == list(range(1, len(events) + 1))
    return {code: name for code, name, _ in held}, [tuple(row[1:]) for row in events]


def replayed(events: list[Any]) -> dict[str, str]:
    """The plan that the events alone lead to: a lost move would be missing here."""
    plan: dict[str, str] = {}
    for act, code, other, name, other_name in events:
        if act is BoardAct.PLACED:
            assert code not in plan
            plan[code] = name
        elif act is BoardAct.MOVED:
            assert code not in plan
            plan[code] = plan.pop(other)
        elif act is BoardAct.SWAPPED:
            plan[code], plan[other] = name, other_name
        elif act is BoardAct.RELEASED:
            assert plan.pop(code) == name
    return plan
