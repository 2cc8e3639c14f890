"""The reports of a fair: a page with a chart for each dimension, and all of them as a workbook."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from babel.numbers import get_currency_precision
from flask import Blueprint, Response, render_template, request

from fairapp.adapters.files import content_type
from fairapp.i18n import gettext as _
from fairapp.i18n import pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.reports import MONEY, Dimension, Line, Measure, total
from fairapp.store.base import reading
from fairapp.store.fairs_queries import groups_of
from fairapp.usecases.reports import reports_of
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.reports.showing import Names, link_to, sorted_lines, written

bp = Blueprint("reports", __name__)
CHARTED = (
    Measure.EXHIBITORS,
    Measure.BOOTHS,
    Measure.AREA,
    Measure.PRODUCTS,
    Measure.INVOICED,
    Measure.PAID,
)
Chosen = TypeVar("Chosen", Dimension, Measure)
BARS = 20
"""More bars than this say less than the table beside them."""


@bp.get("/o/<fair_code>/reports")
@needs(Permission.REPORT_SEE)
def figures(fair_code: str) -> str:
    """The fair by one dimension: figures, a chart of one measure, and the table."""
    session, fair = reading(), current_fair()
    by = _asked(tuple(Dimension), request.args.get("by", ""), Dimension.PROVINCE)
    show = _asked(CHARTED, request.args.get("show", ""), Measure.EXHIBITORS)
    found = reports_of(session, current_actor(), fair, (by,))[by]
    groups = groups_of(session, fair)
    names = Names(by, fair.country, {group.code: pick(group.names) for group in groups})
    sort = request.args.get("sort", "")
    return render_template(
        "reports/figures.html",
        by=by,
        show=show,
        lines=sorted_lines(found, names, sort, show),
        total=total(found),
        sort=sort or ("" if by is Dimension.STAR else f"-{show.value}"),
        marks={group.code: group.mark for group in groups} if by is Dimension.GROUP else {},
        link_to=link_to if current_actor().may(Permission.APPLICATION_SEE, fair.id) else None,
        dimensions=tuple(Dimension),
        measures=tuple(Measure),
        charted=CHARTED,
        written=partial(written, currency=fair.currency),
        bars=BARS,
        Measure=Measure,
    )


@bp.get("/o/<fair_code>/reports.xlsx")
@needs(Permission.REPORT_SEE)
def workbook(fair_code: str) -> Any:
    """Every dimension as a page of a workbook."""
    from fairapp.adapters.sheets.writing import Column, Table, xlsx_bytes  # heavy: workbooks

    session, fair, now = reading(), current_fair(), datetime.now(UTC)
    groups = {group.code: pick(group.names) for group in groups_of(session, fair)}
    tables = []
    for by, found in reports_of(session, current_actor(), fair).items():
        names = Names(by, fair.country, groups)
        head = Column(phrase(by), 32)
        columns = (head, *(Column(phrase(each), 14, _shown_as(each)) for each in Measure))
        rows: list[tuple[str | float, ...]] = [
            (line.name, *_cells(line.values, fair.currency))
            for line in sorted_lines(found, names, "", Measure.EXHIBITORS)
        ]
        rows.append((_("All together"), *_cells(total(found), fair.currency)))
        tables.append(Table(phrase(by), columns, rows))
    answer = Response(
        xlsx_bytes(tables, title=pick(fair.names), made_at=now), mimetype=content_type("x.xlsx")
    )
    name = f"{fair.code}-{now.strftime('%Y%m%d')}-reports.xlsx"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _cells(values: Line, currency: str) -> list[float]:
    """The figures of a line; money in whole units of its currency."""
    unit = 10 ** get_currency_precision(currency)
    return [values[each] / unit if each in MONEY else values[each] for each in Measure]


def _shown_as(measure: Measure) -> str:
    return "#,##0.0" if measure is Measure.AREA else "#,##0"


def _asked(of: tuple[Chosen, ...], text: str, otherwise: Chosen) -> Chosen:
    return next((each for each in of if each.value == text), otherwise)
