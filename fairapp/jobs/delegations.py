"""Letters to heads of delegations, and to producers whose entry was returned."""

from __future__ import annotations

from fairapp.jobs.work import Letter, LetterJob, Work
from fairapp.rules.delegations import INVITATION_LASTS
from fairapp.rules.producers import invitation_token, token_digest
from fairapp.store.delegations import Delegation


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
        "quota": delegation.quota_booths,
        "list_until": delegation.list_until,
        "zone": fair.timezone,
        "expires_at": delegation.invited_at + INVITATION_LASTS,
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
    }
    return [Letter("delegations/head_invited", delegation.head_email, delegation.language, facts)]


LETTERS: dict[str, LetterJob] = {"mail.head_invited": head_invited}
