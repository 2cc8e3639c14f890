"""What two people do at the same moment, on both databases: nothing is overwritten, nobody waits in vain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import SYSTEM, Permission, Role
from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import State, Step
from fairapp.rules.badges import BadgeState, BadgeStep
from fairapp.rules.column_titles import Field
from fairapp.rules.errors import Clash, FairError
from fairapp.rules.fairs import PlanState
from fairapp.rules.geometry import Rings
from fairapp.rules.imports import SourceRow
from fairapp.rules.plans import BoothOutline, HallOutline, PlanDraft, to_json
from fairapp.store.accounts import RoleGrant
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.applications import Application, ApplicationStep
from fairapp.store.badges import Badge
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs import Booth, FloorPlan
from fairapp.store.gate import Gate
from fairapp.store.producers import Organisation
from fairapp.usecases.accounts_people import revoke_role
from fairapp.usecases.allocation import AssignBooth, assign_booth
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.badges import BadgesStep, step_badges
from fairapp.usecases.badges_printing import keep_printings
from fairapp.usecases.exchange_import import ImportList, import_list
from fairapp.usecases.fairs import fair_of
from fairapp.usecases.fairs_plans import PublishPlan, publish_plan
from fairapp.usecases.gate import CheckIn, check_in
from tests import factories as make

NOW = datetime(2027, 4, 15, 2, 0, tzinfo=UTC)
A_MOMENT, LONG_ENOUGH = 1.0, 30.0
Act = Callable[[Session], Any]


@pytest.fixture
def app(ready_database: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own."""
    made = create_app(
        read_settings({"FAIRAPP_INSTANCE": str(tmp_path), "FAIRAPP_DATABASE_URL": ready_database})
    )
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def together(app: Flask, first: Act, second: Act) -> list[BaseException | None]:
    """``second`` begins when ``first`` has done everything but its commit; how each of them ended."""

    def act(what: Act) -> None:
        with app.app_context():
            try:
                with transaction() as session:
                    what(session)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(1) as pool:
        later: list[Future[None]] = []

        def begin(session: Session) -> None:
            first(session)
            later.append(pool.submit(act, second))
            wait(later, timeout=A_MOMENT)

        ends: list[BaseException | None] = [None]
        try:
            act(begin)
        except Exception as end:
            ends = [end]
        ends.append(later[0].exception(timeout=LONG_ENOUGH))
    db.session.remove()
    return ends


def test_a_badge_revoked_while_it_is_printed_stays_revoked(app: Flask) -> None:
    with transaction() as session:
        fair = make.fair(session)
        stand = make.exhibitor(session, make.organisation(session), fair)
        badge_id, fair_id = make.badge(session, stand, state=BadgeState.APPROVED).id, fair.id
    together(
        app,
        lambda session: keep_printings(session, SYSTEM, fair_id, ((badge_id, 1),), NOW),
        lambda session: step_badges(
            session, SYSTEM, BadgesStep((badge_id,), BadgeStep.REVOKE, "Mất thẻ"), NOW
        ),
    )
    assert reading().get_one(Badge, badge_id).state is BadgeState.REVOKED


def test_whoever_leaves_the_fair_while_a_booth_is_given_holds_none_afterwards(app: Flask) -> None:
    with transaction() as session:
        fair = make.fair(session)
        organisation = make.organisation(session)
        application = make.application(session, organisation, fair, state=State.ACCEPTED)
        exhibitor = make.exhibitor(session, organisation, fair, application_id=application.id)
        booth = make.booth(session, make.hall(session, fair))
        member = make.actor(acting_for=(organisation,))
        ids = exhibitor.id, booth.id, application.id

    def give(session: Session) -> None:
        assign_booth(session, SYSTEM, AssignBooth(ids[0], ids[1]), NOW)

    def leave(session: Session) -> None:
        take_step(session, member, TakeStep(ids[2], Step.WITHDRAW), NOW)

    assert together(app, give, leave) == [None, None]
    assert reading().get_one(Exhibitor, ids[0]).left_at is not None
    held = select(BoothClaim).where(BoothClaim.exhibitor_id == ids[0], BoothClaim.state.in_(LIVE))
    assert reading().scalars(held).all() == []


def test_of_two_organisers_who_decide_at_once_the_second_decides_nothing(app: Flask) -> None:
    with transaction() as session:
        fair = make.fair(session)
        application = make.application(session, make.organisation(session), fair)
        people = [make.actor(Role.ORGANISER, fair, account_id=make.account(session).id) for _ in range(2)]
        number, seen = application.id, application.version

    def decide(person: int, step: Step) -> Act:
        order = TakeStep(number, step, "Hết chỗ.", version=seen)
        return lambda session: take_step(session, people[person], order, NOW)

    first, second = together(app, decide(0, Step.WAITLIST), decide(1, Step.DECLINE))
    assert first is None
    assert isinstance(second, Clash)
    assert reading().get_one(Application, number).state is State.WAITLISTED
    steps = select(ApplicationStep.step).where(ApplicationStep.application_id == number)
    assert reading().scalars(steps).all() == [Step.WAITLIST]


def _plan_without_booths(session: Session, fair_id: int, hall: str) -> FloorPlan:
    square: Rings = (((90.0, 0.0), (93.0, 0.0), (93.0, 3.0), (90.0, 3.0)),)
    draft = PlanDraft((HallOutline(hall),), (BoothOutline(1, hall, "NEW", square, 9.0),))
    return make.kept(
        session,
        FloorPlan(fair_id=fair_id, version=2, state=PlanState.DRAFT, body=to_json(draft), made_at=NOW),
    )


def test_a_booth_given_while_a_plan_without_it_is_published_stays_on_the_plan(app: Flask) -> None:
    with transaction() as session:
        fair = make.fair(session)
        hall = make.hall(session, fair)
        booth = make.booth(session, hall)
        exhibitor = make.exhibitor(session, make.organisation(session), fair)
        plan = _plan_without_booths(session, fair.id, hall.code)
        ids = exhibitor.id, booth.id, plan.id

    given, published = together(
        app,
        lambda session: assign_booth(session, SYSTEM, AssignBooth(ids[0], ids[1]), NOW),
        lambda session: publish_plan(session, SYSTEM, PublishPlan(ids[2]), NOW, lambda below: 1),
    )
    assert given is None
    assert isinstance(published, FairError)
    assert reading().get_one(Booth, ids[1]).retired_at is None


def test_gates_go_on_scanning_while_the_office_works_on_the_fair(app: Flask, ready_database: str) -> None:
    if ready_database.startswith("sqlite"):
        pytest.skip("SQLite has one writer at a time")
    with transaction() as session:
        fair = make.fair(session)
        stand = make.exhibitor(session, make.organisation(session), fair)
        gate, badge = make.gate(session, fair), make.badge(session, stand, state=BadgeState.APPROVED)
        steward, ids = make.actor(Role.STEWARD, fair), (fair.id, gate.id, badge.id)
    scanned: list[bool] = []

    def scan(session: Session) -> None:
        check_in(session, steward, CheckIn(ids[1], badge_id=ids[2]), NOW, lambda text: text)  # type: ignore[arg-type,return-value]
        session.flush()
        scanned.append(True)

    def work(session: Session) -> None:
        fair_of(session, SYSTEM, ids[0], Permission.FAIR_EDIT)

    with ThreadPoolExecutor(1) as pool, transaction() as session:
        work(session)

        def act() -> None:
            with app.app_context(), transaction() as beside:
                scan(beside)

        pool.submit(act).result(timeout=LONG_ENOUGH / 3)
    assert scanned == [True]


def test_two_administrators_who_take_each_other_out_leave_one(app: Flask) -> None:
    with transaction() as session:
        one, other = make.account(session), make.account(session)
        grants = [make.grant(session, each, Role.ADMINISTRATOR).id for each in (one, other)]
        actors = [make.actor(Role.ADMINISTRATOR, account_id=each.id) for each in (one, other)]

    ends = together(
        app,
        lambda session: revoke_role(session, actors[0], grants[1], None, NOW),
        lambda session: revoke_role(session, actors[1], grants[0], None, NOW),
    )
    assert ends[0] is None
    assert isinstance(ends[1], FairError)
    assert len(reading().scalars(select(RoleGrant)).all()) == 1


def test_a_key_lost_to_somebody_else_is_a_clash_and_a_mistake_of_ours_is_not(app: Flask) -> None:
    with transaction() as session:
        fair_id = make.fair(session).id
        session.execute(insert(Gate).values(fair_id=fair_id, code="G", names={}, position=0))

    def keep(**values: Any) -> None:
        with transaction() as session:
            session.execute(insert(Gate).values(**{"fair_id": fair_id, "code": "H", "names": {}, **values}))

    with pytest.raises(Clash):
        keep(code="G", position=0)
    with pytest.raises(Clash):
        keep(fair_id=999, position=0)
    with pytest.raises(IntegrityError):
        keep(position=None)


def test_one_list_of_producers_taken_in_twice_at_once_makes_each_of_them_once(app: Flask) -> None:
    rows = [SourceRow(2, ("HTX Chè Tân Cương",)), SourceRow(3, ("HTX Mật ong Mèo Vạc",))]
    order = ImportList(None, rows, {Field.NAME: 0}, 1)

    def take_in(session: Session) -> None:
        import_list(session, SYSTEM, order, NOW)

    assert together(app, take_in, take_in) == [None, None]
    names = reading().scalars(select(Organisation.name)).all()
    assert sorted(names) == ["HTX Chè Tân Cương", "HTX Mật ong Mèo Vạc"]
