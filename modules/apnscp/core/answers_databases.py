"""The maps that methods of databases answer, key by key (see `core.answers`)."""

from typing import TypedDict


class MysqlUser(TypedDict):
    """A MySQL user at one host: TLS, limits per hour (0 is none), connections at once, and the server's hash."""

    ssl_type: str
    ssl_cipher: str
    x509_issuer: str
    x509_subject: str
    max_questions: int
    max_updates: int
    max_user_connections: int
    max_connections: int
    password: str


class PgsqlUser(TypedDict):
    """A PostgreSQL user: connections at once, and the server's hash."""

    max_connections: int
    password: str
