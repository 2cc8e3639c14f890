"""The file store: whole files, names from their bytes, no way out of its folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from fairapp.adapters.files import (
    FolderFiles,
    NoSuchFile,
    content_type,
    is_key,
    key_of,
    new_file,
    write_whole,
)


@pytest.fixture
def files(tmp_path: Path) -> FolderFiles:
    return FolderFiles(tmp_path / "files")


def test_what_is_kept_is_read_back_under_its_digest(files: FolderFiles) -> None:
    key = files.keep(b"abc", "jpg")
    assert key == hashlib.sha256(b"abc").hexdigest() + ".jpg"
    assert files.exists(key)
    assert files.read(key) == b"abc"
    with files.open(key) as file:
        assert file.read() == b"abc"


def test_the_same_bytes_are_one_file_and_no_scraps_are_left(files: FolderFiles) -> None:
    assert files.keep(b"abc", "jpg") == files.keep(b"abc", "jpg")
    assert [path.name for path in files.root.rglob("*") if path.is_file()] == [key_of(b"abc", "jpg")]


def test_a_file_that_was_cut_short_is_written_again(files: FolderFiles) -> None:
    key = files.keep(b"whole", "jpg")
    files.path(key).write_bytes(b"who")
    files.keep(b"whole", "jpg")
    assert files.read(key) == b"whole"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../secret.key",
        "/etc/passwd",
        "a" * 64,
        "a" * 64 + ".jpg/..",
        "A" * 64 + ".jpg",
        "a" * 64 + ".jpg\n",
        "a" * 64 + ".jp\x00",
        "../" + "a" * 61 + ".jpg",
        "a" * 64 + ".tar.gz",
    ],
)
def test_no_name_leads_out_of_the_folder(files: FolderFiles, name: str) -> None:
    assert not is_key(name)
    assert not files.exists(name)
    for act in (files.read, files.open, files.path, files.forget):
        with pytest.raises(NoSuchFile):
            act(name)


def test_a_missing_file_is_named_missing(files: FolderFiles) -> None:
    with pytest.raises(NoSuchFile):
        files.read("0" * 64 + ".jpg")


def test_a_forgotten_file_is_gone_and_forgetting_twice_is_no_error(files: FolderFiles) -> None:
    key = files.keep(b"abc", "jpg")
    files.forget(key)
    files.forget(key)
    assert not files.exists(key)


def test_a_suffix_cannot_smuggle_a_path(files: FolderFiles) -> None:
    with pytest.raises(ValueError, match="suffix"):
        files.keep(b"abc", "/../../x")
    assert not files.root.exists()


def test_a_failed_write_leaves_the_old_file_and_no_scraps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "file"
    write_whole(target, b"old")

    def full_disk(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]


def test_unknown_and_active_content_is_never_served_as_a_page() -> None:
    assert [content_type(f"x.{suffix}") for suffix in ("jpg", "png", "html", "svg", "")] == [
        "image/jpeg",
        "image/png",
        "application/octet-stream",
        "application/octet-stream",
        "application/octet-stream",
    ]


def test_a_large_file_is_taken_by_renaming_it(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path)
    with new_file(tmp_path) as (out, path):
        out.write(b"%PDF-1.7")
        out.flush()
        key = files.take(path, "pdf")
    assert (key, files.read(key)) == (key_of(b"%PDF-1.7", "pdf"), b"%PDF-1.7")
    assert [each for each in tmp_path.iterdir() if each.is_file()] == []


def test_what_was_not_taken_leaves_nothing_behind(tmp_path: Path) -> None:
    def stopped() -> None:
        with new_file(tmp_path) as (out, _path):
            out.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stopped()
    assert list(tmp_path.iterdir()) == []
