"""Passwords: SHA-512 crypt with 5,000 rounds, the panel's own format, and what counts as strong enough.

The panel's strength rule is not public. Ours: at least `[auth] min_pw_length` characters, and while `[auth] pw_check`
is on neither the user's name nor one character repeated nor one of the passwords everybody tries first.
"""

from __future__ import annotations

import re
import secrets
import string
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, NamedTuple

from passlib.hash import sha256_crypt, sha512_crypt

from apnscp.core.errors import Refused
from apnscp.opcenter.services import rules

ROUNDS = 5_000
LONGEST = 1_024
COMMON = frozenset(
    (
        "password", "passw0rd", "12345678", "123456789", "1234567890", "qwerty123", "qwertyuiop", "letmein1",
        "iloveyou", "welcome1", "changeme", "admin123", "abc12345", "football", "baseball", "sunshine", "princess", "trustno1",
        "superman", "11111111", "00000000", "password1", "password123",
    )
)  # fmt: skip
_SETTING = re.compile(r"\$6\$(?:rounds=5000\$)?")
_SALT = re.compile(r"[./0-9A-Za-z]{1,16}", re.ASCII)
_HASHERS = {"$6$": sha512_crypt, "$5$": sha256_crypt}


def weakness(password: str, user: str, settings: Mapping[str, Any]) -> str | None:
    """Return why a password is refused, or None where it may be used."""
    least = int(settings["auth.min_pw_length"])
    if len(password) < least:
        return f"it has fewer than {least} characters ([auth] min_pw_length)"
    if len(password) > LONGEST or "\0" in password:
        return f"it has more than {LONGEST} characters or a NUL"
    if not settings["auth.pw_check"]:
        return None
    lowered = password.lower()
    if user and len(user) > 2 and user.lower() in lowered:
        return "it contains the user's name"
    if len(set(lowered)) < 3:
        return "it repeats one or two characters"
    return "it is one of the passwords that are tried first" if lowered in COMMON else None


def require_strong(password: str, user: str, settings: Mapping[str, Any]) -> None:
    """Raise Refused for a password that is too weak; the text does not repeat it."""
    reason = weakness(password, user, settings)
    if reason:
        raise Refused("The password is too weak: %s", reason)


def crypt(password: str, salt: str | None = None) -> str:
    """Return the SHA-512 crypt of a password.

    salt: up to 16 characters of [./0-9A-Za-z], random when None
    """
    hasher = sha512_crypt.using(rounds=ROUNDS, salt=salt) if salt else sha512_crypt.using(rounds=ROUNDS)
    return str(hasher.hash(password))


class Chosen(NamedTuple):
    """A password and its hash, which is empty where the password is too weak for anybody."""

    text: str
    crypted: str


def chosen(text: str | None, settings: Mapping[str, Any]) -> Chosen:
    """Return a password, a random one for None, with its hash: made before a call locks the store, since it takes a while."""
    password = generate() if text is None else text
    return Chosen(password, "" if weakness(password, "", settings) else crypt(password))


def unknown() -> str:
    """Return a hash that belongs to no known password, which costs nothing to make and as much as any to check."""
    # base64 has the letters of crypt(3), but for one; the last of a checksum stands for two bits
    random = b64encode(secrets.token_bytes(76), b"./").decode()
    return f"$6${random[:16]}${random[16:101]}{secrets.choice('./01')}"


def salt_of(text: str) -> str:
    """Return the salt in a text such as ``$6$rounds=5000$salt$``, or the text itself; raises Refused for anything else."""
    bare = _SETTING.sub("", text).partition("$")[0][:16]
    if not _SALT.fullmatch(bare):
        raise Refused("A salt has letters, digits, `.' and `/'")
    return bare


def is_crypted(text: str) -> bool:
    """Tell whether a text is a hash that can be verified here: what the rule ``crypt`` takes."""
    try:
        return rules.check("crypt", text) == text
    except ValueError:
        return False


def verify(password: str, crypted: str | None) -> bool:
    """Tell whether a password belongs to a hash; False for no hash, and for one that `is_crypted` does not admit."""
    if crypted is None or "\0" in password or not is_crypted(crypted):
        return False
    return bool(_HASHERS[crypted[:3]].verify(password, crypted))


def generate(length: int = 16) -> str:
    """Return a random password of letters and digits."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(length))
