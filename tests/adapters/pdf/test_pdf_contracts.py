"""A contract on paper, read back: every clause is there, with who signed and the digest on each page."""

import io
from dataclasses import replace

from reading import squeezed, texts

from fairapp.adapters.pdf.contract_values import ContractSheet, SignedBy
from fairapp.adapters.pdf.contracts import print_contract

SHEET = ContractSheet(
    title="Hợp đồng tham gia trưng bày",
    subtitle="Hội chợ OCOP · Phiên bản 2",
    facts=(("Đơn vị", "HTX Chè Suối Giàng · ບ້ານ"), ("Gian hàng", "A-001, A-002 (18 m²)"), ("Địa điểm", "")),
    body="Điều 1. Giữ gian sạch.\n\nĐiều 2. Không đun bếp ga.",
    signatures=(
        SignedBy("Đại diện đơn vị", "Lý Thị Mai", ("Ký lúc 08:00",)),
        SignedBy("Ban tổ chức", "Trần Nam"),
    ),
    foot="SHA-256: " + "0f" * 32,
    page="Trang %(page)s trên %(pages)s",
)


def printed(sheet: ContractSheet) -> tuple[int, list[str]]:
    out = io.BytesIO()
    many = print_contract(out, sheet)
    return many, [squeezed(page) for page in texts(out.getvalue())]


def test_a_contract_says_parties_clauses_signatures_and_digest() -> None:
    many, pages = printed(SHEET)
    assert (many, len(pages)) == (1, 1)
    wanted = [SHEET.title, SHEET.subtitle, *SHEET.body.split("\n"), SHEET.foot, "Trang 1 trên 1"]
    wanted += [word for fact in SHEET.facts for word in fact]
    wanted += [word for one in SHEET.signatures for word in (one.side, one.name, *one.lines)]
    assert [each for each in wanted if squeezed(each) not in pages[0]] == []


def test_a_long_contract_loses_no_word_and_counts_its_pages() -> None:
    clauses = [f"Điều {n}. " + "Giữ gian sạch và an toàn. " * 30 for n in range(40)]
    clauses.append("chữ " * 2500 + "hết")
    many, pages = printed(replace(SHEET, body="\n".join(clauses)))
    assert many == len(pages) > 5
    whole = "".join(page.split("SHA-256")[0] for page in pages)
    assert [n for n in range(40) if f"Điều{n}." not in whole] == []
    assert (whole.count("Giữgiansạch"), whole.count("chữ") >= 2500, "hết" in whole) == (1200, True, True)
    assert all(squeezed(SHEET.foot) in page for page in pages)
    assert f"Trang{many}trên{many}" in pages[-1]
    signed = next(page for page in pages if "LýThịMai" in page)
    assert ("Đạidiệnđơnvị" in signed, "Kýlúc08:00" in signed) == (True, True)
