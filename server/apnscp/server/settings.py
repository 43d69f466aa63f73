"""What an operator can set: one table that gives the flags, the ``APNSCP_*`` variables and their documentation."""

# ruff: noqa: RUF009 -- _setting makes a dataclass field
from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import idna

from apnscp.opcenter.services import booleans, networks

PREFIX = "APNSCP_"
DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
BODY_LIMIT = 8 * 1024 * 1024
LOG_LEVELS = ("debug", "info", "warning", "error")


class SetupError(Exception):
    """Something in the setup keeps the server or a command from starting; the text is one line for the operator."""


def default_state_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the default directory of the panel's state, by the XDG Base Directory specification."""
    base = environ.get("XDG_STATE_HOME", "")
    root = Path(base) if base.startswith("/") else Path.home() / ".local" / "state"
    return root / "apnscp"


def _word(text: str) -> bool:
    return booleans.boolean(text)


def _whole(text: str) -> int:
    if not text.strip().isdecimal():
        raise ValueError(text)
    return int(text)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < 86400:
        raise ValueError(text)
    return value


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise ValueError(text)
    return text.lower()


def _networks(text: str) -> tuple[str, ...]:
    return tuple(str(found) for found in networks.parse_list(text))


def _host_names(text: str) -> tuple[str, ...]:
    """Return names and addresses in the form of certificates: lower case, punycode, without the dot at the end."""
    return tuple(_host_name(word.strip().rstrip(".")) for word in text.split(",") if word.strip())


def _host_name(word: str) -> str:
    try:
        return str(ip_address(word.strip("[]")))
    except ValueError:
        wildcard = "*." if word.startswith("*.") else ""
        name: str = wildcard + idna.encode(word.removeprefix("*."), uts46=True, std3_rules=True).decode()
        return name


READERS: dict[Callable[[str], Any], str] = {
    str: "text",
    _whole: "a whole number",
    _seconds: "a number of seconds",
    _word: "true or false",
    _path: "a path",
    _level: "one of " + ", ".join(LOG_LEVELS),
    _host_names: "host names or addresses",
    _networks: "addresses or networks with commas between them",
}
"""Each way to read a value from text, and what it takes in words."""


def _setting(
    default: Any, read: Callable[[str], Any], text: str, *, flag: bool = True, secret: bool = False, option: str = ""
) -> Any:
    """Describe a setting.

    flag: whether ``apnscpd serve`` has a flag for it; option: the flag, for one that may be given more than once
    """
    metadata = {"read": read, "help": text, "flag": flag, "option": option}
    if callable(default):
        return field(default_factory=default, repr=not secret, metadata=metadata)
    return field(default=default, repr=not secret, metadata=metadata)


@dataclass(frozen=True)
class Settings:
    """How this server runs. Each field is a flag of ``apnscpd serve`` and a variable ``APNSCP_<NAME>``."""

    host: str = _setting("127.0.0.1", str, "address to listen on")
    port: int = _setting(2082, _whole, "port for HTTP; 0 takes a free one")
    tls: bool = _setting(True, _word, "serve TLS too")
    tls_port: int = _setting(2083, _whole, "port for TLS; 0 takes a free one")
    tls_cert: Path | None = _setting(None, _path, "certificate chain (PEM) to serve instead of a self-signed one")
    tls_key: Path | None = _setting(None, _path, "private key (PEM) of --tls-cert")
    tls_names: tuple[str, ...] = _setting(
        (), _host_names, "further name or address in the self-signed certificate; repeatable", option="--tls-name"
    )
    db: str | None = _setting(None, str, "database URL; an SQLite file in the state directory when left out")
    ephemeral: bool = _setting(False, _word, "keep the database in a temporary file that goes when the server stops")
    admin_key: str | None = _setting(
        None,
        str,
        "a further API key of the administrator, in the place of the one given at an earlier start; all other keys stay"
        " valid. A flag shows in the process list, so prefer the variable",
        secret=True,
    )
    admin_key_file: Path | None = _setting(None, _path, "file whose first line is what --admin-key takes")
    workers: int = _setting(2, _whole, "worker processes")
    demo: bool = _setting(False, _word, "fill an empty panel with demo plans and sites")
    state_dir: Path = _setting(default_state_dir, _path, "directory of the panel's state; made with mode 0700")
    share_state_dir: bool = _setting(
        False,
        _word,
        "start although another server uses the state directory; the other commands go on finding that one",
    )
    plans_dir: Path | None = _setting(None, _path, "directory of further plans")
    surrogates: Path | None = _setting(
        None, _path, "directory of surrogates: modules of the API in Python, which extend or replace the panel's own"
    )
    secret: str | None = _setting(None, str, "what stored secrets are encrypted with", flag=False, secret=True)
    new_secret: bool = _setting(
        False,
        _word,
        "where the secret of the store is lost, make another; all API keys and second factors made so far end",
    )
    trusted_forward: tuple[str, ...] = _setting((), _networks, "peers whose X-Forwarded-For is believed")
    body_limit: int = _setting(BODY_LIMIT, _whole, "largest request body, in bytes")
    body_timeout: float = _setting(15.0, _seconds, "seconds that a request body may take to arrive")
    header_timeout: float = _setting(15.0, _seconds, "seconds that headers may take, and that idle connections live")
    threads: int = _setting(8, _whole, "threads of a worker for calls that write or take long")
    queue: int = _setting(128, _whole, "calls of a worker that may wait for a thread before others are turned away")
    stop_timeout: float = _setting(2.0, _seconds, "seconds that requests in flight get when the server stops")
    log_level: str = _setting("info", _level, "least severity of log lines")
    access_log: bool = _setting(False, _word, "log a line for each request")

    def __post_init__(self) -> None:
        """Raise SetupError for values that cannot be served."""
        for broken, sentence in _RULES:
            if broken(self):
                raise SetupError(sentence)

    @property
    def database_url(self) -> str:
        """The database as SQLAlchemy names it: `db`, or the file in the state directory."""
        return self.db or f"sqlite:///{self.state_dir / 'db' / 'panel.sqlite3'}"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings from ``APNSCP_*`` variables; an empty variable counts as not set.

        The file that --admin-key-file names is read here, and `admin_key` holds what it says.
        Raises SetupError, naming the variable and what it takes.
        """
        values = {name: _read(entry, environ[PREFIX + name.upper()]) for name, entry in _given(environ)}
        key_file = values.pop("admin_key_file", None)
        if key_file is not None:
            if "admin_key" in values:
                raise SetupError("--admin-key and --admin-key-file exclude each other")
            values["admin_key"] = _first_line(key_file)
        return cls(**values)

    def to_env(self) -> dict[str, str]:
        """Return the variables from which `from_env` makes the same settings again."""
        values = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        return {variable(name): _written(value) for name, value in values.items() if value not in (None, ())}


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"--admin-key-file {path} cannot be read: {error}") from None
    return lines[0].strip()


_RULES: tuple[tuple[Callable[[Settings], bool], str], ...] = (
    (lambda s: not s.host.strip(), "--host needs an address"),
    (lambda s: not 0 <= s.port <= 65535, "--port takes 0 to 65535"),
    (lambda s: not 0 <= s.tls_port <= 65535, "--tls-port takes 0 to 65535"),
    (lambda s: s.tls and s.port == s.tls_port != 0, "--port and --tls-port must differ"),
    (lambda s: (s.tls_cert is None) != (s.tls_key is None), "--tls-cert and --tls-key go together"),
    (
        lambda s: bool(s.tls_names) and s.tls_cert is not None,
        "--tls-name puts names into the self-signed certificate; one given with --tls-cert has its own",
    ),
    (lambda s: not 1 <= s.workers <= 64, "--workers takes 1 to 64"),
    (lambda s: not 1 <= s.threads <= 256, "--threads takes 1 to 256"),
    (lambda s: s.body_limit < 1024, "--body-limit takes 1024 bytes or more"),
    (
        lambda s: bool(s.db) and not str(s.db).startswith(DATABASES),
        "--db takes sqlite:///FILE or postgresql://HOST/NAME",
    ),
    (
        lambda s: (s.db or "") in ("sqlite:///", "sqlite:///:memory:"),
        "--db takes sqlite:///FILE; --ephemeral keeps a store only while the server runs",
    ),
    (
        lambda s: s.admin_key is not None and not s.admin_key.replace("-", "").strip(),
        "--admin-key needs more than dashes and spaces, which do not count",
    ),
)
"""What makes settings unfit, and the sentence that says so."""


def variable(name: str) -> str:
    """Return the environment variable of a field."""
    return PREFIX + name.upper()


def flag_of(entry: Field[Any]) -> str:
    """Return the flag of a field, such as ``--tls-port``."""
    return entry.metadata["option"] or "--" + entry.name.replace("_", "-")


def _given(environ: Mapping[str, str]) -> list[tuple[str, Field[Any]]]:
    return [(entry.name, entry) for entry in fields(Settings) if environ.get(variable(entry.name), "") != ""]


def _read(entry: Field[Any], text: str) -> Any:
    read = entry.metadata["read"]
    try:
        return read(text)
    except (ValueError, KeyError):
        flag = f"{flag_of(entry)} ({variable(entry.name)})"
        raise SetupError(f"{flag} takes {READERS[read]}, not `{text}'") from None


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, tuple) else str(value)
