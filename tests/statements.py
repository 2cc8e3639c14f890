"""Bank statements as banks write them: title lines, mangled texts, fees, sums, and money of other people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADER = (
    "STT",
    "Ngày GD/ Trans. Date",
    "Số tham chiếu",
    "Ghi nợ",
    "Ghi có",
    "Số dư",
    "Nội dung",
    "Tên đối ứng",
)


@dataclass(frozen=True, slots=True)
class Transfer:
    """One line: a day like ``05/02/2027``, what came in or went out, and what it says."""

    day: str
    came: int = 0
    text: str = ""
    sender: str = ""
    went: int = 0


def mangled(reference: str, way: int) -> str:
    """What banks and people make of a reference; every way still says it."""
    spaced = f"{reference[:6]} {reference[6:]}"
    return (
        reference,
        reference.lower(),
        spaced,
        f"MBVCB.{4_410_000 + way}.{reference}.CT tu 0071000{way:06d} toi 1234567890",
        f"IBFT {spaced} thanh toan dot {way % 2 + 1}",
        f"Chuyen tien gian hang {reference}, cam on BTC",
        f"{reference}/FT27{way:05d}",
        f"{reference[:4]}-{reference[4:]} HTX nop tien",
    )[way % 8]


def statement(transfers: Iterable[Transfer], *, header: Sequence[str] = HEADER, seed: int = 0) -> bytes:
    """A CSV with three title lines, a running balance, and the bank's sum at the end."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["NGÂN HÀNG TMCP NGOẠI THƯƠNG VIỆT NAM"])
    writer.writerow(["SAO KÊ TÀI KHOẢN 1234567890", "", "Từ 01/02/2027 đến 28/02/2027"])
    writer.writerow([])
    writer.writerow(header)
    balance = 120_000_000
    for number, each in enumerate(transfers, 1):
        balance += each.came - each.went
        cells = {
            "STT": number,
            "Ngày GD/ Trans. Date": each.day,
            "Số tham chiếu": f"{seed}-{number:05d}",
            "Ghi nợ": _vnd(each.went),
            "Ghi có": _vnd(each.came),
            "Số dư": _vnd(balance),
            "Nội dung": each.text,
            "Tên đối ứng": each.sender,
        }
        writer.writerow([cells[title] for title in header])
    writer.writerow(["", "", "Tổng cộng / Total", "", "", _vnd(balance)])
    return out.getvalue().encode("utf-8-sig")


def _vnd(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") if amount else ""


def noise(many: int) -> list[Transfer]:
    """What stands between the payments: fees, interest, salaries, and transfers that say nothing useful."""
    kinds = (
        Transfer("03/02/2027", went=11_000, text="Phi quan ly tai khoan"),
        Transfer("10/02/2027", came=3_215, text="Lai nhap von"),
        Transfer("15/02/2027", went=85_000_000, text="Tra luong thang 2", sender="BAN TO CHUC"),
        Transfer("16/02/2027", came=3_300_000, text="nop tien gian hang", sender="NGUYEN THI LAN"),
        Transfer("17/02/2027", came=500_000, text="ung ho hoi cho", sender="TRAN VAN BINH"),
        Transfer("18/02/2027", went=2_200_000, text="Thanh toan tien dien OCOP27"),
        Transfer("19/02/2027", came=0, text="Thong bao thay doi bieu phi"),
    )
    return [kinds[number % len(kinds)] for number in range(many)]
