"""Who may call a method: the panel's privilege classes."""

from __future__ import annotations

from enum import IntFlag


class Role(IntFlag):
    """Privilege classes; a method names those that may call it (docs/panel.md, section 3).

    Only the administrator's level, 8, is published; the other bits are ours.
    """

    NONE = 0
    USER = 1
    SITE = 2
    RESELLER = 4
    ADMIN = 8
    SERVER_EXEC = 16
    EXTAUTH = 32
    ALL = USER | SITE | ADMIN


CALLERS = Role.USER | Role.SITE | Role.RESELLER | Role.ADMIN
"""The bits for who is calling; the others are about how."""
