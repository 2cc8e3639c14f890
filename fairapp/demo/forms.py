"""The demo fair's forms: built and published the way an organiser does it."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM
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
from fairapp.store.fairs import Fair
from fairapp.usecases.applications_forms import MakeForm, Page, make_form, publish_form

DATA = Path(__file__).parent / "data" / "forms.toml"


def keep_forms(session: Session, fair: Fair, now: datetime) -> None:
    """Publish what the fair asks with the application, and after acceptance."""
    for told in tomllib.loads(DATA.read_text(encoding="utf-8"))["form"]:
        form = make_form(session, SYSTEM, MakeForm(fair.id, Phase(told["phase"])), now)
        form.draft = plain_body(_body(told))
        publish_form(session, SYSTEM, Page(fair.id, form.id), now)


def _body(told: dict[str, Any]) -> Body:
    return Body(
        tuple(
            Section(f"part_{number}", each["names"], tuple(_question(one) for one in each["question"]))
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
