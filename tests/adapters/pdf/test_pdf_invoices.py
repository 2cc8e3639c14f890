"""The paper of an invoice: its words are there on every page, and its codes are read."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdfium2
import zxingcpp

from fairapp.adapters.pdf.invoice_values import Paper, PaperLine, PaperPart
from fairapp.adapters.pdf.invoices import print_invoice
from fairapp.rules.vietqr import payload

CODE = payload("970436", "0011002345678", 3_300_000, "OCOP27000011A")
PAPER = Paper(
    title="Đề nghị thanh toán",
    number="OCOP27-00001",
    lang="vi",
    seller=("Trung tâm Xúc tiến", "Mã số thuế 0100112437"),
    payer=("Hợp tác xã Chè Tà Xùa",),
    payer_label="Kính gửi",
    facts=(("Ngày phát hành", "12.1.2027"),),
    heads=("Việc", "Số lượng", "Giá", "Thuế GTGT", "Gồm thuế"),
    lines=(PaperLine("Gian tiêu chuẩn · A-012", "1", "6.000.000 ₫", "10 %", "6.600.000 ₫"),),
    totals=(("Chưa thuế", "6.000.000 ₫"), ("Thành tiền", "6.600.000 ₫")),
    notes=("Đây là đề nghị thanh toán.",),
    parts=(
        PaperPart("Đặt cọc", "3.300.000 ₫", "Hạn 22.1.2027", (("Nội dung", "OCOP27000011A"),), CODE),
        PaperPart("Còn lại", "3.300.000 ₫", "Hạn 16.3.2027", (("Nội dung", "OCOP27000012B"),)),
    ),
    page_label="Trang {number}",
)


def printed(paper: Paper) -> pypdfium2.PdfDocument:
    out = BytesIO()
    print_invoice(out, paper)
    return pypdfium2.PdfDocument(out.getvalue())


def words(document: pypdfium2.PdfDocument) -> list[str]:
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_everything_stands_on_one_page_and_the_code_is_a_transfer() -> None:
    document = printed(PAPER)
    (page,) = words(document)
    for said in (
        "Đề nghị thanh toán",
        "OCOP27-00001",
        "Hợp tác xã Chè Tà Xùa",
        "6.600.000 ₫",
        "OCOP27000012B",
    ):
        assert said in page
    codes = zxingcpp.read_barcodes(document[0].render(scale=3).to_pil())
    assert [code.text for code in codes] == [CODE]


def test_many_lines_go_on_over_pages_and_none_is_lost() -> None:
    lines = tuple(PaperLine(f"Dòng số {number}", "1", "1 ₫", "0 %", "1 ₫") for number in range(1, 91))
    pages = words(printed(replace(PAPER, lines=lines)))
    assert len(pages) > 2
    together = " ".join(pages)
    assert all(f"Dòng số {number} " in together for number in range(1, 91))
    assert together.count("Thành tiền") == 1
    assert "Trang 2" in pages[1]


def test_a_name_of_any_length_and_script_is_set() -> None:
    odd = replace(PAPER, payer=("工芸" * 200, "‮evil\0"), lines=())
    assert "Đề nghị thanh toán" in words(printed(odd))[0]
