"""What a key may be limited to that is made in a session which a limited key opened: never to less than that key is."""

from __future__ import annotations

from apnscp.core.errors import Refused
from apnscp.opcenter.access.keys import Rules


def narrowed(inherited: Rules, wanted: Rules) -> Rules:
    """Return the rules of a new key: what is wanted, within the rules of the key behind the session.

    Raises Refused where addresses or commands are wanted and the key behind the session has a list of its own.
    """
    return Rules(
        expires=min((each for each in (inherited.expires, wanted.expires) if each is not None), default=None),
        addresses=_list("addresses", inherited.addresses, wanted.addresses),
        commands=_list("commands", inherited.commands, wanted.commands),
    )


def _list(rule: str, inherited: str | None, wanted: str | None) -> str | None:
    if inherited is not None and wanted not in (None, inherited):
        raise Refused(
            "The API key behind this session has the %s %s, and a key that it makes has the same; leave them empty",
            rule, inherited,
        )  # fmt: skip
    return inherited or wanted
