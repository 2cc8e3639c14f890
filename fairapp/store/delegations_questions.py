"""Whose applications on a delegation's list have questions that are still to be answered."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from fairapp.rules.applications import EDITABLE
from fairapp.rules.form_versions import owed
from fairapp.rules.questions import Phase, body_from
from fairapp.store.applications import Application
from fairapp.store.applications_forms import Form, FormAnswer, FormVersion
from fairapp.store.applications_forms_queries import newest_versions
from fairapp.store.delegations import Delegation, DelegationEntry


def with_open_questions(session: Session, delegation_ids: Iterable[int]) -> frozenset[int]:
    """The applications of these lists that cannot be handed in for a question of the first form.

    The forms are asked for once, and the answers of all lists together.
    """
    ids = list(delegation_ids)
    fairs = select(Delegation.fair_id).where(Delegation.id.in_(ids))
    forms = {
        (fair_id, kind_id): form_id
        for fair_id, kind_id, form_id in session.execute(
            select(Form.fair_id, Form.booth_kind_id, Form.id).where(
                Form.fair_id.in_(fairs), Form.phase == Phase.APPLY
            )
        )
    }
    versions = newest_versions(session, forms.values()) if forms else {}
    if not versions:
        return frozenset()
    given = and_(FormAnswer.application_id == Application.id, FormAnswer.phase == Phase.APPLY)
    rows = session.execute(
        select(
            Application.id, Application.fair_id, Application.booth_kind_id, FormVersion, FormAnswer.answers
        )
        .join(DelegationEntry, DelegationEntry.application_id == Application.id)
        .outerjoin(FormAnswer, given)
        .outerjoin(FormVersion, FormVersion.id == FormAnswer.form_version_id)
        .where(DelegationEntry.delegation_id.in_(ids), Application.state.in_(EDITABLE))
    )
    body = cache(lambda version: body_from(version.body))
    nothing_given = cache(lambda current: bool(owed(body(current), body(current), {})))
    found = set()
    for number, fair_id, kind_id, before, answers in rows:
        current = versions.get(forms.get((fair_id, kind_id), 0))
        current = current or versions.get(forms.get((fair_id, None), 0))
        if current is None:
            continue
        is_open = nothing_given(current) if before is None else owed(body(before), body(current), answers)
        if is_open:
            found.add(number)
    return frozenset(found)
