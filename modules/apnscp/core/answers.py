"""The maps that methods answer, key by key: what their annotations name, so that type checkers know the keys.

`apnscpd stubs --answers` writes them down for clients. The annotations are read while the program runs, so this file
does without ``from __future__ import annotations``.
"""

from typing import Any, NotRequired, TypedDict


class SessionInfo(TypedDict):
    """Who is calling; `id` is the session, empty for a key, and `site_id` is 0 for the administrator."""

    id: str
    username: str
    domain: str
    site: str
    site_id: int
    user_id: int
    group_id: int
    level: int
    gate: str


class ApiKey(TypedDict):
    """An API key; `last_used` is a Unix time, null before its first use."""

    key: str
    last_used: int | None
    comment: str


class Login(TypedDict):
    """A sign-in: the address it came from, and when, as Unix time."""

    ip: str
    ts: int


class LastLogin(TypedDict, total=False):
    """The sign-in before this one, without any key when there was none."""

    ip: str
    ts: int


class StorageRow(TypedDict):
    """Storage: qused, qsoft and qhard in KB, fused, fsoft and fhard in files; a limit of 0 is none."""

    qused: int
    qsoft: int
    qhard: int
    fused: int
    fsoft: int
    fhard: int


class AccountQuota(StorageRow):
    """Storage of an account; `dynamic` is true in a quota project, which may limit it further."""

    dynamic: NotRequired[bool]


class ControlGroupFigure(TypedDict):
    """What is used of a controller, and the limit, null for none."""

    used: int
    threshold: int | None


class UsageRow(TypedDict, total=False):
    """A row of usage: of storage the keys of a storage row; of bandwidth sum, threshold (-1: none; both in bytes),
    begin and rollover (Unix times); of cgroup a figure for each controller."""

    qused: int
    qsoft: int
    qhard: int
    fused: int
    fsoft: int
    fhard: int
    sum: int
    threshold: int
    begin: int
    rollover: int
    cpu: ControlGroupFigure
    memory: ControlGroupFigure
    pids: ControlGroupFigure


class DiskQuota(TypedDict):
    """Storage that is used and may be used, in KB; a total of 0 is no limit."""

    used: int
    total: int


class BandwidthUsage(TypedDict):
    """Transfer in the running cycle, in bytes; a total of -1 is no limit."""

    used: float
    total: float


class CyclePeriod(TypedDict):
    """A bandwidth cycle, in Unix times."""

    begin: int
    end: int


class Transfer(TypedDict):
    """What went in and out, in bytes, between two Unix times."""

    begin: int
    end: int
    in_bytes: int
    out_bytes: int


ServiceTransfer = TypedDict(
    "ServiceTransfer",
    {"in": int, "out": int, "svc_name": str, "ext_info": str},
)
ServiceTransfer.__doc__ = "What went in and out by one service, in bytes; `ext_info` is the domain."


class ControllerUsage(TypedDict, total=False):
    """What an account uses of a controller: seconds of 24 hours, bytes or processes; null is no limit.

    Without any key where there is no control group.
    """

    used: int
    limit: int | None
    free: int | None


class QuotaProject(TypedDict):
    """A quota project: blocks in KB, inodes, 0 for no limit, and the accounts that share it."""

    name: str
    blocks: int
    inodes: int
    sites: list[str]


class ScopeInfo(TypedDict):
    """A scope: what it is for, its value, what it may be, and its default."""

    info: str
    value: Any
    settings: Any
    default: Any


class UserEntry(TypedDict):
    """A user of an account, as in /etc/passwd."""

    uid: int
    gid: int
    gecos: str
    home: str
    shell: str


class UserCount(TypedDict):
    """How many users an account has and may have; null is no limit."""

    users: int
    max: int | None


class CronJob(TypedDict):
    """A line of a crontab; with a macro such as @daily as its minute the other fields of time are empty."""

    minute: str
    hour: str
    day_of_month: str
    month: str
    day_of_week: str
    cmd: str
    disabled: bool


class AliasJournal(TypedDict):
    """Domains that wait to be added and removed, by their places in the list of domains as it will be, and as it is."""

    add: list[str] | dict[int, str]
    remove: list[str] | dict[int, str]


class HostParts(TypedDict):
    """A host name in its two parts."""

    subdomain: str
    domain: str


class NextPayment(TypedDict):
    """The next payment: a Unix time, -1 for none, and the amount."""

    date: int
    amount: int


DnsRecord = TypedDict(
    "DnsRecord",
    {"name": str, "subdomain": str, "domain": str, "class": str, "ttl": int, "parameter": str, "rr": str},
)
DnsRecord.__doc__ = "A record of a zone: its full name with a dot at the end, in its two parts, and its ttl in seconds."


class ServedHost(TypedDict):
    """A domain or subdomain: document root, whether it is served, its owner; type is domain, local, global, fallthrough."""

    path: str
    active: bool
    user: str
    type: str


class KeyInfo(TypedDict):
    """A key: its size in bits, its public part in PEM; type is 0 for RSA, 3 for an elliptic curve."""

    bits: int
    key: str
    type: int


class InstalledCertificate(TypedDict):
    """The files of an installed certificate, null for no chain, and the address that serves it."""

    crt: str
    key: str
    chain: str | None
    host: str


class AcmeChallenge(TypedDict):
    """A proof that an authority asks for; status is pending or valid, payload what is to be put where it looks."""

    domain: str
    status: str
    type: str
    url: str
    token: str
    payload: str
