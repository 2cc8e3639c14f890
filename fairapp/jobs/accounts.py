"""Letters about accounts; a link's token is worked out here and stands nowhere but in the letter."""

from __future__ import annotations

from urllib.parse import urlencode

from fairapp.i18n import speaking
from fairapp.i18n.phrases import phrase
from fairapp.jobs.work import Letter, LetterJob, Work
from fairapp.rules.accounts import LINK_PATHS, Purpose, Seal
from fairapp.rules.actors import Role
from fairapp.store.accounts import Account
from fairapp.store.fairs import Fair


def _letter(event: str, account: Account, to: str | None = None, **facts: object) -> list[Letter]:
    facts = {"name": account.name, **facts}
    return [Letter(f"accounts/{event}", to or account.email, account.language, facts)]


def _path(work: Work, purpose: Purpose, account_id: int, nonce: str) -> str:
    token = Seal(work.settings.secret_key).token(purpose, account_id, nonce)
    return f"{LINK_PATHS[purpose]}/{token}"


def confirm(work: Work, account_id: int, nonce: str, next_path: str | None = None) -> list[Letter]:
    """The link that opens a new account."""
    path = _path(work, Purpose.CONFIRM, account_id, nonce)
    if next_path:
        path = f"{path}?{urlencode({'next': next_path})}"
    return _letter("confirm", work.session.get_one(Account, account_id), path=path)


def exists(work: Work, account_id: int) -> list[Letter]:
    """Somebody registered with an address that has an account."""
    return _letter("exists", work.session.get_one(Account, account_id))


def reset(work: Work, account_id: int, nonce: str) -> list[Letter]:
    """The link to a new password."""
    account = work.session.get_one(Account, account_id)
    return _letter("reset", account, path=_path(work, Purpose.RESET, account_id, nonce))


def unknown(work: Work, email: str, language: str) -> list[Letter]:
    """Somebody asked for a new password where no account is."""
    return [Letter("accounts/unknown", email, language)]


def email_confirm(work: Work, account_id: int, email: str, nonce: str) -> list[Letter]:
    """The link that takes a new address over, sent to that address."""
    account = work.session.get_one(Account, account_id)
    path = _path(work, Purpose.EMAIL, account_id, nonce)
    return _letter("email_confirm", account, to=email, path=path)


def email_changed(work: Work, account_id: int, old_email: str) -> list[Letter]:
    """A note to the address that was left."""
    return _letter("email_changed", work.session.get_one(Account, account_id), to=old_email)


def password_changed(work: Work, account_id: int) -> list[Letter]:
    """A note that the password is another now."""
    return _letter("password_changed", work.session.get_one(Account, account_id))


def role_granted(work: Work, account_id: int, role: str, fair_id: int | None = None) -> list[Letter]:
    """A new role, and where its work begins."""
    account = work.session.get_one(Account, account_id)
    fair = None if fair_id is None else work.session.get_one(Fair, fair_id)
    with speaking(account.language):
        called = phrase(Role(role))
    return _letter("role_granted", account, role=called, fair=None if fair is None else fair.names)


LETTERS: dict[str, LetterJob] = {
    "mail.account_confirm": confirm,
    "mail.account_exists": exists,
    "mail.account_unknown": unknown,
    "mail.password_reset": reset,
    "mail.password_changed": password_changed,
    "mail.email_confirm": email_confirm,
    "mail.email_changed": email_changed,
    "mail.role_granted": role_granted,
}
