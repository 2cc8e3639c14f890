"""Letters of draws, holds whose time is up, and turns that move on by themselves."""

from __future__ import annotations

from datetime import datetime

from fairapp.config import Settings
from fairapp.jobs.applications import letters_to
from fairapp.jobs.work import Letter, LetterJob, PeriodicJob, Work
from fairapp.rules.draws import DrawState, TurnState
from fairapp.store.base import reading, transaction
from fairapp.store.draws import DrawEntrant, SpaceDraw
from fairapp.store.draws_queries import entrants_in, turns_to_move
from fairapp.store.holds import booths_run_out
from fairapp.usecases.draws_choosing import expire_booth
from fairapp.usecases.draws_turns import move_on


def announced(work: Work, *, draw_id: int) -> list[Letter]:
    """The draw is sealed, or its order is drawn: to everybody who takes part."""
    draw = work.session.get(SpaceDraw, draw_id)
    if draw is None or draw.state is DrawState.ANNULLED:
        return []
    return [
        letter
        for entrant in entrants_in(work.session, draw.id)
        if entrant.exhibitor.left_at is None
        for letter in letters_to(
            work,
            draw.fair_id,
            entrant.exhibitor.organisation,
            "draws/announced",
            {
                **_facts(entrant),
                "is_drawn": draw.revealed_at is not None,
                "until": draw.public_from,
                "source": draw.public_source,
                "reference": draw.commitment,
                "place": entrant.place or 0,
            },
        )
    ]


def turn(work: Work, *, entrant_id: int) -> list[Letter]:
    """It is your turn until then; or the time has run out."""
    entrant = work.session.get(DrawEntrant, entrant_id)
    if entrant is None or entrant.state not in (TurnState.CALLED, TurnState.MISSED):
        return []
    facts = {
        **_facts(entrant),
        "is_missed": entrant.state is TurnState.MISSED,
        "begins": entrant.starts_at,
        "until": entrant.ends_at,
    }
    of = entrant.exhibitor.organisation
    return letters_to(work, entrant.draw.fair_id, of, "draws/turn", facts)


def _facts(entrant: DrawEntrant) -> dict[str, object]:
    fair = entrant.draw.fair
    return {
        "organisation": entrant.exhibitor.organisation.name,
        "fair_names": fair.names,
        "zone": fair.timezone,
        "number": str(entrant.number),
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
        "path": f"/me/applications/{entrant.exhibitor.application_id}/choose",
    }


def end_old_holds(settings: Settings, now: datetime) -> int:
    """Free every booth whose hold or offer has run out."""
    ended = 0
    for booth_id in booths_run_out(reading(), now):
        with transaction() as session:
            ended += expire_booth(session, booth_id, now)
    return ended


def move_turns(settings: Settings, now: datetime) -> int:
    """End every turn whose time is up, and call the next."""
    moved = 0
    for draw_id in turns_to_move(reading(), now):
        with transaction() as session:
            moved += move_on(session, draw_id, now)
    return moved


LETTERS: dict[str, LetterJob] = {"mail.draw_announced": announced, "mail.draw_turn": turn}
PERIODIC: dict[str, PeriodicJob] = {"old_holds": end_old_holds, "draw_turns": move_turns}
