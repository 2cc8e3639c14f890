"""The shared macros and error pages: what they say to the eye, the keyboard and the screen reader."""

import re
from pathlib import Path

import pytest
from flask import Flask, render_template, render_template_string
from jinja2 import Environment
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from fairapp.i18n import lazy_gettext, speaking
from fairapp.web.templating import breakable, in_other_scripts, prepare, stressed

ROOT = Path(__file__).parents[2]
SYMBOL = re.compile(r'<symbol id="([^"]+)"')


class Product(Form):
    title = StringField("Product", [InputRequired("Name the product")])


class Wish(Form):
    fascia = StringField("Fascia name", [Length(max=5, message=lazy_gettext("Error:"))])
    kind = RadioField(
        "Kind",
        choices=[SelectChoice("s", "Shell"), SelectChoice("r", "Raw")],
        validators=[InputRequired("Choose a kind")],
    )
    story_vi = TextAreaField("Story")
    story_en = TextAreaField("Story")
    products = FieldList(FormField(Product), min_entries=1)


@pytest.fixture(scope="module")
def pages() -> Flask:
    """Templates with the real environment, and no database behind them."""
    app = Flask("look", template_folder=str(ROOT / "templates"))
    app.secret_key = "only here"
    prepare(app)
    app.template_context_processors[None].pop()
    app.jinja_env.globals.update(csrf_token=lambda: "token")
    return app


def shown(pages: Flask, source: str, address: str = "/", **values: object) -> str:
    with pages.test_request_context(address), speaking("en"):
        imports = '{% import "_shared/m.html" as m %}{% import "_shared/forms.html" as f %}'
        return render_template_string(imports + source, **values)


def wrong_wish() -> Wish:
    form = Wish(MultiDict({"fascia": "too long", "products-0-title": ""}))
    form.validate()
    return form


def test_a_field_with_an_error_is_tied_to_its_hint_and_its_error(pages: Flask) -> None:
    html = shown(pages, '{{ f.field(form.fascia, hint="As printed", count=5) }}', form=wrong_wish())

    control = re.search(r"<input[^>]+>", html)
    assert control is not None
    assert 'aria-describedby="fascia-hint fascia-error fascia-count"' in control[0]
    assert 'aria-invalid="true"' in control[0]
    assert set(re.findall(r' id="([^"]+)"', html)) == {
        "fascia",
        "fascia-hint",
        "fascia-error",
        "fascia-count",
    }


def test_a_field_without_an_error_says_nothing_of_one(pages: Flask) -> None:
    html = shown(pages, "{{ f.field(form.fascia) }}", form=Wish())

    assert "aria-" not in html.replace("aria-hidden", "")
    assert "field--error" not in html


def test_the_summary_counts_every_error_and_leads_to_its_field(pages: Flask) -> None:
    html = shown(pages, '{{ f.errsum(form, reasons=["The hall is full"]) }}', form=wrong_wish())

    assert "There are 4 errors" in html
    assert re.findall(r'href="#([^"]+)"', html) == ["fascia", "kind", "products-0-title"]
    assert "<li>The hall is full</li>" in html


def test_a_form_without_errors_has_no_summary(pages: Flask) -> None:
    assert shown(pages, "{{ f.errsum(form) }}", form=Wish()).strip() == ""


def test_the_first_radio_carries_the_id_the_summary_links_to(pages: Flask) -> None:
    html = shown(pages, "{{ f.radios(form.kind) }}", form=wrong_wish())

    assert re.findall(r'type="radio" name="kind" id="([^"]+)"', html) == ["kind", "kind-1"]
    assert 'aria-describedby="kind-error"' in html


def test_what_users_typed_is_escaped_everywhere(pages: Flask) -> None:
    evil = "<script>x</script>"
    html = shown(
        pages,
        "{{ m.plate(evil) }}{{ m.tag('ok', 'check', evil) }}{{ m.note('warn', evil) }}{{ m.copy(evil) }}"
        "{{ m.sum_row(evil, evil) }}{{ f.post('/', evil, confirm=evil, fields={'x': evil}) }}"
        "{{ m.query({'q': evil}) }}",
        address="/?%3Cscript%3E=1",
        evil=evil,
    )

    assert "<script" not in html


@pytest.mark.parametrize(
    ("code", "hall", "number"),
    [("A-012", "A", "012"), ("HP2-K3", "HP2", "K3"), ("031", None, "031"), ("D050/F051", None, "D050/F051")],
)
def test_a_plate_shows_hall_and_number(pages: Flask, code: str, hall: str | None, number: str) -> None:
    html = shown(pages, "{{ m.plate(code) }}", code=code)

    found = re.search(r'plate__hall">([^<]+)<', html)
    assert (found[1] if found else None) == hall
    assert f'plate__no">{number}<' in html


def test_links_of_a_list_keep_the_query_and_stay_on_the_page(pages: Flask) -> None:
    html = shown(
        pages,
        '{{ m.query({"page": 2, "g": none}) }}',
        address="/x?q=ca+ph%C3%AA&g=food&page=7&_scheme=javascript",
    )

    assert html == "?q=ca+ph%C3%AA&amp;_scheme=javascript&amp;page=2"


def test_the_two_languages_of_a_text_are_marked_as_such(pages: Flask) -> None:
    html = shown(pages, "{{ f.textpair(form.story_vi, form.story_en, long=true) }}", form=Wish())

    assert re.findall(r'<textarea[^>]* lang="(\w+)"', html) == ["vi", "en"]


def test_the_page_of_our_own_mistake_needs_nothing(pages: Flask) -> None:
    with pages.test_request_context("/"):
        html = render_template("errors/500.html")

    assert "Hệ thống gặp lỗi" in html
    assert "Something broke on our side" in html


def test_every_icon_a_template_names_is_drawn(pages: Flask) -> None:
    drawn = set(SYMBOL.findall((ROOT / "static/icons.svg").read_text()))
    drawn |= set(SYMBOL.findall((ROOT / "static/img/pictures.svg").read_text()))
    named = set()
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        named |= {f"i-{name}" for name in re.findall(r'\bicon\("([\w-]+)"', text)}
        named |= set(re.findall(r'\.svg"\) }}#([\w-]+)"', text))

    assert named - drawn == set()


def test_every_layout_and_error_page_compiles(pages: Flask) -> None:
    environment: Environment = pages.jinja_env
    names = [
        name
        for name in environment.list_templates()
        if name.split("/")[0] in ("_layouts", "_shared", "errors")
    ]

    assert len(names) > 25
    for name in names:
        if name.endswith(".html"):
            environment.get_template(name)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("lan.huong@htx-chesuoi.example", "lan<wbr>.huong<wbr>@htx-chesuoi<wbr>.example"),
        ("https://example.org/a", "https:/<wbr>/example<wbr>.org<wbr>/a"),
        ("<b>@x", "&lt;b&gt;<wbr>@x"),
        ("", ""),
    ],
)
def test_addresses_break_at_their_signs(address: str, shown: str) -> None:
    assert breakable(address) == shown


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Hợp tác xã Chè Suối Giàng – Ễ ộ ặ, 6.000.000 ₫ → “xin chào” … Ñandú, Łódź", False),
        ("霧坂茶園", True),
        ("กลุ่มกาแฟดอยหมอกงาม", True),
        ("សហគមន៍", True),
        ("한지공방", True),
        ("မြန်မာ", True),
        ("हस्तशिल्प", True),
    ],
)
def test_a_page_asks_for_fonts_of_other_scripts_where_they_stand_in_it(
    pages: Flask, said: str, asked: bool
) -> None:
    frame = '{% extends "_layouts/base.html" %}{% block app %}{% endblock %}'
    page = shown(pages, frame + "{% block body %}{{ said }}{% endblock %}", language="en", said=said)
    assert ("vendor/fonts/world.css" in page, page.count(said), in_other_scripts(said)) == (asked, 1, asked)


def test_every_slice_of_a_font_is_there_under_the_name_that_the_style_sheet_gives_it() -> None:
    folder = ROOT / "static" / "vendor" / "fonts"
    named = re.findall(r'url\("(world/[^"]+)"\)', (folder / "world.css").read_text())
    assert sorted(named) == sorted(str(file.relative_to(folder)) for file in (folder / "world").iterdir())
    assert max(file.stat().st_size for file in (folder / "world").iterdir()) < 120_000


def test_words_between_stars_are_stressed_and_nothing_else_is_markup() -> None:
    assert stressed("Chè *cổ thụ* <b>2*3</b>") == "Chè <strong>cổ thụ</strong> &lt;b&gt;2*3&lt;/b&gt;"
    assert stressed("*<script>*") == "<strong>&lt;script&gt;</strong>"
    assert stressed("") == ""
