"""What stands for each argument of an address: rows of the demo fair, and a few that it leaves out.

A new address fills itself when its argument is called ``<table>_id`` and the demo fair has rows there.
Everything else is one line in ``ARGUMENTS``, or in ``OF_VIEW`` where a view means something of its own by
the name. A view that shows nothing without a query gets one in ``QUERIES``; rows that the demo fair does not
have are added in ``lay_out``. A maker answers candidates: the walk takes the first with which the page
opens; of the arguments in ``EACH``, every value is a page of its own.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.rules.accounts import LINK_LIVES, Purpose, Seal
from fairapp.rules.accounts import token_digest as account_digest
from fairapp.rules.actors import SYSTEM
from fairapp.rules.applications import Part, Step
from fairapp.rules.column_titles import Field
from fairapp.rules.exchange_runs import ListKind
from fairapp.rules.jobs import JobState
from fairapp.rules.mailings import address_digest, unsubscribe_token
from fairapp.rules.producers import INVITATION_LASTS, invitation_token, token_digest
from fairapp.rules.questions import body_from
from fairapp.store.accounts import Account, MailedLink
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications import Application
from fairapp.store.applications_forms import AnswerFile, Form, FormVersion
from fairapp.store.base import transaction
from fairapp.store.billing import Invoice
from fairapp.store.delegations import Delegation
from fairapp.store.draws import SpaceDraw
from fairapp.store.fairs import Booth, Fair, FloorPlan, Hall
from fairapp.store.gate import Gate
from fairapp.store.letters import VisaLetter
from fairapp.store.operations import Job
from fairapp.store.producers import Invitation, Membership, Photo
from fairapp.store.tables import metadata
from fairapp.usecases.billing_bank import KeepStatement, keep_statement, statement_sheet, take_in
from fairapp.usecases.exchange import CheckList, KeepList, check_list, keep_list, read_list
from fairapp.usecases.fairs_studio import copy_version
from fairapp.web.fairs.forms_details import PARTS as FAIR_PARTS
from tests import factories
from tests.statements import Transfer, statement

MOST = 24
"""Candidates for one argument."""


PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
LIST = "name,booth\nHTX Cà phê Đắk Lắk,A-01\nTổ hợp tác Mật ong,tbc\n,A-02\n"


@dataclass(frozen=True, slots=True)
class Place:
    """For whom an address is made, and which of its arguments are filled already."""

    session: Session
    fair: Fair
    account: Account | None
    filled: Mapping[str, Any] = field(default_factory=dict)

    @property
    def organisations(self) -> list[int]:
        """For whom the account acts."""
        if self.account is None:
            return []
        mine = select(Membership.organisation_id).where(Membership.account_id == self.account.id)
        return list(self.session.scalars(mine))


Maker = Callable[[Place], Iterable[Any]]


def rows_of(table: Table) -> Maker:
    """Numbers of the fair's rows, the account's own first and one of every state before a second."""

    def made(place: Place) -> list[int]:
        columns = table.columns
        asked = select(table).order_by(table.c.id)
        if "fair_id" in columns:
            asked = asked.where(columns.fair_id == place.fair.id)
        for name, value in place.filled.items():
            if name in columns:
                asked = asked.where(columns[name] == value)
        own, me = set(place.organisations), place.account.id if place.account else None
        seen: dict[Any, int] = {}

        def rank(row: Any) -> tuple[bool, int]:
            mine = (
                getattr(row, "organisation_id", None) in own
                or (table.name == "organisation" and row.id in own)
                or (me is not None and getattr(row, "made_by_id", None) == me)
            )
            kind = (mine, getattr(row, "state", None))
            seen[kind] = seen.get(kind, 0) + 1
            return not mine, seen[kind]

        ranked = sorted((rank(row), row.id) for row in place.session.execute(asked))
        return [number for _, number in ranked[:MOST]]

    return made


def column(what: Any, *where: Callable[[Place], Any]) -> Maker:
    """The values of one column, of the fair where its table knows one."""

    def made(place: Place) -> list[Any]:
        asked = select(what).where(what.is_not(None)).limit(MOST)
        if hasattr(what.class_, "fair_id"):
            asked = asked.where(what.class_.fair_id == place.fair.id)
        return list(place.session.scalars(asked.where(*(each(place) for each in where))))

    return made


def mailed(purpose: Purpose, *, is_new: bool = False) -> Maker:
    """The token of a link as the letter carries it; ``is_new``: to somebody who has just registered."""

    def made(place: Place) -> list[str]:
        now = datetime.now(UTC)
        account = place.account if place.account and not is_new else _newcomer(place.session, now)
        token = Seal(current_app.config["FAIRAPP"].secret_key).token(purpose, account.id, "walk")
        link = MailedLink(
            account_id=account.id,
            purpose=purpose.value,
            digest=account_digest(token),
            new_email="moi@example.org" if purpose is Purpose.EMAIL else None,
            expires_at=now + LINK_LIVES[purpose],
        )
        _once(place.session, link)
        return [token]

    return made


def _once(session: Session, row: MailedLink | Invitation) -> None:
    """Keep the row, unless an earlier walk did."""
    if session.scalar(select(type(row)).where(type(row).digest == row.digest)) is None:
        session.add(row)
        session.commit()


def _newcomer(session: Session, now: datetime) -> Account:
    email = "chua-xac-nhan@example.org"
    if found := session.scalar(select(Account).where(Account.email_folded == email)):
        return found
    added = Account(
        email=email, email_folded=email, name="Lò Thị Mai", password_hash="!", language="vi", created_at=now
    )
    session.add(added)
    session.flush()
    return added


def of_forms(keys: Callable[[Any], Iterable[str]]) -> Maker:
    """Keys of the draft of the form that is filled in already."""

    def made(place: Place) -> list[str]:
        form = place.session.get(Form, place.filled["form_id"])
        return [] if form is None else list(keys(body_from(form.draft)))

    return made


def invited(place: Place) -> list[str]:
    """The token of an invitation that waits for its answer."""
    token = invitation_token(current_app.config["FAIRAPP"].secret_key, "walk")
    by = place.session.scalars(select(Membership).limit(1)).one()
    invitation = Invitation(
        organisation_id=by.organisation_id,
        email="moi-vao@example.org",
        digest=token_digest(token),
        invited_by_id=by.account_id,
        expires_at=datetime.now(UTC) + INVITATION_LASTS,
    )
    _once(place.session, invitation)
    return [token]


def headed(place: Place) -> list[str]:
    """The token of an invitation to head a delegation."""
    token = invitation_token(current_app.config["FAIRAPP"].secret_key, "head")
    if place.session.scalar(select(Delegation).where(Delegation.digest == token_digest(token))) is None:
        factories.delegation(
            place.session, place.fair, digest=token_digest(token), invited_at=datetime.now(UTC)
        )
        place.session.commit()
    return [token]


def out_of_news(_place: Place) -> list[str]:
    """The token with which a reader stops the news."""
    digest = address_digest("lan@example.org")
    return [unsubscribe_token(current_app.config["FAIRAPP"].secret_key, digest)]


EACH = frozenset({"part", "step"})
"""Arguments of which every value is a page of its own, not one row among many."""

ARGUMENTS: dict[str, Maker] = {
    "badge_kind": lambda _place: ["exhibitor"],
    "claim_id": rows_of(metadata.tables["booth_claim"]),
    "draw_id": rows_of(metadata.tables["space_draw"]),
    "entry_id": rows_of(metadata.tables["delegation_entry"]),
    "fair_code": lambda place: [place.fair.code],
    "gate_code": column(Gate.code),
    "hall": column(Hall.code),
    "hall_code": column(Hall.code),
    "language": lambda _place: ["vi"],
    "kind_id": rows_of(metadata.tables["booth_kind"]),
    "number": column(FloorPlan.version),
    "requirement_id": rows_of(metadata.tables["document_requirement"]),
    "run_id": rows_of(metadata.tables["import_run"]),
    "short_code": column(Booth.short_code),
    "key": column(Photo.small),
    "file_id": column(
        AnswerFile.id, lambda place: AnswerFile.application_id == place.filled["application_id"]
    ),
    "upload_id": rows_of(metadata.tables["delegation_upload"]),
    "step": lambda _place: [step.value for step in Step],
}
"""Argument -> its candidates."""

OF_VIEW: dict[tuple[str, str], Maker] = {
    ("accounts.confirm", "token"): mailed(Purpose.CONFIRM, is_new=True),
    ("accounts.confirm_email", "token"): mailed(Purpose.EMAIL),
    ("accounts.reset", "token"): mailed(Purpose.RESET),
    ("applications.part_form", "part"): lambda _place: [part.value for part in Part],
    ("applications.new_part_change", "part"): lambda _place: ["kind", "wishes", "needs", "products"],
    ("applications.form_question", "key"): of_forms(lambda body: (each.key for each in body.questions())),
    ("applications.form_section", "key"): of_forms(lambda body: (each.key for each in body.sections)),
    ("fairs.plan_file", "form"): lambda place: ["geojson", "pdf"],
    ("applications.form_version", "number"): column(FormVersion.number),
    ("billing.my_paper", "invoice_id"): column(
        Invoice.id,
        lambda place: Invoice.exhibitor_id.in_(
            select(Exhibitor.id).where(Exhibitor.application_id == place.filled["application_id"])
        ),
    ),
    ("delegations.invitation", "token"): headed,
    ("allocation.board_changes", "since"): lambda _place: [0],
    ("draws.draw_file", "number"): column(SpaceDraw.number),
    ("draws.one_public_draw", "number"): column(SpaceDraw.number),
    ("fairs.part", "part"): lambda _place: FAIR_PARTS,
    ("letters.check_visa", "code"): column(VisaLetter.code),
    ("letters.unsubscribe", "token"): out_of_news,
    ("producers.invitation", "token"): invited,
}
"""(View, argument) -> its candidates, where the name alone does not say enough."""


QUERIES: dict[str, Callable[[Place], str]] = {
    "applications.form_question": lambda _place: "?section=part_1",
    "applications.tags": lambda place: f"?{_picked(place)[1:]}",
    "applications.together": lambda place: f"?step={Step.ACCEPT}{_picked(place)}",
}
"""View -> the query without which it shows nothing."""

REDIRECTS = frozenset({"/b/<short_code>", "/language", "/start", "/o/<fair_code>/board"})
"""Rules that never show a page of their own, to anybody."""


def _picked(place: Place) -> str:
    """Some applications, chosen in the queue."""
    return "".join(f"&pick={each}" for each in [*rows_of(metadata.tables["application"])(place)][:12])


def lay_out(app: Flask, email: str) -> None:
    """Add what the demo fair does not have; ``email``: whose work it is."""
    now, files = datetime.now(UTC), FolderFiles(app.config["FAIRAPP"].files)
    with app.app_context(), transaction() as session:
        fair = session.scalars(select(Fair).order_by(Fair.id)).first()
        account = session.scalars(select(Account).where(Account.email_folded == email)).one()
        assert fair is not None
        factories.fair(session, code="SECOND", scheme=fair.scheme)
        in_force = session.scalars(select(FloorPlan.id).where(FloorPlan.fair_id == fair.id)).first()
        assert in_force is not None
        drawn = copy_version(session, SYSTEM, in_force, now)
        traced = {"key": FolderFiles(app.config["FAIRAPP"].private).keep(PIXEL, "png"), "ratio": 0.5}
        for plan_kept in (session.get_one(FloorPlan, in_force), drawn):
            plan_kept.backgrounds = {"A": {**traced, "x": 0, "y": 0, "width": 60, "turn": 0, "strength": 40}}
        pdf = files.keep(b"%PDF-1.7", "pdf")
        for number in session.scalars(select(Application.id)):
            plan = AnswerFile(application_id=number, question="power_plan", name="plan.pdf", key=pdf, size=8)
            plan.added_at = now
            session.add(plan)
        for checked in (False, True):
            order = KeepList(fair.id, ListKind.EXHIBITORS, "danh-sach.csv", LIST.encode())
            run = keep_list(session, SYSTEM, order, read_list(order.data), files, now)
            if checked:
                columns = {Field(name): place for name, place in run.columns.items()}
                check_list(
                    session, SYSTEM, CheckList(run.id, columns), read_list(order.data), fair.id, files, now
                )
        exhibitor = session.scalars(select(Exhibitor).where(Exhibitor.fair_id == fair.id)).first()
        assert exhibitor is not None
        (whole,) = factories.instalments_of(session, factories.invoice(session, exhibitor, (9_000_000,)))
        factories.payment(session, fair)
        for taken in (False, True):
            data = statement([Transfer("05/02/2027", 4_500_000, whole.reference)], seed=int(taken))
            kept = keep_statement(
                session,
                SYSTEM,
                KeepStatement(fair.id, "vcb.csv", data, "VND", 0),
                statement_sheet(data),
                files,
                now,
            )
            if taken:
                take_in(session, SYSTEM, kept.id, fair.id, files, now)
        done: dict[str, Any] = {"done": 9, "total": 9, "ended_at": now, "result_name": "signs.pdf"}
        done["result_key"] = files.keep(b"%PDF-1.7", "pdf")
        for state, more in ((JobState.RUNNING, {"done": 4, "total": 9}), (JobState.DONE, done)):
            by = {"facts": {"language": "vi"}, "fair_id": fair.id, "made_by_id": account.id, "made_at": now}
            session.add(Job(name="signs", state=state, **by, **more))


def maker_of(view: str, argument: str, converter: Any) -> Maker | None:
    """Who fills this argument of this view; None: nobody yet."""
    if items := getattr(converter, "items", None):
        return lambda _place: sorted(items)
    if found := OF_VIEW.get((view, argument)) or ARGUMENTS.get(argument):
        return found
    if argument.endswith("_id") and argument.removesuffix("_id") in metadata.tables:
        return rows_of(metadata.tables[argument.removesuffix("_id")])
    return None
