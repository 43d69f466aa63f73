"""Who looks at a page, and calls in their name: through the same dispatch as SOAP, into the same journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import g, request
from sqlalchemy import Connection, Engine

from apnscp.core.context import Caller, Context, Panel
from apnscp.core.errors import Aborted, ApnscpError, KeyLimited, NotAuthenticated, NotEmulated, Refused, UnknownMethod
from apnscp.core.reporter import Reporter
from apnscp.core.roles import Role
from apnscp.core.snapshot import Snapshot
from apnscp.opcenter.access import sessions
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store.transactions import View
from apnscp.server.authentication import Authenticator, Credentials
from apnscp.server.dispatch import Dispatcher, Outcome
from apnscp.wire.soap.kinds import Rows, Shaped

COOKIE = "esprit_id"
NO_SESSION = "Nobody is signed on here; sign in, or open the link that a sign-on gave"
FOREIGN_GATE = "This session is for the API (gate %s) and opens no page; ask for one with the gate UI, or sign in"
FORBIDDEN = "This page is for %s; you are signed on as %s"


@dataclass(frozen=True)
class Visitor:
    """The user whose session the browser sent.

    site: the user's account, None for administrators of the panel
    sent_by: who opened the session for them, as NAME or NAME@DOMAIN; None for a session by password
    """

    caller: Caller
    snapshot: Snapshot
    site: Site | None
    sent_by: str | None
    dispatcher: Dispatcher
    engine: Engine

    @property
    def is_admin(self) -> bool:
        """Tell whether this is an administrator of the panel."""
        return self.caller.is_admin

    @property
    def name(self) -> str:
        """Return the name as people know it: ``bob@example.com``, ``admin``."""
        return f"{self.caller.user}@{self.site.domain}" if self.site else self.caller.user

    @property
    def role(self) -> str:
        """Return what the user is, for people."""
        if self.is_admin:
            return "administrator of the panel"
        return "administrator of the account" if self.caller.role & Role.SITE else "user of the account"

    def may(self, method: str) -> bool:
        """Tell whether a method is open to this user; `method` in either spelling."""
        return self.dispatcher.registry.find(method).allows(self.caller.role)

    def call(self, method: str, *arguments: Any) -> Outcome[Any]:
        """Call a method as this user and return its answer, with its messages.

        method: in either spelling; arguments: in its order
        Raises ApnscpError for everything that it refuses.
        """
        return self.finished(plain, method, *arguments)

    def finished(self, finish: Callable[[Any], Any], method: str, *arguments: Any) -> Outcome[Any]:
        """Call a method as `call` does, for a page that wants the answer in another form.

        finish: makes what is wanted of the answer while the transaction is open
        """
        with View(self.engine) as view:
            return self.dispatcher.call(
                self.dispatcher.registry.find(method),
                arguments,
                self.caller,
                self.snapshot,
                abort_on="error",
                finish=finish,
                view=view,
            )

    def ask(self, method: str, *arguments: Any) -> Any:
        """Call a method and return its answer, None where it refuses: for what a page shows if it can."""
        try:
            return self.call(method, *arguments).value
        except (Aborted, KeyLimited, NotEmulated, Refused, UnknownMethod):
            return None


class Gate:
    """Lets users in by the session of their cookie."""

    def __init__(self, panel: Panel, authenticator: Authenticator, dispatcher: Dispatcher) -> None:
        """Guard the pages of `panel`."""
        self.panel, self.authenticator, self.dispatcher = panel, authenticator, dispatcher

    def visitor(self) -> Visitor:
        """Return who is signed on; raises what authentication raises, and NotAuthenticated for nobody.

        A session that is not valid is looked up once for a page: each look counts as a failed attempt.
        """
        if "not_signed_on" in g:
            raise g.not_signed_on
        if "visitor" not in g:
            try:
                g.visitor = self._found(session_id() or "")
            except ApnscpError as error:
                g.not_signed_on = error
                raise
        found: Visitor = g.visitor
        return found

    def known(self) -> Visitor | None:
        """Return who is signed on, None for nobody, whatever the reason: for the frame of a page."""
        try:
            return self.visitor()
        except ApnscpError:
            return None

    def administrator(self) -> Visitor:
        """Return who is signed on when that is an administrator of the panel; raises Refused for others."""
        found = self.visitor()
        if not found.is_admin:
            raise Refused(FORBIDDEN, "the administrator of the panel", found.name)
        return found

    def account(self) -> tuple[Visitor, Site]:
        """Return who is signed on, with their account; raises Refused for administrators of the panel."""
        found = self.visitor()
        if found.site is None:
            raise Refused(FORBIDDEN, "users of an account", found.name)
        return found, found.site

    def _found(self, session: str) -> Visitor:
        if not session:
            raise NotAuthenticated(NO_SESSION)
        with View(self.panel.engine) as view:
            caller, snapshot = self.authenticator.identify(credentials(session), view)
            if caller.gate != "UI":
                raise NotAuthenticated(FOREIGN_GATE, caller.gate)
            site = records.load(view.db, caller.site_id) if caller.site_id else None
            sender = sessions.sender_of(view.db, caller.session_row) if caller.session_row else None
        return Visitor(caller, snapshot, site, sender, self.dispatcher, self.panel.engine)

    def context(self, db: Connection, visitor: Visitor) -> Context:
        """Return a context for rooms that pages ask directly, for what no method answers."""
        return Context(self.panel, db, visitor.caller, Reporter(), visitor.snapshot, own_site=visitor.site)


def session_id() -> str | None:
    """Return the session that the browser sent, or that a sign-on has just put in its place."""
    landed: str | None = g.get("landed")
    return landed or request.cookies.get(COOKIE)


def credentials(session: str | None = None) -> Credentials:
    """Return what the present request says about its sender."""
    forwarded = request.headers.get("X-Forwarded-For")
    return Credentials(None, session, request.remote_addr or "", forwarded, scheme=request.scheme)


def plain(value: Any) -> Any:
    """Return an answer as lists, dicts and scalars, read to its end while the transaction is open."""
    if isinstance(value, Rows):
        value = dict(value)
    elif isinstance(value, Shaped):
        value = value.plain()
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return [plain(each) for each in value]
    return value
