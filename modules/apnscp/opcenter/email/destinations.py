"""Where an address leads: the form of a mailbox's folder, of a user, of the destinations of a forward."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection

from apnscp.core.errors import Refused
from apnscp.opcenter.services import names
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.users import people
from apnscp.opcenter.users.people import User

PROGRAM = "|"
"""What a forward to a program begins with."""
_SEPARATORS = re.compile(r"[\s,;]+")
_LONGEST = 4000


def local_part(text: str, domain: str) -> str:
    """Return the part of an address before ``@`` in lower case; empty is a catch-all. Raises Refused."""
    local = text.strip().lower()
    if not local:
        return local
    try:
        return names.email(f"{local}@{domain}").rpartition("@")[0]
    except ValueError:
        raise Refused("`%s' cannot stand before the @ of an address", text[:80]) from None


def owner(db: Connection, site: Site, uid: Any) -> User:
    """Return the user that a mailbox is to belong to.

    uid: its number as user:get-users shows it, or its name. Raises Refused for an unknown one.
    """
    text = str(uid).strip()
    found = people.by_id(db, int(text)) if text.isdecimal() and len(text) < 19 else people.find(db, site.id, text)
    if found is None or found.site_id != site.id:
        raise Refused("This account has no user `%s'; user:get-users lists them with their uids", text[:64])
    return found


def folder(text: str) -> str:
    """Return the folder of a mailbox, without the dot in front; empty is the inbox. Raises Refused."""
    bare = text.strip().removeprefix("INBOX").removeprefix(".").removesuffix("/")
    if len(bare) > 255 or "/" in bare or ".." in bare or not bare.isprintable():
        raise Refused("mailbox: `%s' is not the name of a folder", text[:80])
    return bare


def forward(db: Connection, site: Site, value: Any) -> str:
    """Return the destinations of a forward, separated by commas.

    value: e-mail addresses and names of users of the account, as a list or a text with commas, spaces or line breaks; or
        a program, ``|`` and its command line
    Raises Refused without any, and for one that is neither.
    """
    if isinstance(value, str) and value.strip().startswith(PROGRAM):
        return _within_length(value.strip())
    parts = (
        [str(each) for each in (value.values() if isinstance(value, dict) else value)] if _is_array(value) else [value]
    )
    given = [word for part in parts for word in _SEPARATORS.split(str("" if part is None else part)) if word]
    if not given:
        raise Refused("A forward needs a destination: an e-mail address, or several with commas")
    return _within_length(",".join(dict.fromkeys(_destination(db, site, word) for word in given)))


def _is_array(value: Any) -> bool:
    return isinstance(value, list | dict)


def _destination(db: Connection, site: Site, word: str) -> str:
    if "@" not in word and people.find(db, site.id, word) is not None:
        return word.lower()
    try:
        return names.email(word)
    except ValueError:
        raise Refused("`%s' is neither an e-mail address nor a user of this account", word[:80]) from None


def _within_length(text: str) -> str:
    if len(text) > _LONGEST:
        raise Refused("The destination has more than %d characters; use a mailing list for so many", _LONGEST)
    return text
