"""Names that services hold: domains, hosts, e-mail addresses, users, databases, plans.

Each function takes text and returns the form that is stored. It raises ValueError when the text is not a valid name.
"""

from __future__ import annotations

import re

import idna

USER_WORDS = "a user name of 2 to 32 characters: a letter, then letters, digits, `_', `.' or `-'"
ADMIN_WORDS = USER_WORDS + " that the system does not use"
DATABASE_WORDS = "a database name of 2 to 33 letters, digits, `_', `.' or `-'"

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII | re.IGNORECASE)
_USER = re.compile(r"[a-z][a-z0-9_.-]{0,30}[a-z0-9_]", re.ASCII)
_DATABASE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,31}[a-z0-9_]", re.ASCII)
_PLAN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}", re.ASCII)
_SYSTEM = re.compile(r"admin[1-9]\d{0,8}", re.ASCII)
_SYSTEM_USERS = frozenset(
    {"root", "bin", "daemon", "nobody", "apache", "mysql", "postgres", "postfix", "dovecot", "ftp", "mail"}
)


def domain(text: str) -> str:
    """Return a domain in lower case and punycode: two labels or more, no trailing dot, no number as last label."""
    labels = _labels(text)
    if len(labels) < 2 or labels[-1].isdigit():
        raise ValueError("not a domain")
    return ".".join(labels)


def host_or_prefix(text: str) -> str:
    """Return a host name, or a prefix ("www.") to be put before siteinfo,domain (docs/panel.md, section 6)."""
    if text.endswith("."):
        return ".".join(_labels(text[:-1])) + "."
    return domain(text)


def _labels(text: str) -> list[str]:
    if len(text) > 253 or not text.isprintable() or " " in text:
        raise ValueError("not a host name")
    labels = [_label(label) for label in _ascii(text).split(".")]
    if len(".".join(labels)) > 253:
        raise ValueError("too long")
    return labels


def _ascii(text: str) -> str:
    if text.isascii():
        return text.lower()
    try:
        return idna.encode(text, uts46=True, std3_rules=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise ValueError("not a host name") from error


def _label(label: str) -> str:
    if not _LABEL.fullmatch(label):
        raise ValueError("not a label")
    if label.startswith("xn--"):
        try:
            idna.ulabel(label)
        except (idna.IDNAError, UnicodeError) as error:
            raise ValueError("not punycode") from error
    return label


def email(text: str) -> str:
    """Return an e-mail address with its domain in the form of `domain`; the part before ``@`` is kept as written."""
    local, at, host = text.strip(" ").rpartition("@")
    if not at or len(local) > 64 or not _LOCAL.fullmatch(local):
        raise ValueError("not an e-mail address")
    return f"{local}@{domain(host)}"


def user(text: str) -> str:
    """Return a user name in lower case (docs/fidelity.md, "User names")."""
    return _not_null(_matching(_USER, text.lower()))


def admin_user(text: str) -> str:
    """Return the user name of an account's administrator, which must not be one of the system's."""
    name = user(text)
    if name in _SYSTEM_USERS:
        raise ValueError("a system user")
    return name


def system_name(text: str) -> str:
    """Return ``adminN``, the name that the panel gives an account."""
    return _matching(_SYSTEM, text)


def database_user(text: str) -> str:
    """Return the name of a database user in lower case."""
    return _not_null(_matching(_DATABASE, text.lower()))


def database_prefix(text: str) -> str:
    """Return a prefix of database names in lower case, with a ``_`` added at its end where it is missing."""
    prefix = text.lower() if text.endswith("_") else text.lower() + "_"
    if len(prefix) < 3:
        raise ValueError("too short")
    return _matching(_DATABASE, prefix)


def plan(text: str) -> str:
    """Return the name of a plan, which cannot point outside the folder of plans."""
    return _matching(_PLAN, text)


def _not_null(name: str) -> str:
    """Return a name that is not read as null where it is written as text."""
    if name in ("null", "none"):
        raise ValueError("a word for null")
    return name


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError("not a valid name")
    return text
