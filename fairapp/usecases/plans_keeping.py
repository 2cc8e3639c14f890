"""What a new version of a plan must keep: the booths in which somebody stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.errors import Refused
from fairapp.rules.fairs import PlanRefusal
from fairapp.store.claim_days import names_in
from fairapp.store.fairs import Booth
from fairapp.store.holds import booths_run_out
from fairapp.usecases.holding import expire_holds

MOST_NAMED = 10


def refuse_held(session: Session, going: Iterable[Booth], now: datetime) -> None:
    """Go on when nobody stands in the booths that go, all of them locked; what has run out keeps none.

    :raises Refused: with the codes, and in brackets who stands there.
    """
    ids = [booth.id for booth in going]
    for booth_id in booths_run_out(session, now, ids):
        expire_holds(session, now, booth_id=booth_id)
    if held := names_in(session, ids):
        named = [f"{code} ({', '.join(names)})" for code, names in sorted(held.items())]
        raise Refused(PlanRefusal.BOOTHS_IN_USE, codes="; ".join(named[:MOST_NAMED]), count=len(named))
