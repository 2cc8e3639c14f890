"""Reviewing: criteria, parts, points, conflicts; each one's own, until the decision, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Grant, Role
from fairapp.rules.applications import WAITING, State
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.rules.review_settings import ReviewSettings
from fairapp.rules.reviewing import Reads, ReviewRefusal, ReviewState
from fairapp.store.accounts import Account
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.applications_reading import read_by, readable, rota_of, subjects_of
from fairapp.store.applications_reviewing import Criterion, Review, ReviewAssignment
from fairapp.store.operations import AuditEntry
from fairapp.usecases.applications_criteria import (
    AssignReviewer,
    KeepCriterion,
    assign_reviewer,
    keep_criterion,
    keep_review_settings,
    remove_criterion,
    unassign_reviewer,
)
from fairapp.usecases.applications_reviewing import (
    GiveReview,
    declare_conflict,
    give_review,
    lift_conflict,
)
from tests import factories as make

NOW = make.NOW


def acting(account: Account, fair_id: int, *organisation_ids: int) -> Actor:
    grants = frozenset({Grant(Role.REVIEWER, fair_id)})
    return Actor(account.id, account.name, grants, frozenset(organisation_ids))


class Table:
    """A fair with two criteria, three applications and a reviewer of everything."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.fair = make.fair(session)
        self.organiser = make.actor(Role.ORGANISER, self.fair)
        self.product = make.criterion(session, self.fair)
        self.story = make.criterion(session, self.fair, weight=1, most=4)
        self.tea, self.pots, self.silk = (
            self.apply(province, group)
            for province, group in (("15", "drink"), ("24", "craft"), ("15", "craft"))
        )
        self.account = make.reviewer(session, self.fair, Reads.ALL)
        self.reviewer = acting(self.account, self.fair.id)

    def apply(self, province: str, group: str, **values: Any) -> Application:
        maker = make.organisation(self.session, province_code=province)
        application = make.application(self.session, maker, self.fair, **values)
        shown = make.product(self.session, maker, group_code=group)
        make.kept(self.session, ApplicationProduct(application_id=application.id, product_id=shown.id))
        return application

    def give(self, product: int, story: int, comment: str = "", **values: Any) -> Review:
        scores = {self.product.id: product, self.story.id: story}
        order = GiveReview(self.fair.id, self.tea.id, scores, comment)
        return give_review(self.session, values.get("by", self.reviewer), order, NOW)

    def reads(self, account: Account, *own: int) -> set[int]:
        rows = self.session.execute(readable(self.session, acting(account, self.fair.id, *own), self.fair))
        return {row[0].id for row in rows}


@pytest.fixture
def table(session: Session) -> Table:
    return Table(session)


def said(session: Session, what: str) -> int:
    session.flush()
    return len(session.scalars(select(AuditEntry.id).where(AuditEntry.what == what)).all())


def refused(act: Callable[[], object]) -> tuple[object, ...]:
    with pytest.raises(Refused) as refusal:
        act()
    return tuple(refusal.value.reasons)


def test_a_review_is_kept_once_and_changed_until_the_decision(session: Session, table: Table) -> None:
    first = table.give(8, 2, "Chè thơm")
    assert (first.mean, first.comment) == (7250, "Chè thơm")
    assert table.give(8, 2, "Chè thơm").id == first.id
    assert said(session, "review.given") == 1
    assert table.give(10, 4).mean == 10_000
    assert len(session.scalars(select(Review)).all()) == 1
    table.tea.state = State.ACCEPTED
    assert refused(lambda: table.give(0, 0)) == (ReviewRefusal.DECIDED,)
    assert session.scalars(select(Review.mean)).one() == 10_000


def test_points_that_are_no_review_are_refused_and_leave_no_trace(session: Session, table: Table) -> None:
    assert refused(lambda: table.give(11, 2)) == (ReviewRefusal.NOT_ON_THE_SCALE,)
    order = GiveReview(table.fair.id, table.tea.id, {table.product.id: 4})
    assert refused(lambda: give_review(session, table.reviewer, order, NOW)) == (ReviewRefusal.SCORE_MISSING,)
    assert session.scalars(select(Review)).all() == []


@pytest.mark.parametrize(
    ("by", "value", "found"),
    [
        (Reads.ALL, "", "tea pots silk"),
        (Reads.GROUP, "craft", "pots silk"),
        (Reads.PROVINCE, "15", "tea silk"),
        (Reads.COUNTRY, "VN", "tea pots silk"),
        (Reads.COUNTRY, "LA", ""),
        (Reads.APPLICATION, "", "pots"),
    ],
)
def test_a_reviewer_reads_the_parts_that_are_theirs_and_the_rota_says_the_same(
    session: Session, table: Table, by: Reads, value: str, found: str
) -> None:
    asked = str(table.pots.id) if by is Reads.APPLICATION else value
    account = make.reviewer(session, table.fair, by, asked)
    expected = {getattr(table, name).id for name in found.split()}
    assert table.reads(account) == expected
    rota = rota_of(session, table.fair.id)
    subjects = subjects_of(session, table.fair, rota)
    assert {each.application_id for each in subjects if account.id in rota.readers(each)} == expected


def test_nobody_reads_drafts_their_own_or_what_is_decided_without_them(
    session: Session, table: Table
) -> None:
    draft = table.apply("15", "drink", state=State.DRAFT)
    decided = table.apply("15", "drink", state=State.ACCEPTED)
    make.member(session, table.account, table.pots.organisation)
    assert table.reads(table.account, table.pots.organisation_id) == {table.tea.id, table.silk.id}
    assert {draft.id, decided.id}.isdisjoint(table.reads(table.account))
    rota = rota_of(session, table.fair.id)
    subjects = subjects_of(session, table.fair, rota)
    pots = next(each for each in subjects if each.application_id == table.pots.id)
    assert table.account.id not in rota.readers(pots)


@pytest.mark.parametrize("state", State)
def test_what_was_reviewed_stays_readable_in_every_state_but_a_draft(
    session: Session, table: Table, state: State
) -> None:
    make.review(session, table.account, table.tea)
    table.tea.state = table.silk.state = state
    session.flush()
    read = table.reads(table.account)
    assert (table.tea.id in read) == (state is not State.DRAFT)
    assert (table.silk.id in read) == (state in WAITING)


def test_who_is_not_given_an_application_finds_none(session: Session, table: Table) -> None:
    elsewhere = make.fair(session, "ELSE27")
    others = make.reviewer(session, table.fair, Reads.GROUP, "food")
    abroad = make.reviewer(session, elsewhere, Reads.ALL)
    for account, fair in ((others, table.fair), (abroad, elsewhere)):
        actor, order = acting(account, fair.id), GiveReview(fair.id, table.tea.id, {})
        with pytest.raises(Missing):
            give_review(session, actor, order, NOW)
        with pytest.raises(Missing):
            declare_conflict(session, actor, fair.id, table.tea.id, NOW)
    order = GiveReview(table.fair.id, table.tea.id, {})
    for nobody in (table.organiser, acting(abroad, elsewhere.id)):
        with pytest.raises(NotAllowed):
            give_review(session, nobody, order, NOW)


def test_a_conflict_drops_the_points_and_hides_the_application_until_it_is_lifted(
    session: Session, table: Table
) -> None:
    table.give(8, 2, "Chè thơm")
    declare_conflict(session, table.reviewer, table.fair.id, table.tea.id, NOW)
    kept = session.scalars(select(Review)).one()
    assert (kept.state, kept.scores, kept.mean, kept.comment) == (ReviewState.CONFLICT, {}, None, "")
    assert table.tea.id not in table.reads(table.account)
    with pytest.raises(Missing):
        table.give(8, 2)
    with pytest.raises(Missing):
        declare_conflict(session, table.reviewer, table.fair.id, table.tea.id, NOW)
    lift_conflict(session, table.organiser, table.tea.id, table.account.id, NOW)
    session.flush()
    assert table.tea.id in table.reads(table.account)
    again = lambda: lift_conflict(session, table.organiser, table.tea.id, table.account.id, NOW)  # noqa: E731
    assert refused(again) == (ReviewRefusal.NO_CONFLICT,)
    assert (said(session, "review.conflict"), said(session, "review.conflict_lifted")) == (1, 1)


def test_a_new_weight_changes_every_mean_and_nothing_else_may_change_under_reviews(
    session: Session, table: Table
) -> None:
    table.give(8, 2)
    order = KeepCriterion(table.fair.id, {"vi": "Vị"}, 1, 10, {}, table.product.id)
    keep_criterion(session, table.organiser, order, NOW)
    assert session.scalars(select(Review.mean)).one() == 6500
    for act in (
        lambda: keep_criterion(
            session,
            table.organiser,
            KeepCriterion(table.fair.id, {"vi": "Vị"}, 1, 5, {}, table.product.id),
            NOW,
        ),
        lambda: keep_criterion(
            session, table.organiser, KeepCriterion(table.fair.id, {"vi": "Mới"}, 1, 5), NOW
        ),
        lambda: remove_criterion(session, table.organiser, table.fair.id, table.story.id, NOW),
    ):
        assert refused(act) == (ReviewRefusal.CRITERIA_IN_USE,)
    assert len(session.scalars(select(Criterion)).all()) == 2


def test_criteria_are_bounded_in_number(session: Session, table: Table) -> None:
    for number in range(18):
        keep_criterion(session, table.organiser, KeepCriterion(table.fair.id, {"vi": f"{number}"}, 1, 5), NOW)
    more = KeepCriterion(table.fair.id, {"vi": "Nữa"}, 1, 5)
    assert refused(lambda: keep_criterion(session, table.organiser, more, NOW)) == (
        ReviewRefusal.TOO_MANY_CRITERIA,
    )
    remove_criterion(session, table.organiser, table.fair.id, table.story.id, NOW)
    assert said(session, "review.criterion_removed") == 1


def test_a_part_is_given_once_to_a_reviewer_only_and_only_of_this_fair(
    session: Session, table: Table
) -> None:
    order = AssignReviewer(table.fair.id, table.account.id, Reads.GROUP, "food")
    first = assign_reviewer(session, table.organiser, order, NOW)
    assert assign_reviewer(session, table.organiser, order, NOW).id == first.id
    assert said(session, "review.assigned") == 1
    somebody, elsewhere = make.account(session), make.fair(session, "ELSE27")
    foreign = make.application(session, make.organisation(session), elsewhere)
    make.grant(session, somebody, Role.REVIEWER, elsewhere)
    for account_id, by, value, reason in (
        (somebody.id, Reads.ALL, "", ReviewRefusal.NOT_A_REVIEWER),
        (table.account.id, Reads.GROUP, "stars", ReviewRefusal.NO_SUCH_PART),
        (table.account.id, Reads.APPLICATION, str(foreign.id), ReviewRefusal.NO_SUCH_PART),
        (table.account.id, Reads.APPLICATION, "x", ReviewRefusal.NO_SUCH_PART),
        (table.account.id, Reads.PROVINCE, "1", ReviewRefusal.NO_SUCH_PART),
        (table.account.id, Reads.COUNTRY, "vn", ReviewRefusal.NO_SUCH_PART),
    ):
        wrong = AssignReviewer(table.fair.id, account_id, by, value)
        assert refused(lambda wrong=wrong: assign_reviewer(session, table.organiser, wrong, NOW)) == (reason,)
    for _press in range(2):
        unassign_reviewer(session, table.organiser, table.fair.id, first.id, NOW)
        session.flush()
    assert [each.by for each in session.scalars(select(ReviewAssignment))] == [Reads.ALL]


def test_only_the_fairs_organisers_say_how_it_reviews(session: Session, table: Table) -> None:
    elsewhere = make.fair(session, "ELSE27")
    stranger = make.actor(Role.ORGANISER, elsewhere)
    fair_id, part = table.fair.id, session.scalars(select(ReviewAssignment)).one()
    for actor in (table.reviewer, stranger, make.actor(Role.FINANCE, table.fair)):
        for act in (
            lambda who: keep_criterion(session, who, KeepCriterion(fair_id, {"vi": "Vị"}, 1, 10), NOW),
            lambda who: remove_criterion(session, who, fair_id, table.story.id, NOW),
            lambda who: keep_review_settings(session, who, fair_id, ReviewSettings(True), NOW),
            lambda who: assign_reviewer(session, who, AssignReviewer(fair_id, 1, Reads.ALL), NOW),
            lambda who: unassign_reviewer(session, who, fair_id, part.id, NOW),
        ):
            with pytest.raises(NotAllowed):
                act(actor)
    with pytest.raises(Missing):
        remove_criterion(session, stranger, elsewhere.id, table.story.id, NOW)
    with pytest.raises(Missing):
        unassign_reviewer(session, stranger, elsewhere.id, part.id, NOW)
    with pytest.raises(Missing):
        lift_conflict(session, stranger, table.tea.id, table.account.id, NOW)


def test_reading_one_tells_missing_apart_from_nothing(session: Session, table: Table) -> None:
    assert read_by(session, table.reviewer, table.fair, table.tea.id) == (table.tea, None)
    with pytest.raises(Missing):
        read_by(session, table.reviewer, table.fair, 2_000_000)
