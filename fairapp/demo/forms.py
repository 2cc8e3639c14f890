"""The demo fair's forms: built and published the way an organiser does it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Actor
from fairapp.rules.applications import State
from fairapp.rules.changes import ChangeStep
from fairapp.rules.questions import (
    Body,
    Choice,
    Condition,
    Need,
    Phase,
    Question,
    QuestionType,
    Section,
    plain_body,
)
from fairapp.store.applications import Application
from fairapp.store.applications_forms_queries import forms_of
from fairapp.store.fairs import Fair
from fairapp.usecases.applications_answers import GiveAnswers, give_answers
from fairapp.usecases.applications_changes import (
    ProposeChange,
    StepChange,
    propose_change,
    step_change,
)
from fairapp.usecases.applications_forms import MakeForm, Page, make_form
from fairapp.usecases.applications_publishing import publish_form

COOKED = (
    "Nấu thử xôi, dùng nồi cơm điện 1.200 W.",
    "Pha trà mời khách, ấm điện 2.000 W.",
    "Nướng bánh tại chỗ, một bếp, một bình 12 kg.",
    "Hâm nóng món ăn chín sẵn, lò vi sóng 1.000 W.",
)
MEETS: dict[str, Any] = {"buyers": ["shops", "export"]}
CHANGES: tuple[tuple[dict[str, Any], str, ChangeStep | None, str], ...] = (
    (MEETS, "Hợp tác xã mới ký với một nhà nhập khẩu, muốn gặp thêm.", None, ""),
    (
        {"cooking": "electric", "cooking_what": "Hâm nóng mật, bếp từ 800 W."},
        "Thêm món mời khách nếm thử tại gian.",
        ChangeStep.APPROVE,
        "",
    ),
    (MEETS, "Xin đổi đối tượng gặp gỡ sang siêu thị và xuất khẩu.", None, ""),
    (MEETS, "Đổi để được xếp gần khu xuất khẩu.", ChangeStep.REFUSE, "Lịch gặp gỡ đã in, xin giữ như cũ."),
)
"""What would be, why, and how it was decided; None: it waits."""
DATA = Path(__file__).parent / "data" / "forms.toml"


def keep_forms(session: Session, fair: Fair, now: datetime) -> None:
    """Publish what the fair asks with the application, and after acceptance."""
    for told in _told():
        form = make_form(session, SYSTEM, MakeForm(fair.id, Phase(told["phase"])), now)
        form.draft = plain_body(_body(told, 1))
        publish_form(session, SYSTEM, Page(fair.id, form.id), now)


def change_forms(session: Session, fair: Fair, now: datetime) -> None:
    """Publish the second version of what was changed since: some have to answer again."""
    forms = {form.phase: form for form in forms_of(session, fair.id)}
    for told in _told():
        form, body = forms[Phase(told["phase"])], _body(told, 2)
        if body != _body(told, 1):
            form.draft = plain_body(body)
            publish_form(session, SYSTEM, Page(fair.id, form.id), now)


def answer_questions(session: Session, application: Application, actor: Actor, at: datetime) -> None:
    """What somebody says with the application; who they are decides how, so that no two are alike."""
    number = application.id
    first = ("first", "once", "often")[number % 3]
    cooking = ("no", "electric", "no", "gas", "no")[number % 5]
    said = {
        "first_time": first,
        "last_turnover": None if first == "first" else str(20 + 15 * (number % 9)),
        "buyers": sorted({("visitors", "shops", "export", "investors")[number % 4], "visitors"}),
        "cooking": cooking,
        "cooking_what": None if cooking == "no" else COOKED[number % len(COOKED)],
        "data_consent": True,
    }
    give_answers(session, actor, GiveAnswers(number, Phase.APPLY, said), at)


def answer_details(
    session: Session, application: Application, actor: Actor, people: Sequence[str], at: datetime
) -> None:
    """What somebody says after acceptance; ``people``: who stands at the booth."""
    said = {
        "arrives_on": (application.fair.starts_on - timedelta(days=1)).isoformat(),
        "on_site": [
            {"name": name, "job": ("Trưởng gian", "Bán hàng", "Giới thiệu sản phẩm")[place % 3], "phone": ""}
            for place, name in enumerate(people[:3])
        ],
    }
    give_answers(session, actor, GiveAnswers(application.id, Phase.DETAILS, said), at)


def propose_changes(session: Session, fair: Fair, actors: Mapping[int, Actor], now: datetime) -> None:
    """A few exhibitors want to meet others than they said; ``actors``: who acts for an organisation."""
    confirmed = (
        select(Application)
        .where(Application.fair_id == fair.id, Application.state == State.CONFIRMED, Application.id % 5 == 2)
        .order_by(Application.id)
        .limit(len(CHANGES))
    )
    for application, (would, why, step, reason) in zip(
        session.scalars(confirmed).all(), CHANGES, strict=False
    ):
        order = ProposeChange(application.id, Phase.APPLY, would, why)
        change = propose_change(
            session, actors[application.organisation_id], order, now - timedelta(days=2, hours=application.id)
        )
        if step is not None:
            step_change(session, SYSTEM, StepChange(change.id, step, reason), now - timedelta(hours=20))


def _told() -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = tomllib.loads(DATA.read_text(encoding="utf-8"))["form"]
    return told


def _body(told: dict[str, Any], version: int) -> Body:
    return Body(
        tuple(
            Section(
                f"part_{number}",
                each["names"],
                tuple(_question(one) for one in each["question"] if one.get("since", 1) <= version),
            )
            for number, each in enumerate(told["section"], start=1)
        )
    )


def _question(told: dict[str, Any]) -> Question:
    def named(name: str) -> tuple[Choice, ...]:
        return tuple(
            Choice(each["code"], {"vi": each["vi"], "en": each["en"]}) for each in told.get(name, ())
        )

    return Question(
        key=told["key"],
        type=QuestionType(told["type"]),
        labels=told["labels"],
        helps=told.get("helps", {}),
        need=Need(told.get("need", Need.OPTIONAL)),
        condition=Condition(told["when"], tuple(told["answers"])) if "when" in told else None,
        choices=named("choices"),
        columns=named("columns"),
        units=told.get("units", {}),
        least=told.get("least", ""),
        most=told.get("most", ""),
    )
