"""Vacation messages of users: kept and shown; nobody is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, select

from apnscp.core.answers_email import VacationOptions
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.email.tables import vacation_table
from apnscp.opcenter.services.rules import as_number, as_text
from apnscp.opcenter.sites import records
from apnscp.opcenter.store.statements import upsert
from apnscp.opcenter.users import people, switches
from apnscp.opcenter.users.people import User

DEFAULTS: Mapping[str, Any] = {"response": "", "subject": "", "contenttype": "plain", "days": 7}
"""Options of a message: its text, its subject, its content type, and how many days until a sender gets it again."""
LONGEST = 65_535


def exists(ctx: Context, name: str | None) -> bool:
    """Tell whether a user's message is sent at present; name: None for the caller."""
    found = _row(ctx.db, people.target(ctx, name))
    return found is not None and bool(found.enabled)


def message(ctx: Context, name: str | None) -> str | None:
    """Return the text of a user's message, None without one; name: None for the caller."""
    found = _row(ctx.db, people.target(ctx, name))
    return None if found is None else str(found.options.get("response", ""))


def options_of_caller(ctx: Context) -> VacationOptions:
    """Return the options of the caller's message, with defaults for what was not set."""
    found = _row(ctx.db, people.caller(ctx))
    set_ = {**DEFAULTS, **({} if found is None else found.options)}
    return {
        "response": set_["response"],
        "subject": set_["subject"],
        "contenttype": set_["contenttype"],
        "days": set_["days"],
    }


def put(ctx: Context, name: str | None, given: Mapping[Any, Any], *, enable: bool = False) -> None:
    """Set options of a user's message; what is not given stays.

    name: None for the caller; given: by the names of DEFAULTS; enable: send it from now on
    Raises Refused for an unknown user or option, a value that cannot be, a message without text, and for a user without
    the service.
    """
    user = people.target(ctx, name)
    found = _row(ctx.db, user)
    options = {**({} if found is None else found.options), **_checked(given)}
    if enable:
        _require_service(ctx, user)
        if not options.get("response"):
            raise Refused(
                "`%s' has no vacation message; give its text, `response' of email:set-vacation-options", user.name
            )
    enabled = enable or (found is not None and bool(found.enabled))
    upsert(ctx.db, vacation_table, {"user_id": user.id, "enabled": int(enabled), "options": options})


def change_message(ctx: Context, name: str | None, response: str, given: Mapping[Any, Any]) -> None:
    """Replace the text of a user's message; raises Refused without one, and as `put` does."""
    _require_row(ctx, people.target(ctx, name))
    put(ctx, name, {**given, "response": response})


def remove(ctx: Context, name: str | None) -> None:
    """Forget a user's message and its options; raises Refused without one."""
    user = people.target(ctx, name)
    _require_row(ctx, user)
    ctx.db.execute(delete(vacation_table).where(vacation_table.c.user_id == user.id))


def _require_row(ctx: Context, user: User) -> None:
    if _row(ctx.db, user) is None:
        raise Refused("`%s' has no vacation message; email:add-vacation makes one", user.name)


def _require_service(ctx: Context, user: User) -> None:
    site = records.own(ctx)
    for service in ("vacation", "smtp"):
        if not switches.enabled(ctx.db, site, user.name, service):
            raise Refused("`%s' may not use %s; no vacation message can be sent", user.name, service)


def _row(db: Connection, user: User) -> Any:
    return db.execute(select(vacation_table).where(vacation_table.c.user_id == user.id)).first()


def _checked(given: Mapping[Any, Any]) -> dict[str, Any]:
    """Return options in their stored form."""
    checked = {}
    for name, value in given.items():
        if name not in _CHECKS:
            raise Refused("Unknown option `%s'; a vacation message has %s", str(name)[:64], ", ".join(DEFAULTS))
        try:
            checked[str(name)] = _CHECKS[name](value)
        except ValueError:
            raise Refused("%s: `%s' is not %s", name, str(value)[:64], _WANTED[name]) from None
    return checked


def _text(longest: int) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        text = as_text(value)
        if len(text) > longest:
            raise ValueError("too long")
        return text

    return check


def _content_type(value: Any) -> str:
    text = as_text(value).strip().lower().removeprefix("text/")
    if text not in ("plain", "html"):
        raise ValueError("unknown content type")
    return text


def _days(value: Any) -> int:
    number = as_number(value)
    if not isinstance(number, int) or not 1 <= number <= 365:
        raise ValueError("out of range")
    return number


_CHECKS: Mapping[Any, Callable[[Any], Any]] = {
    "response": _text(LONGEST), "subject": _text(255), "contenttype": _content_type, "days": _days,
}  # fmt: skip
_WANTED = {
    "response": f"a text of at most {LONGEST} characters",
    "subject": "a text of at most 255 characters",
    "contenttype": "plain or html",
    "days": "a whole number from 1 to 365",
}
