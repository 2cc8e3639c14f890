"""Who is meant by a number: the names behind exhibitors, accounts and booths, as columns of any query."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import aliased

from fairapp.store.accounts import Account
from fairapp.store.allocation import Exhibitor
from fairapp.store.fairs import Booth
from fairapp.store.producers import Organisation


def exhibitor_name(number: Any) -> ScalarSelect[str]:
    """The name of the organisation that exhibits under this number."""
    exhibitor, organisation = aliased(Exhibitor), aliased(Organisation)
    joined = select(organisation.name).join(exhibitor, exhibitor.organisation_id == organisation.id)
    return joined.where(exhibitor.id == number).scalar_subquery()


def account_name(number: Any) -> ScalarSelect[str]:
    """Whose account it is."""
    account = aliased(Account)
    return select(account.name).where(account.id == number).scalar_subquery()


def booth_code(number: Any) -> ScalarSelect[str]:
    """What stands on the booth's sign."""
    booth = aliased(Booth)
    return select(booth.code).where(booth.id == number).scalar_subquery()
