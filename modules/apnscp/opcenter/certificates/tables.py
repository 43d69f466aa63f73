"""The tables of this room: installed certificates, the panel's own authority, challenges and mechanisms."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from apnscp.opcenter.store.tables import JsonText, Serial, sql_metadata

certificate_table = Table(
    "certificate",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), unique=True),
    Column("sealed_key", Text, nullable=False),
    Column("certificate", Text, nullable=False),
    Column("chain", Text),
    Column("request", Text),
    Column("hosts", JsonText, nullable=False),
    Column("issued_here", Integer, nullable=False),
    Column("expires", BigInteger, nullable=False, index=True),
)
"""The certificate that is installed for a site, or for the panel itself (no site_id); texts in PEM.

sealed_key: the private key, sealed with the secret of the panel; request: of a certificate issued here
hosts: names in it; issued_here: 1 for one of the panel's authority; expires: Unix time
"""

authority_table = Table(
    "certificate_authority",
    sql_metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sealed_key", Text, nullable=False),
    Column("certificate", Text, nullable=False),
)
"""The panel's own authority, one row; it stands where the panel asks Let's Encrypt."""

challenge_table = Table(
    "certificate_challenge",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), index=True),
    Column("host", String(253), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("token", String(64), nullable=False),
    Column("solved", Integer, nullable=False),
)
"""Proofs that a host is the account's, as the authority asks for them; those without a site_id are the panel's own."""

mechanism_table = Table(
    "certificate_mechanism",
    sql_metadata,
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), primary_key=True),
    Column("host", String(253), primary_key=True),
    Column("mechanism", String(8), nullable=False),
)
"""How a host of a site is to be proved: dns or http; hosts without a row are proved as it suits."""
