"""The life of an invitation letter is a table; passports are checked by shape and forgotten in time."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from fairapp.rules.visa_letters import (
    STEPS,
    Traveller,
    VisaFault,
    VisaState,
    VisaStep,
    is_over,
    passport_number,
    reference_of,
    traveller_fault,
    travellers,
    without_passports,
)

ALLOWED = {
    ("asked", "issue"): "issued",
    ("asked", "refuse"): "refused",
    ("asked", "withdraw"): "withdrawn",
    ("issued", "revoke"): "revoked",
}


@pytest.mark.parametrize(("state", "step"), list(itertools.product(VisaState, VisaStep)))
def test_every_state_and_step_leads_on_or_nowhere(state: VisaState, step: VisaStep) -> None:
    assert STEPS.get((state, step)) == ALLOWED.get((state.value, step.value))


@pytest.mark.parametrize(
    ("person", "fault"),
    [
        (Traveller("Somchai", "Thai"), None),
        (Traveller("Somchai", "Thai", "AA1234567"), None),
        (Traveller("", "Thai"), ("name", VisaFault.NAME_MISSING)),
        (Traveller("Somchai", " "), ("nationality", VisaFault.NATIONALITY_MISSING)),
        (Traveller("Somchai", "Thai", "12"), ("passport", VisaFault.PASSPORT_WRONG)),
        (Traveller("Somchai", "Thai", "AA123<b>"), ("passport", VisaFault.PASSPORT_WRONG)),
    ],
)
def test_a_person_is_named_whole(person: Traveller, fault: tuple[str, VisaFault] | None) -> None:
    assert traveller_fault(person) == fault


def test_a_passport_number_is_read_as_people_write_it() -> None:
    assert passport_number(" aa 123-4567 ") == "AA1234567"


def test_passports_are_left_out_of_what_stays() -> None:
    whole = (Traveller("Somchai", "Thai", "AA1234567"), Traveller("Malee", "Thai"))
    assert travellers(without_passports(whole)) == (Traveller("Somchai", "Thai"), Traveller("Malee", "Thai"))


def test_letters_are_kept_for_thirty_days_after_the_fair() -> None:
    assert not is_over(date(2027, 4, 19), date(2027, 5, 19))
    assert is_over(date(2027, 4, 19), date(2027, 5, 20))


def test_a_reference_has_the_fair_and_a_number() -> None:
    assert reference_of("OCOP27", 3) == "OCOP27-VISA-0003"
