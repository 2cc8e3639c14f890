"""Letters about answers to the organiser's questions: more time, and how a change was decided."""

from __future__ import annotations

from fairapp.jobs.applications import letters_about
from fairapp.jobs.work import Letter, LetterJob, Work
from fairapp.rules.changes import ChangeState
from fairapp.rules.questions import Phase
from fairapp.store.applications import Application
from fairapp.store.applications_forms import ChangeRequest
from fairapp.store.applications_forms_queries import extension_of


def deadline_extended(work: Work, *, application_id: int, phase: str) -> list[Letter]:
    """Tell the applicant that there is more time, and until when."""
    application = work.session.get(Application, application_id)
    extension = extension_of(work.session, application_id, Phase(phase))
    if application is None or extension is None:
        return []
    facts = {
        "fair_names": application.fair.names,
        "organisation": application.organisation.name,
        "phase": Phase(phase),
        "until": extension.until,
        "zone": application.fair.timezone,
        "path": f"/me/applications/{application.id}" + ("/details" if phase == Phase.DETAILS else "/form"),
    }
    return letters_about(work, application, "applications/more_time", facts)


def change_decided(work: Work, *, change_id: int) -> list[Letter]:
    """Tell the exhibitor how the change it proposed was decided."""
    change = work.session.get(ChangeRequest, change_id)
    if change is None:
        return []
    application = change.application
    facts = {
        "fair_names": application.fair.names,
        "organisation": application.organisation.name,
        "approved": change.state is ChangeState.APPROVED,
        "reason": change.reason,
        "path": f"/me/applications/{application.id}/changes",
    }
    return letters_about(work, application, "applications/change", facts)


def form_changed(work: Work, *, application_id: int, phase: str) -> list[Letter]:
    """Tell the applicant that the questions have changed and something is asked again."""
    application = work.session.get(Application, application_id)
    if application is None:
        return []
    facts = {
        "fair_names": application.fair.names,
        "organisation": application.organisation.name,
        "path": f"/me/applications/{application.id}"
        + ("/details" if phase == Phase.DETAILS else "/form/questions"),
    }
    return letters_about(work, application, "applications/form_changed", facts)


LETTERS: dict[str, LetterJob] = {
    "mail.form_changed": form_changed,
    "mail.change_decided": change_decided,
    "mail.deadline_extended": deadline_extended,
}
