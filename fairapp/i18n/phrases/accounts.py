"""Why somebody cannot sign in, register or be granted a role: what is wrong, and the cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.accounts import AccountReason

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (
        AccountReason.WRONG_SIGN_IN,
        _l(
            "Email and password do not fit together, or the address is not confirmed yet. Check both, or set"
            " a new password by mail."
        ),
    ),
    (AccountReason.WRONG_PASSWORD, _l("This is not your present password. Type it again.")),
    (
        AccountReason.WRONG_REGISTRATION,
        _l("This is not the password of the registration. Type it again, or set a new one by mail."),
    ),
    (
        AccountReason.NO_CONSENT,
        _l("Without your agreement we may not keep an account. Read the notice, then tick the box."),
    ),
    (AccountReason.LINK_ENDED, _l("This link has ended. Ask for a new letter.")),
    (AccountReason.SAME_EMAIL, _l("This is your address already. Enter another one.")),
    (AccountReason.EMAIL_TAKEN, _l("This address belongs to an account. Enter another one.")),
    (
        AccountReason.NOBODY_THERE,
        _l("No confirmed account has this address. Ask the person to register first, then grant the role."),
    ),
    (AccountReason.GRANTED_ALREADY, _l("This person has the role already.")),
    (
        AccountReason.NOT_YOURS_TO_GRANT,
        _l("This role is not yours to give or take back. Ask an administrator."),
    ),
    (
        AccountReason.NEEDS_A_FAIR,
        _l("Choose a fair for this role; only administrators and producers have theirs in all fairs."),
    ),
    (
        AccountReason.OWN_ROLE,
        _l("You cannot take your own role away. Ask another organiser or administrator."),
    ),
    (
        AccountReason.LAST_ADMINISTRATOR,
        _l("This is the last administrator. Grant the role to somebody else first."),
    ),
)
