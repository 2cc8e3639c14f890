"""Letters about partners: to the main exhibitor when one is decided on, and to the co-exhibitor itself."""

from __future__ import annotations

from fairapp.jobs.work import Letter, LetterJob, Work
from fairapp.rules.partners import PartnerState
from fairapp.store.allocation import Exhibitor
from fairapp.store.badges_lists import members_of
from fairapp.store.partners import Partner
from fairapp.store.producers import Organisation

DECIDED = frozenset({PartnerState.APPROVED, PartnerState.REFUSED})


def partner_decided(work: Work, *, partner_id: int) -> list[Letter]:
    """Say what was decided: to the main exhibitor, and to the co-exhibitor whose place it is."""
    partner = work.session.get(Partner, partner_id)
    if partner is None or partner.state not in DECIDED:
        return []
    main = partner.exhibitor
    facts = _facts(main) | {
        "organisation": main.organisation.name,
        "partner": partner.name,
        "state": partner.state,
        "reason": partner.reason,
        "path": f"/me/applications/{main.application_id}/partners",
    }
    to_main = [
        Letter("partners/decided", to, language, facts, main.fair_id, main.organisation_id)
        for to, language in _readers(work, main.organisation)
    ]
    return to_main + _to_guest(work, partner)


def partner_ended(work: Work, *, partner_id: int) -> list[Letter]:
    """Say to a co-exhibitor that its place at the stand has ended."""
    partner = work.session.get(Partner, partner_id)
    return [] if partner is None else _to_guest(work, partner)


def _to_guest(work: Work, partner: Partner) -> list[Letter]:
    guest, main = partner.partner_exhibitor, partner.exhibitor
    if guest is None:
        return []
    facts = _facts(main) | {
        "organisation": guest.organisation.name,
        "partner": main.organisation.name,
        "named": partner.state is PartnerState.APPROVED,
    }
    return [
        Letter("partners/guest", to, language, facts, main.fair_id, guest.organisation_id)
        for to, language in _readers(work, guest.organisation)
    ]


def _facts(main: Exhibitor) -> dict[str, object]:
    fair = main.fair
    contact = " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each)
    return {"fair_names": fair.names, "contact": contact}


def _readers(work: Work, organisation: Organisation) -> list[tuple[str, str]]:
    """Whoever acts for it, in their language; its own address where nobody does."""
    found = [(account.email, account.language) for account in members_of(work.session, organisation.id)]
    if not found and organisation.email:
        found = [(organisation.email, organisation.name_language)]
    return found


LETTERS: dict[str, LetterJob] = {
    "mail.partner_decided": partner_decided,
    "mail.partner_ended": partner_ended,
}
