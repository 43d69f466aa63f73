"""The maps that methods of email answer, key by key (see `core.answers`)."""

from typing import TypedDict


class MailAddress(TypedDict):
    """An address; `user` is the part before the @, empty for a catch-all.

    type: v for a mailbox, a for a forward; enabled: 1 or 0; mailbox: path of a mailbox, empty for a forward; uid: of its
    user, 0 for a forward; custom: its folder, empty for the inbox; destination: its user, or where a forward leads
    """

    user: str
    domain: str
    type: str
    enabled: int
    mailbox: str
    uid: int
    custom: str
    destination: str


MailRecord = TypedDict(
    "MailRecord",
    {"name": str, "subdomain": str, "domain": str, "class": str, "ttl": int, "parameter": str, "rr": str},
)
MailRecord.__doc__ = "A DNS record that mail needs: `name` has its final dot, `ttl` is in seconds."


class VacationOptions(TypedDict):
    """How a vacation message is sent: its text, subject and content type, and how many days until a sender gets it again."""

    response: str
    subject: str
    contenttype: str
    days: int
