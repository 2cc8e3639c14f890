"""A refusal in words: every reason once, with its facts, sums as money."""

from __future__ import annotations

from flask import Flask

from fairapp.i18n import speaking
from fairapp.rules.billing import PaymentRefusal
from fairapp.rules.errors import Clash, Refused
from fairapp.rules.reasons import Lost
from fairapp.web.wording import sentences


def test_sums_are_written_as_money_of_their_currency(app: Flask) -> None:
    refused = Refused(PaymentRefusal.WRONG_SUM, amount=3_000_000, open=3_300_000, currency="VND")
    with speaking("en"):
        (said,) = sentences(refused)
    assert said.startswith("₫3,000,000 came in, but ₫3,300,000 is due.")


def test_a_currency_that_is_no_fact_comes_from_the_page(app: Flask) -> None:
    with speaking("en"):
        (said,) = sentences(Refused(PaymentRefusal.MORE_THAN_LEFT, left=4_000), "VND")
    assert "₫4,000" in said


def test_every_reason_is_said_once_and_a_lost_race_is_one(app: Flask) -> None:
    with speaking("en"):
        assert len(sentences(Refused(Lost.RACE, Lost.RACE, Lost.CHANGED_MEANWHILE))) == 2
        assert sentences(Clash(Lost.RACE)) == sentences(Refused(Lost.RACE))
