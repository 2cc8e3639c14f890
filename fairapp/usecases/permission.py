"""The one question every use-case asks before it acts."""

from __future__ import annotations

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Missing, NotAllowed


def require(actor: Actor, permission: Permission, fair_id: int | None = None) -> None:
    """Go on when the actor holds ``permission`` here.

    :raises NotAllowed: otherwise.
    """
    if not actor.may(permission, fair_id):
        raise NotAllowed(permission)


def require_member(actor: Actor, organisation_id: int) -> None:
    """Go on when the actor acts for the organisation; it is invisible to others.

    :raises Missing: otherwise.
    """
    if not (actor.is_system or organisation_id in actor.organisation_ids):
        raise Missing


def deputy(actor: Actor, organisation_id: int) -> Actor:
    """The actor with the house's right for one organisation, for what a use-case has looked at before."""
    return Actor(
        account_id=actor.account_id,
        name=actor.name,
        organisation_ids=frozenset({organisation_id}),
        is_system=True,
        address=actor.address,
    )
