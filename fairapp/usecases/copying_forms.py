"""The forms of a fair come along to its next edition, as drafts to be looked at and published."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.forms import SETTINGS, form_settings, plain_settings
from fairapp.store.applications_forms import Form
from fairapp.store.applications_forms_queries import forms_of
from fairapp.store.fairs import BoothKind, Fair


def bring_forms(session: Session, old: Fair, new: Fair, now: datetime) -> None:
    """Copy every form's draft: the keys of its questions stay, so that answers can be carried over."""
    kinds = {
        kind.code: kind.id for kind in session.scalars(select(BoothKind).where(BoothKind.fair_id == new.id))
    }
    for form in forms_of(session, old.id):
        kind_id = kinds.get(form.booth_kind.code) if form.booth_kind else None
        session.add(
            Form(fair_id=new.id, phase=form.phase, booth_kind_id=kind_id, draft=form.draft, changed_at=now)
        )
    chosen, moved = form_settings(old.settings), new.starts_on - old.starts_on
    if chosen.details_until is not None:
        later = replace(chosen, details_until=chosen.details_until + timedelta(days=moved.days))
        new.settings = {**new.settings, SETTINGS: plain_settings(later)}
