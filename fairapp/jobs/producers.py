"""Letters about who acts for an organisation."""

from __future__ import annotations

from fairapp.jobs.work import Letter, LetterJob, Work
from fairapp.rules.producers import invitation_token
from fairapp.store.accounts import Account
from fairapp.store.producers import Invitation, Organisation


def member_invited(work: Work, invitation_id: int, nonce: str, language: str) -> list[Letter]:
    """The link with which somebody begins to act for the organisation; none once it was taken back."""
    invitation = work.session.get_one(Invitation, invitation_id)
    if invitation.answered_at is not None or invitation.expires_at <= work.now:
        return []
    by = invitation.invited_by_id and work.session.get(Account, invitation.invited_by_id)
    facts = {
        "path": f"/me/invitations/{invitation_token(work.settings.secret_key, nonce)}",
        "organisation": invitation.organisation.name,
        "by": by.name if by else "",
        "expires_at": invitation.expires_at,
    }
    return [Letter("producers/member_invited", invitation.email, language, facts)]


def member_removed(work: Work, organisation_id: int, account_id: int) -> list[Letter]:
    """A note to somebody who no longer acts for the organisation."""
    account = work.session.get_one(Account, account_id)
    organisation = work.session.get_one(Organisation, organisation_id)
    facts = {"name": account.name, "organisation": organisation.name}
    return [Letter("producers/member_removed", account.email, account.language, facts)]


LETTERS: dict[str, LetterJob] = {
    "mail.member_invited": member_invited,
    "mail.member_removed": member_removed,
}
