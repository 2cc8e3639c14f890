"""A refusal says every reason at once, whoever found it."""

from fairapp.rules.applications import StepRefusal
from fairapp.rules.guards import Hindrance, refusal
from fairapp.rules.reasons import Shape


def test_a_refusal_names_the_lifes_reasons_first_and_keeps_every_guards_facts() -> None:
    guards = (
        Hindrance(Shape.REQUIRED, "documents", {"document": "licence"}),
        Hindrance(Shape.TOO_LONG, "money", {"amount": "3 000 000"}),
    )
    refused = refusal(guards, StepRefusal.NO_BOOTH_YET)
    assert refused.reasons == (StepRefusal.NO_BOOTH_YET, Shape.REQUIRED, Shape.TOO_LONG)
    assert refused.facts == {"document": "licence", "amount": "3 000 000"}
