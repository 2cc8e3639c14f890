"""What visitors see, by version: a change raises it, and every worker's next answer is fresh."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from fairapp.store.base import Base


class PublicVersion(Base):
    """One row per fair (0: every fair), raised in the transaction that changes a public page."""

    __tablename__ = "public_version"
    fair_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(default=1)
