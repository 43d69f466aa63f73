"""Rules that an API key may carry beyond the panel's own: its end, its addresses, its commands.

A command list holds names (``admin:collect``), whole modules (``site:*``) and profiles (``@billing``), with commas
between. Sessions that a key opened obey its command list too, so that no chain of sign-ons widens it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from apnscp.core.errors import Refused
from apnscp.core.registry import REGISTRY, Command, Registry, canonical
from apnscp.opcenter.services import networks

_WORD = re.compile(r"@[a-z-]+|[a-z0-9_-]+:(?:\*|[a-z0-9_-]+)")


@dataclass(frozen=True)
class Profile:
    """A named command list; `reads` admits every method that changes nothing, `never` takes methods away again."""

    about: str
    commands: tuple[str, ...] = ()
    reads: bool = False
    never: tuple[str, ...] = ()


PROFILES = {
    "billing": Profile(
        "what billing platforms call: life of accounts, sign-on, usage, bans; no settings, no keys",
        (
            "admin:add-site", "admin:edit-site", "admin:delete-site", "admin:activate-site", "admin:deactivate-site",
            "admin:hijack", "admin:collect", "admin:get-usage", "admin:get-domains", "admin:list-plans",
            "admin:get-plan", "admin:get-plan-info", "admin:get-address-from-domain", "admin:get-site-id-from-domain",
            "admin:get-meta-from-domain", "admin:get-storage", "auth:change-password", "auth:change-cpassword",
            "auth:session-info", "auth:is-inactive", "auth:inactive-reason", "auth:password-permitted", "billing:*",
            "bandwidth:*", "common:*", "diskquota:*", "misc:*", "rampart:is-banned", "rampart:banned-services",
            "rampart:unban", "rampart:get-jails", "rampart:whitelist", "site:*", "user:*", "aliases:*", "email:*",
        ),
        never=("site:hijack", "site:wipe"),
    ),
    "read-only": Profile(
        "every method that changes nothing and shows no key",
        reads=True,
        never=("auth:get-api-keys", "admin:hijack", "site:hijack"),
    ),
}  # fmt: skip
"""The profiles that ``apnscpd key --profile`` offers."""


def read_commands(words: Iterable[str], registry: Registry = REGISTRY) -> str | None:
    """Return a command list as it is stored, None for an empty one.

    words: names such as admin:collect or admin_collect, modules such as site:*, profiles such as @billing
    registry: the methods of the panel
    Raises Refused for a name that no method or profile has.
    """
    kept = [_checked(word, registry) for text in words for word in text.lower().replace(",", " ").split()]
    return ",".join(dict.fromkeys(kept)) or None


def _checked(word: str, registry: Registry) -> str:
    name = (
        word.replace("_", "-") if ":" in word or word.startswith("@") else word.replace("_", ":", 1).replace("_", "-")
    )
    if not _WORD.fullmatch(name):
        raise Refused("`%s' is not a command; write admin:collect, site:* or @billing", word)
    known = {command.cli_name for command in registry}
    found = name[1:] in PROFILES if name[0] == "@" else _matches(name, known)
    if not found:
        raise Refused("Unknown command or profile `%s'; misc:list-commands lists the commands", word)
    return name


def _matches(name: str, known: set[str]) -> bool:
    return any(other.startswith(name[:-1]) for other in known) if name.endswith("*") else name in known


def read_addresses(words: Iterable[str]) -> str | None:
    """Return an address list as it is stored, None for an empty one; raises Refused for what is no address or range."""
    kept = [text for word in words for text in networks.split(word)]
    for text in kept:
        _require_network(text)
    return ",".join(kept) or None


def _require_network(text: str) -> None:
    try:
        networks.parse_network(text)
    except ValueError:
        raise Refused("`%s' is neither an IP address nor a range such as 192.0.2.0/24", text) from None


def permits(commands: str, command: Command) -> bool:
    """Tell whether a command list admits a method, under whichever of its names it is called."""
    return any(_admits(word, command) for word in commands.split(","))


def _admits(word: str, command: Command) -> bool:
    if not word.startswith("@"):
        return _names(word, command)
    profile = PROFILES.get(word[1:])
    if profile is None or any(_names(other, command) for other in profile.never):
        return False
    return (profile.reads and command.mode != "write") or any(_names(other, command) for other in profile.commands)


def _names(word: str, command: Command) -> bool:
    if word.endswith(":*"):
        return canonical(word[:-2]) == command.module
    return word == command.cli_name or canonical(word) == command.name
