"""Who acts, in which roles, and what each role may do: the permission map as data, denied by default."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles of the house; all but administrator and producer are granted per fair."""

    PRODUCER = "producer"
    DELEGATION_HEAD = "delegation_head"
    REVIEWER = "reviewer"
    ORGANISER = "organiser"
    FINANCE = "finance"
    STEWARD = "steward"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """scope:act on the things of one fair, or of the installation where no fair is named."""

    ACCOUNTS_MANAGE = "accounts:manage"
    PEOPLE_GRANT = "people:grant"
    FAIR_CREATE = "fair:create"
    FAIR_EDIT = "fair:edit"
    FAIR_SEE = "fair:see"
    PLAN_EDIT = "plan:edit"
    FORM_EDIT = "form:edit"
    APPLICATION_SEE = "application:see"
    APPLICATION_NOTE = "application:note"
    APPLICATION_DECIDE = "application:decide"
    REVIEW_GIVE = "review:give"
    DOCUMENT_CHECK = "document:check"
    CONTRACT_SIGN = "contract:sign"
    MANUAL_EDIT = "manual:edit"
    DELEGATION_EDIT = "delegation:edit"
    REPORT_SEE = "report:see"
    LETTER_SEND = "letter:send"
    BOOTH_ASSIGN = "booth:assign"
    BADGE_APPROVE = "badge:approve"
    BADGE_PRINT = "badge:print"
    BADGE_TOKENS = "badge:tokens"
    GATE_SCAN = "gate:scan"
    GATE_UNDO = "gate:undo"
    CATALOGUE_PRINT = "catalogue:print"
    LIST_IMPORT = "list:import"
    LIST_EXPORT = "list:export"
    MONEY_SEE = "money:see"
    MONEY_EDIT = "money:edit"
    AUDIT_SEE = "audit:see"


_P = Permission
_ORGANISER = frozenset(
    set(Permission) - {_P.ACCOUNTS_MANAGE, _P.BADGE_TOKENS, _P.GATE_SCAN, _P.GATE_UNDO, _P.REVIEW_GIVE}
)

GRANTED: dict[Role, frozenset[Permission]] = {
    Role.PRODUCER: frozenset(),
    Role.DELEGATION_HEAD: frozenset(),  # sees the delegations it heads, whatever their fair
    Role.REVIEWER: frozenset({_P.FAIR_SEE, _P.REVIEW_GIVE}),  # sees what is assigned to it, maybe blind
    Role.ORGANISER: _ORGANISER,
    Role.FINANCE: frozenset(
        {
            _P.FAIR_SEE,
            _P.APPLICATION_SEE,
            _P.LIST_EXPORT,
            _P.REPORT_SEE,
            _P.MONEY_SEE,
            _P.MONEY_EDIT,
        }
    ),
    Role.STEWARD: frozenset({_P.GATE_SCAN, _P.BADGE_TOKENS}),
    Role.SUPERVISOR: frozenset({_P.GATE_SCAN, _P.BADGE_TOKENS, _P.GATE_UNDO}),
    Role.ADMINISTRATOR: _ORGANISER | {_P.ACCOUNTS_MANAGE},
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in one fair, or in every fair when ``fair_id`` is None."""

    role: Role
    fair_id: int | None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: an account with its grants and organisations, a visitor, or the system itself."""

    account_id: int | None
    name: str = ""
    grants: frozenset[Grant] = frozenset()
    organisation_ids: frozenset[int] = frozenset()
    is_system: bool = False
    address: str | None = None

    def may(self, permission: Permission, fair_id: int | None = None) -> bool:
        """Whether any grant gives ``permission`` in this fair; a grant without a fair holds in all."""
        return self.is_system or any(
            permission in GRANTED[grant.role] and (grant.fair_id is None or grant.fair_id == fair_id)
            for grant in self.grants
        )

    def fairs_with(self, permission: Permission) -> frozenset[int] | None:
        """The fairs in which the actor holds ``permission``; None means every fair."""
        holding = [grant.fair_id for grant in self.grants if permission in GRANTED[grant.role]]
        if self.is_system or None in holding:
            return None
        return frozenset(fair_id for fair_id in holding if fair_id is not None)


NOBODY = Actor(account_id=None)
SYSTEM = Actor(account_id=None, name="fairapp", is_system=True)
