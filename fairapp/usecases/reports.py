"""Read the reports of a fair."""

from __future__ import annotations

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.reports import Dimension, Report, report
from fairapp.store.fairs import Fair
from fairapp.store.reports_queries import subjects_of
from fairapp.usecases.permission import require


def reports_of(
    session: Session, actor: Actor, fair: Fair, dimensions: tuple[Dimension, ...] = tuple(Dimension)
) -> dict[Dimension, Report]:
    """The fair by each of the dimensions.

    :raises NotAllowed: when the actor may not see the fair's figures.
    """
    require(actor, Permission.REPORT_SEE, fair.id)
    subjects = subjects_of(session, fair)
    return {dimension: report(subjects, dimension, fair.country) for dimension in dimensions}
