"""Everything that can go wrong in a call, as one tree.

    ApnscpError
    ├── Refused                 the panel understood and will not do it
    ├── UnknownMethod           no such method, or none for this role: the text is the same
    ├── NotEmulated             a method of ApisCP that is listed here, and does nothing
    ├── BadArgument             a value that cannot be what the parameter asks for
    │   ├── MissingArgument     a required parameter was left out
    │   └── SurplusArguments    more arguments than the method takes, for a caller that wants to be told
    ├── Aborted                 a message reached the level that Abort-On names
    ├── NotAuthenticated        no key, a wrong key, or a session that never existed
    │   └── SessionEnded        a session that this server issued and that has ended
    ├── KeyLimited              the rules of the API key itself forbid this: its addresses or its commands
    ├── LockedOut               too many failures from this address
    ├── Closed                  access this way is switched off: plain HTTP, or the whole API
    ├── Busy                    the store was locked for too long
    └── StoreUnavailable        the store cannot be reached or written: no disk space, read-only, database gone

Each class is a kind of error; ``apnscp.server.faults`` says what each means to SOAP and HTTP.
"""

from __future__ import annotations


class ApnscpError(Exception):
    """Base of all errors that are shown to callers; the text is written for people."""

    def __init__(self, message: str, *args: object) -> None:
        """Keep `message`, formatted with `args` in printf style.

        message: a sentence that names the cause and the way out; never empty
        args: values for its ``%`` conversions; without any, `message` is used as it is
        """
        self.text = message % args if args else message
        super().__init__(self.text)


class Refused(ApnscpError):
    """The method understood the call and will not carry it out; its unit of work is rolled back."""


class UnknownMethod(ApnscpError):
    """No method of this name can be called by this role."""

    def __init__(self, name: str) -> None:
        """Use the words of PHP's SoapServer, which clients know (docs/wire.md, "Reading requests")."""
        super().__init__("Procedure '%s' not present", name)


class NotEmulated(ApnscpError):
    """ApisCP has this method, and this server only knows its name, parameters and roles."""

    def __init__(self, name: str) -> None:
        """Name the method and the page that tells which ones are emulated."""
        super().__init__("%s is known to ApisCP, not emulated; docs/coverage.md lists what is", name)


class BadArgument(ApnscpError):
    """A parameter holds a value that cannot be coerced to its type."""


class MissingArgument(BadArgument):
    """A required parameter is absent or nil."""

    def __init__(self, name: str) -> None:
        """Name the parameter as PHP's server does."""
        super().__init__("Missing parameter `%s'", name)


class SurplusArguments(BadArgument):
    """There are more arguments than the method takes, and the caller asked to have them refused."""

    def __init__(self, name: str, takes: int, sent: int) -> None:
        """Name the method and both numbers."""
        super().__init__("Too many arguments: %s takes %s, not %d", name, takes or "none", sent)


class Aborted(ApnscpError):
    """A message reached the class that the caller's Abort-On names."""


class NotAuthenticated(ApnscpError):
    """The caller did not prove an identity.

    delay: seconds that the answer is held back after repeated failures
    """

    delay: float = 0.0


class SessionEnded(NotAuthenticated):
    """The session was issued here and has expired or ended."""


class KeyLimited(ApnscpError):
    """The API key has rules of its own, and one of them forbids the call.

    delay: seconds that the answer is held back after repeated failures
    """

    delay: float = 0.0


class LockedOut(ApnscpError):
    """There were too many failures from the address; it is refused for a while."""

    def __init__(self, message: str, *args: object, retry_after: int = 0) -> None:
        """Keep the message and the seconds until the address may try again."""
        super().__init__(message, *args)
        self.retry_after = retry_after


class Closed(ApnscpError):
    """A setting of the panel closes the way by which the request came, for every caller."""


class Busy(ApnscpError):
    """The store was not available in time; nothing was changed, and the call may be repeated."""


class StoreUnavailable(ApnscpError):
    """The store cannot be reached or written until somebody does something about it; nothing was changed."""
