"""The public page of a fair's draws: what was sealed, who takes part, the order, and the file to check."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template
from werkzeug.wrappers import Response

from fairapp.rules.draw_order import entrants_of, order_from
from fairapp.rules.draws import DrawState
from fairapp.store.base import reading
from fairapp.store.draws import SpaceDraw
from fairapp.store.draws_queries import draws_of_fair
from fairapp.usecases.draws import public_file
from fairapp.web.access import current_fair, public
from fairapp.web.draws.bp import bp
from fairapp.web.draws.office import TAGS

PAGE = "/f/<fair_code>/draw"


@bp.get(PAGE)
@bp.get(f"{PAGE}/<int(max=2147483647):number>", endpoint="one_public_draw")
@public
def public_draw(fair_code: str, number: int | None = None) -> Any:
    """A draw as everybody reads it; the latest when none is named."""
    found = list(draws_of_fair(reading(), current_fair().id, public=True))
    one = _chosen(found, number)
    if one is None and number is not None:
        abort(404)
    entrants = [] if one is None else entrants_of(one.terms)
    by_number = {each.number: each for each in entrants}
    return render_template(
        "draws/public.html",
        draws=found,
        draw=one,
        entrants=entrants if one is None or one.revealed_at is None else _ordered(one, by_number),
        tags=TAGS,
        State=DrawState,
    )


@bp.get(f"{PAGE}/<int(max=2147483647):number>/file")
@public
def draw_file(fair_code: str, number: int) -> Response:
    """The file that ``fairapp draw verify`` reads."""
    found = _chosen(list(draws_of_fair(reading(), current_fair().id, public=True)), number)
    if found is None:
        abort(404)
    answer = Response(public_file(found), mimetype="application/json")
    name = f"draw-{current_fair().code}-{found.number}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _chosen(found: list[SpaceDraw], number: int | None) -> SpaceDraw | None:
    if number is None:
        return found[0] if found else None
    return next((each for each in found if each.number == number), None)


def _ordered(draw: SpaceDraw, by_number: dict[int, Any]) -> list[Any]:
    return [by_number[number] for number in order_from(draw.terms, draw.seed, draw.public_value)]
