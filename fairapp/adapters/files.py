"""Files kept by the digest of their bytes: what is sent twice is one file, and no name points elsewhere."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile, mkstemp
from typing import BinaryIO, Protocol

_KEY = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,8}")
CONTENT_TYPES = {
    "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8", "json": "application/json", "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "zip": "application/zip",
}  # fmt: skip


class NoSuchFile(LookupError):
    """Nothing is kept under this key, or it is no key at all."""


class Files(Protocol):
    """Where files are kept; a folder today, an object store when somebody writes one."""

    def keep(self, data: bytes, suffix: str) -> str:
        """Keep ``data`` for good before returning its key, ``<sha256>.<suffix>``."""

    def read(self, key: str) -> bytes:
        """All bytes of the file. Raises NoSuchFile."""

    def open(self, key: str) -> BinaryIO:
        """The file, open for reading. Raises NoSuchFile."""

    def exists(self, key: str) -> bool:
        """Whether something is kept under ``key``; False for anything that is no key."""

    def forget(self, key: str) -> None:
        """Remove the file; no complaint when it is gone already."""


def is_key(text: str) -> bool:
    """Whether ``text`` has the form of a key, and is therefore safe in a path and in an address."""
    return _KEY.fullmatch(text) is not None


def key_of(data: bytes, suffix: str) -> str:
    """The key under which ``data`` is kept."""
    key = f"{hashlib.sha256(data).hexdigest()}.{suffix}"
    if not is_key(key):
        raise ValueError(f"not a suffix: {suffix!r}")
    return key


def content_type(key: str) -> str:
    """The media type that belongs to the key's suffix; never one that a browser would run."""
    return CONTENT_TYPES.get(key.rpartition(".")[2], "application/octet-stream")


class FolderFiles:
    """Files in a folder, two letters of the digest to a sub-folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, key: str) -> Path:
        """Where the file of ``key`` lies. Raises NoSuchFile when it is no key."""
        if not is_key(key):
            raise NoSuchFile(key)
        return self.root / key[:2] / key

    def keep(self, data: bytes, suffix: str) -> str:
        """Write aside, sync, rename, sync the folder: after a power cut the file is whole or absent."""
        key = key_of(data, suffix)
        path = self.path(key)
        if path.exists() and path.stat().st_size == len(data):
            return key
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
        return key

    def take(self, written: Path, suffix: str) -> str:
        """Keep a file that was ``written`` below the same root, by renaming it, however large it is."""
        with written.open("rb") as file:
            key = f"{hashlib.file_digest(file, 'sha256').hexdigest()}.{suffix}"
            os.fsync(file.fileno())
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        written.replace(path)
        sync_folder(path.parent)
        return key

    def read(self, key: str) -> bytes:
        """All bytes of the file."""
        with self.open(key) as file:
            return file.read()

    def open(self, key: str) -> BinaryIO:
        """The file, open for reading."""
        try:
            return self.path(key).open("rb")
        except FileNotFoundError:
            raise NoSuchFile(key) from None

    def exists(self, key: str) -> bool:
        """Whether the file is there."""
        return is_key(key) and self.path(key).is_file()

    def forget(self, key: str) -> None:
        """Remove the file."""
        with suppress(FileNotFoundError):
            self.path(key).unlink()


def write_whole(path: Path, data: bytes, mode: int = 0o640) -> None:
    """Put ``data`` at ``path`` so that a reader, or a power cut, meets the old file or the whole new one."""
    with NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as new:
        try:
            os.fchmod(new.fileno(), mode)
            new.write(data)
            new.flush()
            os.fsync(new.fileno())
            Path(new.name).replace(path)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise
    sync_folder(path.parent)


@contextmanager
def new_file(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """An empty file in ``folder``, to be written and then renamed; gone afterwards if nobody did."""
    handle, name = mkstemp(dir=folder, prefix=".new-")
    try:
        os.fchmod(handle, 0o640)
        os.close(handle)
        # opened by its name: whoever writes into it may give it a second one
        with Path(name).open("wb") as file:
            yield file, Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
