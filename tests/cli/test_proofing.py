"""The proof sheet of a list: every text set, read back, and what is wrong with it told by its row."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from fairapp.cli.main import fairapp

TEXTS = (
    "Tổ hợp tác Rau sạch Đồng Nghệ",
    "วิสาหกิจชุมชนน้ำผึ้งป่า",
    "ສະຫະກອນນ້ຳເຜິ້ງ",
    "សហគ្រាសទឹកឃ្មុំព្រៃ",
    "တောပျားရည် သမဝါယမ",
    "山の蜂蜜組合",
    "야생꿀 협동조합",
    "जंगली शहद समिति",
    "عسل الغابة",
    "Дикий мёд и орехи",
    "<b>A & B</b> <para>",
)


def run(folder: Path, content: str | bytes, *more: str) -> Result:
    source = folder / "list.csv"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    return CliRunner().invoke(
        fairapp, ["proof", str(source), "--out", str(folder / "proof.pdf"), *more], obj=None
    )


def test_names_in_ten_scripts_are_read_back_as_they_were_typed(tmp_path: Path) -> None:
    done = run(tmp_path, "\ufeffname\n" + "\n".join(TEXTS), "--json")

    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert (told["texts"], told["read_back"], told["findings"]) == (len(TEXTS), len(TEXTS), 0)


def test_a_long_list_takes_several_tagged_pages(tmp_path: Path) -> None:
    run(tmp_path, "nr,text\n" + "".join(f"{n},{TEXTS[n % 10]} {n}\n" for n in range(80)))

    with pikepdf.open(tmp_path / "proof.pdf") as pdf:
        assert len(pdf.pages) > 2
        assert pdf.Root.MarkInfo.Marked


def test_what_no_font_has_and_what_is_empty_is_told_by_its_row_and_the_rest_is_printed(
    tmp_path: Path,
) -> None:
    done = run(tmp_path, "text\nHoa ban\n\U00013000\n\u202e\nHoa sim\n", "--json")

    assert {line.partition(":")[0] for line in done.stderr.splitlines()} == {"3", "4"}
    assert json.loads(done.stdout)["texts"] == 3


def test_a_line_that_readers_turn_round_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, "text,lang\nعسل | Forest Honey,ar\n", "--json")

    assert "2: read back as" in done.stderr
    assert json.loads(done.stdout)["read_back"] == 0


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (b"text\n\xff\xfe\n", (), "is not a CSV file in UTF-8"),
        (b"", (), "has no columns"),
        (b"text\nA\n", ("--column", "other"), "has no column other"),
        (b"text\n" + b"x" * 5_300_000, (), "larger than 5 MB"),
        (b'text\n"' + b"x" * 140_000 + b'"\n', (), "is not a CSV file in UTF-8"),
    ],
)
def test_other_files_are_refused_and_leave_no_proof(
    tmp_path: Path, content: bytes, more: tuple[str, ...], said: str
) -> None:
    done = run(tmp_path, content, *more)

    assert done.exit_code == 1
    assert said in done.stderr
    assert not (tmp_path / "proof.pdf").exists()


def test_another_column_can_be_asked_for(tmp_path: Path) -> None:
    assert run(tmp_path, "name,note\nHoa ban,\U00013000\n").stderr == ""
    assert run(tmp_path, "name,note\nHoa ban,\U00013000\n", "--column", "Note").stderr.startswith("2: ")
