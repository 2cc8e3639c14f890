"""Questions about forms: which one asks whom, its versions, and who has answered what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from fairapp.rules.applications import ADMITTED, State
from fairapp.rules.errors import Missing
from fairapp.rules.forms import ON_THE_WAY
from fairapp.rules.questions import Phase
from fairapp.store.applications import Application
from fairapp.store.applications_forms import AnswerFile, DeadlineExtension, Form, FormAnswer, FormVersion
from fairapp.store.base import LOCK
from fairapp.store.producers import Organisation


def forms_of(session: Session, fair_id: int) -> Sequence[Form]:
    """The fair's forms: for all kinds of booths before those for one, by phase."""
    found = session.scalars(
        select(Form).where(Form.fair_id == fair_id).options(joinedload(Form.booth_kind)).order_by(Form.id)
    ).all()
    place = {phase: number for number, phase in enumerate(Phase)}
    return sorted(found, key=lambda form: (place[form.phase], form.booth_kind_id or 0))


def form_of(session: Session, fair_id: int, form_id: int, lock: bool = False) -> Form:
    """The fair's own form.

    :raises Missing: when there is none.
    """
    wanted = select(Form).where(Form.id == form_id, Form.fair_id == fair_id)
    if lock:
        wanted = wanted.with_for_update(of=Form, **LOCK).execution_options(populate_existing=True)
    found = session.scalar(wanted)
    if found is None:
        raise Missing
    return found


def versions_of(session: Session, form_id: int) -> Sequence[FormVersion]:
    """The form's versions, the newest first."""
    return session.scalars(
        select(FormVersion)
        .where(FormVersion.form_id == form_id)
        .order_by(FormVersion.number.desc())
        .options(joinedload(FormVersion.published_by))
    ).all()


def newest_versions(session: Session, form_ids: Iterable[int]) -> dict[int, FormVersion]:
    """Each form's version in force."""
    newer = aliased(FormVersion)
    newest = select(func.max(newer.number)).where(newer.form_id == FormVersion.form_id).scalar_subquery()
    found = session.scalars(
        select(FormVersion).where(FormVersion.form_id.in_(list(form_ids)), FormVersion.number == newest)
    )
    return {each.form_id: each for each in found}


def version_for(session: Session, fair_id: int, phase: Phase, kind_id: int | None) -> FormVersion | None:
    """What somebody who wants this kind of booth is asked: its own form, else the one for all kinds."""
    return session.scalar(
        select(FormVersion)
        .join(Form)
        .where(
            Form.fair_id == fair_id,
            Form.phase == phase,
            or_(Form.booth_kind_id == kind_id, Form.booth_kind_id.is_(None)),
        )
        .order_by(Form.booth_kind_id.is_(None), FormVersion.number.desc())
        .limit(1)
    )


def answer_of(session: Session, application_id: int, phase: Phase, lock: bool = False) -> FormAnswer | None:
    """The applicant's answers of the phase."""
    wanted = select(FormAnswer).where(FormAnswer.application_id == application_id, FormAnswer.phase == phase)
    if lock:
        wanted = wanted.with_for_update(of=FormAnswer, **LOCK).execution_options(populate_existing=True)
    return session.scalar(wanted.options(joinedload(FormAnswer.form_version)))


def extension_of(session: Session, application_id: int, phase: Phase) -> DeadlineExtension | None:
    """More time that was given to one applicant."""
    return session.scalar(
        select(DeadlineExtension)
        .where(DeadlineExtension.application_id == application_id, DeadlineExtension.phase == phase)
        .options(joinedload(DeadlineExtension.by))
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody whom a form asks, with the answers if there are any."""

    application_id: int
    organisation: str
    state: State
    booth_kind_id: int | None
    answer: FormAnswer | None


def asked_in(session: Session, fair_id: int, phase: Phase) -> list[Asked]:
    """Everybody on the way to the fair who has come to the phase, by name."""
    states = ADMITTED if phase is Phase.DETAILS else ON_THE_WAY | {State.RETURNED}
    wanted = (
        select(Application.id, Organisation.name, Application.state, Application.booth_kind_id, FormAnswer)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .outerjoin(FormAnswer, and_(FormAnswer.application_id == Application.id, FormAnswer.phase == phase))
        .where(Application.fair_id == fair_id, Application.state.in_(states))
        .options(joinedload(FormAnswer.form_version))
        .order_by(Organisation.name_key, Application.id)
    )
    return [Asked(*row) for row in session.execute(wanted)]


def asked_by(session: Session, form: Form) -> list[Asked]:
    """Everybody whom the form asks: those who want its kind, or all whose kind has no form of its own."""
    people = asked_in(session, form.fair_id, form.phase)
    if form.booth_kind_id is not None:
        return [each for each in people if each.booth_kind_id == form.booth_kind_id]
    own = kinds_with_own_form(session, form.fair_id)
    return [each for each in people if (form.phase, each.booth_kind_id) not in own]


def kinds_with_own_form(session: Session, fair_id: int) -> set[tuple[Phase, int | None]]:
    """Phases and kinds of booths for which a form of their own is in force."""
    wanted = (
        select(Form.phase, Form.booth_kind_id)
        .join(FormVersion)
        .where(Form.fair_id == fair_id, Form.booth_kind_id.is_not(None))
        .distinct()
    )
    return {(phase, kind) for phase, kind in session.execute(wanted)}


def files_of(session: Session, application_id: int) -> Sequence[AnswerFile]:
    """Every file that the application was answered with."""
    return session.scalars(
        select(AnswerFile).where(AnswerFile.application_id == application_id).order_by(AnswerFile.id)
    ).all()


def extensions_in(session: Session, fair_id: int, first: int, size: int) -> Sequence[DeadlineExtension]:
    """Who was given more time in the fair, the latest first."""
    return session.scalars(
        select(DeadlineExtension)
        .join(Application)
        .where(Application.fair_id == fair_id)
        .order_by(DeadlineExtension.at.desc(), DeadlineExtension.id.desc())
        .offset(first)
        .limit(size)
        .options(
            joinedload(DeadlineExtension.by),
            joinedload(DeadlineExtension.application).joinedload(Application.organisation),
        )
    ).all()


def extensions_count(session: Session, fair_id: int) -> int:
    """How many were given more time in the fair."""
    wanted = select(func.count()).select_from(DeadlineExtension).join(Application)
    return session.scalar(wanted.where(Application.fair_id == fair_id)) or 0
