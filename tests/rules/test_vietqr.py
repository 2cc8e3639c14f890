"""A transfer's code is what banks publish, to the last digit."""

from __future__ import annotations

import pytest

from fairapp.rules.vietqr import checksum, is_account, payload, plain_memo

# Published examples: pub.dev vietqr_generator's and github.com/duyquoc1508/napas-qr's README.
FIRST = (
    "00020101021138540010A00000072701240006970407011003865776720208QRIBFTTA5303704540710000005802VN"
    "62160812henry an cut6304A322"
)
SECOND = (
    "00020101021238530010A0000007270123000697041601092245284790208QRIBFTTA53037045405100005802VN"
    "62340107NPS68690819TRANSFER TO SOMEONE6304AC13"
)


def test_the_published_examples_come_out_to_the_letter() -> None:
    assert payload("970407", "0386577672", 1_000_000, "henry an cut", once=False) == FIRST
    assert payload("970416", "224528479", 10_000, "TRANSFER TO SOMEONE", bill="NPS6869") == SECOND


def test_the_checksum_is_that_of_the_standard() -> None:
    assert checksum("123456789") == "29B1"


@pytest.mark.parametrize(
    ("bank", "account", "amount"),
    [("97040", "0386577672", 1), ("970407", "03 86", 1), ("970407", "0386577672", 0), ("", "", 5)],
)
def test_what_is_no_transfer_makes_no_code(bank: str, account: str, amount: int) -> None:
    with pytest.raises(ValueError, match="no transfer"):
        payload(bank, account, amount, "OCOP27000121K")


def test_an_account_is_told_from_other_numbers() -> None:
    assert is_account("970436", "0123456789")
    assert not is_account("970436", "")
    assert not is_account("97043x", "0123456789")


def test_a_memo_is_plain_and_short() -> None:
    assert plain_memo("Đặt cọc gian hàng: HTX Chè Tà Xùa, đợt 1") == "DAT COC GIAN HANG HTX CHE"
    assert plain_memo("OCOP27-00012/1") == "OCOP27-00012 1"
