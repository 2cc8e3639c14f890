"""The shared scripts in a real browser, under the strict policy and on pages made of the shared macros."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask, Response, jsonify, render_template_string, request, send_from_directory
from playwright.sync_api import Page, expect
from werkzeug.datastructures import MultiDict
from werkzeug.serving import make_server
from wtforms import Form, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from fairapp.i18n import set_language
from fairapp.web.templating import prepare

ROOT = Path(__file__).parents[2]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
PAGE = """
{% extends "_layouts/base.html" %}
{% import "_shared/m.html" as m %}{% import "_shared/forms.html" as f %}
{% block title %}Look{% endblock %}
{% block body %}<main id="main"><h1>Look</h1>{{ f.errsum(form) }}{{ m.savebar() }}
<form method="post" action="/sent" novalidate data-autosave="/kept">{{ f.csrf() }}
{{ f.field(form.name, count=5) }}{{ f.textpair(form.story_vi, form.story_en, long=true) }}
{{ f.password(form.secret) }}
{{ f.buttons("Send") }}</form>
{{ f.post("/withdrawn", "Withdraw", confirm="Withdraw it?") }}
<form method="post" action="/decided">{{ f.csrf() }}<button>Accept</button>
<button data-confirm="Cancel it?">Cancel all</button></form>
{{ m.job("/job", "Printing") }}</main>{% endblock %}
"""


class Story(Form):
    name = StringField("Name", [InputRequired("Give a name")])
    story_vi = TextAreaField("Story")
    story_en = TextAreaField("Story", [Length(max=3, message="Too long")])
    secret = PasswordField("Password")


class Desk:
    """The server behind the page, and what reached it."""

    def __init__(self) -> None:
        self.reached: list[tuple[str, dict[str, str]]] = []
        self.asked = 0
        self.app = Flask("look", template_folder=str(ROOT / "templates"))
        prepare(self.app)
        self.app.template_context_processors[None].pop()
        self.app.jinja_env.globals.update(csrf_token=lambda: "token", language="en", account=None, fair=None)
        self.app.before_request(lambda: set_language("en"))
        self.app.add_url_rule("/", view_func=self.page)
        self.app.add_url_rule("/job", view_func=self.job)
        self.app.add_url_rule("/static/<digest>/<path:name>", endpoint="files", view_func=self.file)
        self.app.add_url_rule("/<act>", view_func=self.act, methods=["POST"])
        self.app.after_request(self.strict)

    def page(self) -> str:
        form = Story(MultiDict({"story_en": "much longer"}))
        form.validate()
        return render_template_string(PAGE, form=form)

    def file(self, digest: str, name: str) -> Response:
        return send_from_directory(ROOT / "static", name)

    def job(self) -> Response:
        self.asked += 1
        return jsonify(done=self.asked, total=90, finished=False, text=f"Page {self.asked}")

    def act(self, act: str) -> Response:
        """Take the form down; "sent" keeps the page where it is, as a slow answer would."""
        self.reached.append((act, request.form.to_dict()))
        return Response(status=204) if act == "sent" else jsonify(ok=True)

    def strict(self, response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        return response

    def acts(self, act: str) -> list[dict[str, str]]:
        return [fields for name, fields in self.reached if name == act]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def look(desk: Desk, page: Page) -> Iterator[Page]:
    """The page, open; a script's mistake or a breach of the policy fails the test."""
    server = make_server("127.0.0.1", 0, desk.app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if "Content Security" in line.text else None)
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    yield page
    page.context.close()
    server.shutdown()
    server.server_close()
    assert wrong == []


def test_the_error_summary_takes_the_focus_and_leads_into_a_hidden_tab(look: Page) -> None:
    expect(look.locator(".errsum")).to_be_focused()
    look.get_by_role("tab", name="Tiếng Việt").click()
    expect(look.locator("#story_en")).to_be_hidden()

    look.get_by_role("link", name="Too long").click()

    expect(look.locator("#story_en")).to_be_focused()


def test_what_is_typed_is_kept_and_the_page_says_so(look: Page, desk: Desk) -> None:
    look.fill("#name", "Hương Rừng")

    expect(look.locator("[data-savebar-text]")).to_contain_text("Saved at")
    expect(look.locator("#name-count")).to_have_text("5 characters too many")
    assert [fields["name"] for fields in desk.acts("kept")] == ["Hương Rừng"]


def test_two_presses_send_once(look: Page, desk: Desk) -> None:
    look.get_by_role("button", name="Send").click()
    look.get_by_role("button", name="Send").click(force=True)
    look.wait_for_timeout(300)

    assert len(desk.acts("sent")) == 1


def test_a_question_is_asked_first_and_no_means_no(look: Page, desk: Desk) -> None:
    look.get_by_role("button", name="Withdraw").click()
    expect(look.get_by_role("dialog")).to_contain_text("Withdraw it?")
    look.get_by_role("button", name="No, go back").click()
    expect(look.get_by_role("dialog")).to_have_count(0)
    assert desk.acts("withdrawn") == []

    look.get_by_role("button", name="Withdraw").click()
    look.get_by_role("button", name="Yes, go on").click()
    look.wait_for_url("**/withdrawn")
    assert desk.acts("withdrawn") == [{"csrf_token": "token"}]


def test_only_the_button_that_has_a_question_asks_it(look: Page, desk: Desk) -> None:
    look.get_by_role("button", name="Cancel all").click()
    expect(look.get_by_role("dialog")).to_contain_text("Cancel it?")
    look.get_by_role("button", name="No, go back").click()

    look.get_by_role("button", name="Accept").click()
    look.wait_for_url("**/decided")
    assert len(desk.acts("decided")) == 1


def test_a_job_tells_how_far_it_is(look: Page) -> None:
    expect(look.locator(".job__t")).to_have_text("Page 2")
    expect(look.locator(".job progress")).to_have_attribute("max", "90")


def test_a_password_can_be_looked_at(look: Page) -> None:
    look.get_by_role("button", name="Show password").click()
    expect(look.locator("#secret")).to_have_attribute("type", "text")
