"""The schemes of product groups that every installation has: versioned data, kept whole for ever."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from fairapp.store.fairs import ProductGroup

Group = tuple[str, str, str, str]
"""Code, mark (shape and colour), Vietnamese and English name."""

SCHEMES: dict[str, tuple[Group, ...]] = {
    # Decisions 490/QĐ-TTg (2018) and 1048/QĐ-TTg (2019).
    "ocop2018": (
        ("food", "food", "Thực phẩm", "Food"),
        ("drink", "drink", "Đồ uống", "Drinks"),
        ("herb", "herb", "Thảo dược", "Herbs"),
        ("fabric", "orn", "Vải và may mặc", "Fabric and garments"),
        ("craft", "craft", "Lưu niệm, nội thất, trang trí", "Souvenirs, furniture, decoration"),
        ("tour", "tour", "Dịch vụ du lịch nông thôn, bán hàng", "Rural tourism and sales"),
    ),
    # Decisions 919/QĐ-TTg (2022) and 148/QĐ-TTg (2023).
    "ocop2021": (
        ("food", "food", "Thực phẩm", "Food"),
        ("drink", "drink", "Đồ uống", "Drinks"),
        ("herb", "herb", "Dược liệu và sản phẩm từ dược liệu", "Medicinal plants and products"),
        ("craft", "craft", "Thủ công mỹ nghệ", "Handicrafts"),
        ("orn", "orn", "Sinh vật cảnh", "Ornamental plants and animals"),
        (
            "tour",
            "tour",
            "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch",
            "Community tourism, eco-tourism and tourist sites",
        ),
    ),
    # One Tambon One Product, Thailand.
    "otop": (
        ("food", "food", "Thực phẩm", "Food"),
        ("drink", "drink", "Đồ uống", "Beverages"),
        ("cloth", "orn", "Vải và trang phục", "Clothing"),
        ("decor", "craft", "Đồ dùng và trang trí", "Utensils and decoration"),
        ("herb", "herb", "Thảo dược không dùng làm thực phẩm", "Non-edible herbs"),
    ),
}


def groups_of_scheme(session: Session, scheme: str) -> Sequence[ProductGroup]:
    """The product groups of a scheme in its order."""
    return session.scalars(
        select(ProductGroup).where(ProductGroup.scheme == scheme).order_by(ProductGroup.position)
    ).all()


def keep_schemes(session: Session) -> int:
    """Add the groups that are not there yet; answer how many. Groups that are there stay as they are."""
    there = {tuple(row) for row in session.execute(select(ProductGroup.scheme, ProductGroup.code))}
    missing = [
        {"scheme": scheme, "code": code, "mark": mark, "names": {"vi": vi, "en": en}, "position": position}
        for scheme, groups in SCHEMES.items()
        for position, (code, mark, vi, en) in enumerate(groups)
        if (scheme, code) not in there
    ]
    if missing:
        session.execute(insert(ProductGroup), missing)
    return len(missing)
