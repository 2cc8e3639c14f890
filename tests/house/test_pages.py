"""Every view says who may open it, and no page carries an inline script, style or handler."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from fairapp import assets
from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Permission

TEMPLATES = sorted(assets.folder("templates").rglob("*.html"))
STATIC = assets.folder("static")
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*\bsrc=)[^>]*>|javascript:", re.IGNORECASE
)
STATIC_URL = re.compile(r"""static_url\(\s*["']([^"'{}]+)["']\s*\)""")
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(read_settings({"FAIRAPP_INSTANCE": str(tmp_path_factory.mktemp("instance"))}))


def test_every_view_names_its_permission_or_is_public(app: Flask) -> None:
    silent = [name for name, view in app.view_functions.items() if not hasattr(view, "access")]
    assert silent == []


def test_a_view_of_a_fairs_office_is_never_public(app: Flask) -> None:
    open_doors = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/o/", "/g/", "/admin"))
        and app.view_functions[rule.endpoint].access == "public"  # type: ignore[attr-defined]
    ]
    assert open_doors == []


def test_what_is_needed_is_a_permission_or_a_known_word(app: Flask) -> None:
    words = {"public", "signed_in"}
    odd = [
        name
        for name, view in app.view_functions.items()
        if not isinstance(view.access, Permission) and view.access not in words  # type: ignore[attr-defined]
    ]
    assert odd == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(path.parents[1])))
def test_a_template_has_nothing_inline_and_names_files_that_exist(template: Path) -> None:
    text = COMMENT.sub("", template.read_text(encoding="utf-8"))
    assert INLINE.findall(text) == []
    missing = [
        name
        for name in STATIC_URL.findall(text)
        if not name.startswith("vendor/") and not (STATIC / name).exists()
    ]
    assert missing == []


def test_every_style_sheet_and_script_is_used() -> None:
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES]
    texts += [path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js") if "vendor" not in path.parts]
    unused = [
        str(path.relative_to(STATIC))
        for path in [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")]
        if "vendor" not in path.parts and not any(path.name in text for text in texts)
    ]
    assert unused == []
