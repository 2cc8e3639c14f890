"""Partners of the demo fair: one approved, one only represented, one refused, and one that waits."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Actor
from fairapp.rules.applications import State
from fairapp.rules.partners import PartnerKind, PartnerSettings, PartnerStep
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications import Application
from fairapp.store.fairs import Fair
from fairapp.usecases.partnering import floor_of
from fairapp.usecases.partners import TellPartner, tell_partner
from fairapp.usecases.partners_deciding import DecidePartner, Secrets, decide_partner, keep_partner_settings

DATA = Path(__file__).parent / "data" / "partners.toml"
ENOUGH_M2 = 9.0


def keep_partners(session: Session, fair: Fair, actors: Mapping[int, Actor], now: datetime) -> None:
    """Keep the fair's rules, and let confirmed exhibitors with room name companies."""
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))
    last = fair.starts_on - timedelta(days=int(told["until_days_before"]))
    until = datetime.combine(last, time(17), ZoneInfo(fair.timezone))
    keep_partner_settings(session, SYSTEM, fair.id, replace(PartnerSettings(), until=until), now)
    mains = _with_room(session, fair)
    for number, partner in enumerate(told["partner"]):
        if partner["main"] < len(mains):
            main, at = mains[partner["main"]], now - timedelta(days=6 - number)
            _name(session, main, partner, actors[main.organisation_id], at, told)


def _with_room(session: Session, fair: Fair) -> list[Exhibitor]:
    found = session.scalars(
        select(Exhibitor)
        .join(Application, Application.id == Exhibitor.application_id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.left_at.is_(None))
        .where(Application.state == State.CONFIRMED)
        .order_by(Exhibitor.id)
    )
    return [each for each in found if floor_of(session, each) > ENOUGH_M2]


def _name(
    session: Session, main: Exhibitor, said: dict[str, Any], actor: Actor, at: datetime, told: dict[str, Any]
) -> None:
    assert main.application_id is not None
    order = TellPartner(
        main.application_id,
        PartnerKind(said["kind"]),
        said["name"],
        said["country"],
        place=said["place"],
        email=said.get("email", ""),
        texts=(("vi", said["text_vi"]), ("en", said["text_en"])),
        group_code=said.get("group", ""),
        products=tuple(said.get("products", ())),
    )
    secrets = Secrets(f"demo-partner-{main.id}", "an invitation of the past")
    partner = tell_partner(session, actor, order, secrets, at)
    steps = {"approved": PartnerStep.APPROVE, "refused": PartnerStep.REFUSE}
    if said["end"] in steps:
        step = steps[said["end"]]
        reason = told["why_refused"] if step is PartnerStep.REFUSE else ""
        decision = DecidePartner(main.id, partner.id, step, reason)
        decide_partner(session, SYSTEM, decision, secrets, at + timedelta(hours=20))
