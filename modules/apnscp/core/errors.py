"""Everything that can go wrong in a call, as one tree.

    ApnscpError
    ├── Refused                 the panel understood and will not do it
    ├── UnknownMethod           no such method, or none for this role: both read alike
    ├── BadArgument             a value that cannot be what the parameter asks for
    │   └── MissingArgument     a required parameter was left out
    ├── Aborted                 a message reached the level that Abort-On names
    ├── NotAuthenticated        no key, a wrong key, a session that never was
    │   └── SessionEnded        a session that this server issued and that is over
    ├── KeyLimited              the rules of the API key itself forbid this: its addresses or its commands
    ├── LockedOut               too many failures from this address
    ├── Closed                  this way in is switched off: plain HTTP, or the whole API
    ├── Busy                    the store is locked for too long
    └── StoreUnavailable        the store cannot be reached or written: no disk space, read-only, database gone

A class is a kind. What a kind means to SOAP and HTTP stands in ``apnscp.server.faults``.
"""

from __future__ import annotations


class ApnscpError(Exception):
    """Base of all errors that a caller may be shown; the text is written for people."""

    def __init__(self, message: str, *args: object) -> None:
        """Keep `message` with `args` filled in printf style.

        message: a sentence that names the thing and the way out; never empty
        args: values for its ``%`` conversions; without any, `message` is taken as it is
        """
        self.text = message % args if args else message
        super().__init__(self.text)


class Refused(ApnscpError):
    """The method understood the call and must not carry it out; its unit of work is rolled back."""


class UnknownMethod(ApnscpError):
    """No method of this name can be called by this role."""

    def __init__(self, name: str) -> None:
        """Use the words of PHP's SoapServer, which clients know (docs/wire.md, "Reading requests")."""
        super().__init__("Procedure '%s' not present", name)


class BadArgument(ApnscpError):
    """A parameter holds a value that cannot be coerced to its type."""


class MissingArgument(BadArgument):
    """A required parameter is absent or nil."""

    def __init__(self, name: str) -> None:
        """Name the parameter as PHP's server does."""
        super().__init__("Missing parameter `%s'", name)


class Aborted(ApnscpError):
    """A message of the class that the caller's Abort-On names, or above."""


class NotAuthenticated(ApnscpError):
    """The caller proved no identity.

    delay: seconds that the answer is held back, set where failures add up
    """

    delay: float = 0.0


class SessionEnded(NotAuthenticated):
    """The session was issued here and has expired or ended."""


class KeyLimited(ApnscpError):
    """An API key carries rules of its own, and one of them forbids the call.

    delay: seconds that the answer is held back, set where failures add up
    """

    delay: float = 0.0


class LockedOut(ApnscpError):
    """The address failed too often and is refused for a while."""

    def __init__(self, message: str, *args: object, retry_after: int = 0) -> None:
        """Keep the seconds until the address may try again."""
        super().__init__(message, *args)
        self.retry_after = retry_after


class Closed(ApnscpError):
    """A setting of the panel closes the way by which the request came, whoever sent it."""


class Busy(ApnscpError):
    """The store could not be had in time; nothing was changed and the call may be repeated."""


class StoreUnavailable(ApnscpError):
    """The store cannot be reached or written until somebody does something about it; nothing was changed."""
