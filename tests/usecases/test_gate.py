"""Badges from their names to the gate, on both databases."""

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.adapters.signing import BadgeKeys
from fairapp.rules.actors import Role
from fairapp.rules.badge_tokens import Claims
from fairapp.rules.badges import BadgeRefusal, BadgeState, BadgeStep, GateRefusal, GateResult
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.store.badges import Badge, BadgePrint
from fairapp.store.gate import Admission
from fairapp.store.operations import AuditEntry
from fairapp.usecases.badges import BadgesStep, NamePerson, name_person, step_badges
from fairapp.usecases.gate import Answer, CheckIn, UndoAdmission, check_in, undo_admission
from tests import factories as make

NOW = make.NOW
OPEN = datetime(2027, 4, 15, 2, 0, tzinfo=UTC)  # 09:00 in Ho Chi Minh City


class Entrance:
    """A fair with one stand of nine square metres, a gate, and everybody who works there."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session = session
        self.fair = make.fair(session)
        self.organisation = make.organisation(session)
        self.exhibitor = make.exhibitor(session, self.organisation, self.fair)
        make.claim(session, make.booth(session, make.hall(session, self.fair)), self.exhibitor, self.fair)
        self.gate = make.gate(session, self.fair)
        self.keys = BadgeKeys(folder)
        self.producer = make.actor(acting_for=(self.organisation,))
        self.organiser = make.actor(Role.ORGANISER, self.fair)
        self.steward = make.actor(Role.STEWARD, self.fair)
        self.supervisor = make.actor(Role.SUPERVISOR, self.fair)
        self.numbers = itertools.count(7)

    def name(self, name: str = "Lý Thị Mai") -> Badge:
        order = NamePerson(self.exhibitor.id, name)
        return name_person(self.session, self.producer, order, NOW, lambda n: next(self.numbers) * 13 % n)

    def step(self, badge: Badge, step: BadgeStep) -> None:
        step_badges(self.session, self.organiser, BadgesStep((badge.id,), step, "lost"), NOW)

    def token(self, badge: Badge) -> str:
        return self.keys.sign(Claims(self.fair.id, badge.id, badge.issue))

    def scan(self, text: str, at: datetime = OPEN) -> Answer:
        return check_in(self.session, self.steward, CheckIn(self.gate.id, text), at, self.keys.verify)


@pytest.fixture
def entrance(session: Session, tmp_path: Path) -> Entrance:
    return Entrance(session, tmp_path)


def test_people_are_named_within_the_allotment(entrance: Entrance) -> None:
    for number in range(5):
        entrance.name(f"Người {number}")
    with pytest.raises(Refused) as refused:
        entrance.name("One too many")
    assert refused.value.reasons == (BadgeRefusal.ALLOTMENT_USED_UP,)
    assert refused.value.facts == {"allotted": 5}


def test_who_has_no_booth_names_nobody(session: Session, entrance: Entrance) -> None:
    homeless = make.exhibitor(session, make.organisation(session), entrance.fair)
    with pytest.raises(Refused) as refused:
        name_person(session, entrance.organiser, NamePerson(homeless.id, "Mai"), NOW, lambda n: 3 % n)
    assert refused.value.reasons == (BadgeRefusal.NO_BOOTH_YET,)


def test_a_stranger_finds_no_badge(session: Session, entrance: Entrance) -> None:
    badge = entrance.name()
    stranger = make.actor(acting_for=(make.organisation(session),))
    with pytest.raises(Missing):
        step_badges(session, stranger, BadgesStep((badge.id,), BadgeStep.APPROVE), NOW)
    with pytest.raises(NotAllowed):
        step_badges(session, entrance.producer, BadgesStep((badge.id,), BadgeStep.APPROVE), NOW)


def test_an_approved_badge_is_admitted_once_a_day(session: Session, entrance: Entrance) -> None:
    badge = entrance.name()
    entrance.step(badge, BadgeStep.APPROVE)
    token = entrance.token(badge)
    assert entrance.scan(token).result is GateResult.ADMITTED
    again = entrance.scan(token, OPEN + timedelta(minutes=5))
    assert again.result is GateResult.ALREADY
    assert again.earlier is not None
    assert (again.earlier.at, again.earlier.gate.code) == (OPEN, "MAIN")
    assert entrance.scan(token, OPEN + timedelta(days=1)).result is GateResult.ADMITTED
    assert session.scalar(select(func.count()).select_from(Admission)) == 2


def test_the_short_code_typed_by_hand_works_like_the_token(entrance: Entrance) -> None:
    badge = entrance.name()
    entrance.step(badge, BadgeStep.APPROVE)
    typed = f" {badge.short_code[:4].lower()}-{badge.short_code[4:].lower()} "
    assert entrance.scan(typed).result is GateResult.ADMITTED


def test_revoked_replaced_foreign_and_forged_badges_stay_outside(entrance: Entrance) -> None:
    badge = entrance.name()
    assert entrance.scan(entrance.token(badge)).result is GateResult.REVOKED  # not approved yet
    entrance.step(badge, BadgeStep.APPROVE)
    old = entrance.token(badge)
    entrance.step(badge, BadgeStep.PRINT)
    entrance.step(badge, BadgeStep.REPLACE)
    assert entrance.scan(old).result is GateResult.REVOKED
    assert entrance.scan(entrance.token(badge)).result is GateResult.ADMITTED
    assert entrance.scan(old[:-1] + ("A" if old[-1] != "A" else "B")).result is GateResult.UNKNOWN
    assert entrance.scan("https://example.org/menu").result is GateResult.UNKNOWN
    entrance.step(badge, BadgeStep.REVOKE)
    assert entrance.scan(entrance.token(badge), OPEN + timedelta(days=1)).result is GateResult.REVOKED


def test_a_badge_of_another_fair_is_unknown_and_says_nothing_of_its_owner(
    session: Session, entrance: Entrance
) -> None:
    other = make.fair(session, code="OTHER")
    foreign = make.badge(session, make.exhibitor(session, make.organisation(session), other))
    foreign.state = BadgeState.APPROVED
    answer = entrance.scan(entrance.keys.sign(Claims(other.id, foreign.id, 1)))
    assert (answer.result, answer.badge, answer.scan.badge_id) == (GateResult.UNKNOWN, None, None)


def test_before_and_after_the_fair_nobody_enters(entrance: Entrance) -> None:
    badge = entrance.name()
    entrance.step(badge, BadgeStep.APPROVE)
    assert entrance.scan(entrance.token(badge), NOW).result is GateResult.NOT_TODAY


def test_a_supervisor_undoes_an_admission_with_a_reason(entrance: Entrance) -> None:
    badge = entrance.name()
    entrance.step(badge, BadgeStep.APPROVE)
    scan = entrance.scan(entrance.token(badge)).scan
    session = entrance.session
    with pytest.raises(NotAllowed):
        undo_admission(session, entrance.steward, UndoAdmission(scan.id, "wrong person"), OPEN)
    with pytest.raises(Refused) as refused:
        undo_admission(session, entrance.supervisor, UndoAdmission(scan.id, " "), OPEN)
    assert refused.value.reasons == (GateRefusal.REASON_MISSING,)
    undone = undo_admission(session, entrance.supervisor, UndoAdmission(scan.id, "wrong person"), OPEN)
    assert undone.undone_because == "wrong person"
    assert entrance.scan(entrance.token(badge)).result is GateResult.ADMITTED
    with pytest.raises(Refused) as refused:
        undo_admission(session, entrance.supervisor, UndoAdmission(scan.id, "again"), OPEN)
    assert refused.value.reasons == (GateRefusal.NOTHING_TO_UNDO,)


def test_printing_is_an_event_and_no_check_in(session: Session, entrance: Entrance) -> None:
    badge = entrance.name()
    entrance.step(badge, BadgeStep.APPROVE)
    entrance.step(badge, BadgeStep.PRINT)
    entrance.step(badge, BadgeStep.PRINT)
    assert badge.state is BadgeState.ISSUED
    assert session.scalar(select(func.count(BadgePrint.id))) == 2
    assert session.scalar(select(func.count()).select_from(Admission)) == 0


def test_a_stewards_gate_is_no_gate_for_others(session: Session, entrance: Entrance) -> None:
    elsewhere = make.actor(Role.STEWARD, make.fair(session, code="OTHER"))
    with pytest.raises(Missing):
        check_in(session, elsewhere, CheckIn(entrance.gate.id, "x"), OPEN, entrance.keys.verify)


def test_every_scan_is_in_the_audit_without_its_token(session: Session, entrance: Entrance) -> None:
    badge = entrance.name()
    entrance.step(badge, BadgeStep.APPROVE)
    entrance.scan(entrance.token(badge))
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert (last.what, last.facts) == (
        "badge.scanned",
        {"gate": "MAIN", "badge": badge.id, "result": "admitted"},
    )
