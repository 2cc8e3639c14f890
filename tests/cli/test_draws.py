"""``fairapp draw verify``: a published file is recomputed without a database, and a changed one refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from fairapp.cli.draws import draw
from fairapp.rules.draw_order import MOST_BYTES
from tests.rules.test_draw_order import SEED, VECTORS, published, terms

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A published draw."""
    kept = tmp_path / "draw.json"
    kept.write_bytes(published())
    return kept


def test_a_sound_file_says_its_order_and_what_to_compare(file: Path) -> None:
    said = CliRunner().invoke(draw, ["verify", str(file)])
    assert said.exit_code == 0
    assert "is sound" in said.output
    assert "Mega 6/45, 1 February 2027" in said.output
    assert re.findall(r"^ +(\d)\. (\d) ", said.output, re.M)[0] == ("1", "3")


def test_scripts_read_one_line(file: Path) -> None:
    said = CliRunner().invoke(draw, ["verify", str(file), "--json"])
    assert json.loads(said.output)["order"] == [3, 4, 1, 5, 2, 6]


def test_a_changed_file_and_another_check_sum_fail_with_their_reason(file: Path) -> None:
    other = CliRunner().invoke(draw, ["verify", str(file), "--commitment", "0" * 64])
    assert (other.exit_code, "another draw" in other.output) == (1, True)
    file.write_bytes(published().replace(b'"points":2', b'"points":9'))
    said = CliRunner().invoke(draw, ["verify", str(file), "--json"])
    assert said.exit_code == 1
    assert json.loads(said.output) == {
        "sound": False,
        "reason": "draw_file_commitment",
        "where": "commitment",
    }


def test_a_huge_file_is_refused_before_it_is_read(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(MOST_BYTES + 1)
    said = CliRunner().invoke(draw, ["verify", str(file)])
    assert (said.exit_code, "larger than any draw" in said.output) == (1, True)


def test_the_document_holds_the_same_vectors() -> None:
    text = (ROOT / "docs" / "draw.md").read_text()
    assert SEED in text
    for rule, (commitment, order) in VECTORS.items():
        line = next(line for line in text.splitlines() if commitment in line)
        assert f"`{rule.value}`" in line
        assert f"| {' '.join(map(str, order))} |" in line
    block = text.split("```json\n")[1].split("\n```")[0]
    assert json.loads(block) == terms()
