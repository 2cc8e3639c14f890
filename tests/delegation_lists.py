"""Lists of a delegation as a head sends them, in the words of the Vietnamese template."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from fairapp.adapters.sheets.writing import Column, Table, xlsx_bytes
from fairapp.rules.delegation_sheets import SheetColumn
from fairapp.rules.producers import OrganisationKind
from fairapp.rules.text import words
from fairapp.usecases.delegations_cells import Vocabulary

C = SheetColumn
TITLES = {
    C.NUMBER: "Số",
    C.NAME: "Tên đơn vị",
    C.NAME_LATIN: "Tên La-tinh",
    C.KIND: "Loại hình",
    C.TAX_CODE: "Mã số thuế",
    C.COMMUNE: "Xã phường",
    C.PLACE: "Nơi",
    C.ADDRESS: "Địa chỉ",
    C.PHONE: "Điện thoại",
    C.EMAIL: "Email",
    C.PRODUCTS: "Sản phẩm",
    C.STARS: "Số sao",
    C.GROUP: "Nhóm sản phẩm",
    C.BOOTH_KIND: "Loại gian",
    C.BOOTHS: "Số gian xin",
}
SAID = {
    OrganisationKind.COOPERATIVE: "Hợp tác xã",
    OrganisationKind.ENTERPRISE: "Doanh nghiệp",
    OrganisationKind.COOPERATIVE_GROUP: "Tổ hợp tác",
    OrganisationKind.HOUSEHOLD: "Hộ kinh doanh",
}
WORDS = Vocabulary(
    {words(title): column for column, title in TITLES.items()},
    {words(said): kind for kind, said in SAID.items()},
    SAID,
    "vi",
)
PRODUCTS = ("ปลาส้ม", "ผ้าไหมแพรวา", "ข้าวกล้องอินทรีย์", "น้ำผึ้งป่า", "กล้วยตาก", "เสื่อกก")
THAI_LIST = Path("producers/thailand_otop_dev.csv")


def makers(many: int) -> list[tuple[str, str, str]]:
    """(maker, product, district) of one Thai province: made up, or real ones from FAIRAPP_TEST_DATA."""
    given = os.environ.get("FAIRAPP_TEST_DATA")
    if not given:
        return [
            (f"กลุ่มแม่บ้าน {number:02d} กาฬสินธุ์", PRODUCTS[number % len(PRODUCTS)], "เมืองกาฬสินธุ์")
            for number in range(1, many + 1)
        ]
    with (Path(given) / THAI_LIST).open(encoding="utf-8", newline="") as file:
        rows = {words(row["producer_or_shop_th"]): row for row in csv.DictReader(file)}  # each maker once
    largest = Counter(row["province_th"] for row in rows.values()).most_common(1)[0][0]
    chosen = [row for row in rows.values() if row["province_th"] == largest][:many]
    return [(row["producer_or_shop_th"], row["product_th"], row["district_th"]) for row in chosen]


def workbook(rows: Sequence[Mapping[SheetColumn, str]]) -> bytes:
    """The rows under the template's titles, as far as one of them uses a column."""
    columns = [each for each in TITLES if any(each in row for row in rows)]
    cells = [[row.get(column, "") for column in columns] for row in rows]
    return xlsx_bytes([Table("Đoàn", tuple(Column(TITLES[each]) for each in columns), cells)])
