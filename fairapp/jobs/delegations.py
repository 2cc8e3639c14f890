"""Letters to heads of delegations, and to producers whose entry was returned."""

from __future__ import annotations

from fairapp.jobs.applications import letters_to
from fairapp.jobs.work import Letter, LetterJob, Work
from fairapp.rules.delegations import INVITATION_LASTS
from fairapp.rules.producers import invitation_token, token_digest
from fairapp.store.delegations import Delegation, DelegationEntry


def head_invited(work: Work, delegation_id: int, nonce: str) -> list[Letter]:
    """The link with which somebody becomes the head; none once a later letter or an answer ended it."""
    delegation = work.session.get_one(Delegation, delegation_id)
    token = invitation_token(work.settings.secret_key, nonce)
    if delegation.digest != token_digest(token):
        return []
    fair = delegation.fair
    facts = {
        "path": f"/d/invitations/{token}",
        "names": delegation.names,
        "fair_names": fair.names,
        "first": fair.starts_on,
        "last": fair.ends_on,
        "count": delegation.quota_booths,
        "until": delegation.list_until,
        "zone": fair.timezone,
        "expires_at": delegation.invited_at + INVITATION_LASTS,
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
    }
    return [
        Letter(
            "delegations/head_invited",
            delegation.head_email,
            delegation.language,
            facts,
            fair_id=fair.id,
            secret=token,
        )
    ]


def entry_returned(work: Work, entry_id: int) -> list[Letter]:
    """Why the head gave an entry back, to whoever acts for the producer, else to its own address."""
    entry = work.session.get_one(DelegationEntry, entry_id)
    organisation, fair = entry.organisation, entry.delegation.fair
    facts = {
        "organisation": organisation.name,
        "names": entry.delegation.names,
        "fair_names": fair.names,
        "reason": entry.reason,
        "path": f"/me/applications/{entry.application_id}",
    }
    return letters_to(work, fair.id, organisation, "delegations/entry_returned", facts)


LETTERS: dict[str, LetterJob] = {"mail.head_invited": head_invited, "mail.entry_returned": entry_returned}
