"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def in_document(service: str, parameter: str) -> sa.Computed:
    """Compute a column from one parameter of a site's document."""
    if op.get_bind().dialect.name == "postgresql":
        return sa.Computed(f"(doc -> '{service}' ->> '{parameter}')", persisted=True)
    return sa.Computed(f"json_extract(doc, '$.{service}.{parameter}')", persisted=True)


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "api_key",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("last_used", sa.BigInteger(), nullable=True),
        sa.Column("expires", sa.BigInteger(), nullable=True),
        sa.Column("addresses", sa.Text(), nullable=True),
        sa.Column("commands", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_key_digest")),
    )
    op.create_index(op.f("ix_api_key_site_id"), "api_key", ["site_id"], unique=False)
    op.create_table(
        "ban",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address", sa.String(length=49), nullable=False),
        sa.Column("jail", sa.String(length=32), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ban")),
        sa.UniqueConstraint("address", "jail", name=op.f("uq_ban_address_jail")),
    )
    op.create_table(
        "delegated",
        sa.Column("site_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("address", sa.String(length=49), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("site_id", "address", name=op.f("pk_delegated")),
    )
    op.create_index(op.f("ix_delegated_address"), "delegated", ["address"], unique=False)
    op.create_table(
        "denial",
        sa.Column("site_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "user", "service", name=op.f("pk_denial")),
    )
    op.create_table(
        "failure",
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_failure")),
    )
    op.create_table(
        "ip_restriction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=49), nullable=False),
        sa.Column("gate", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ip_restriction")),
        sa.UniqueConstraint(
            "site_id", "user", "address", "gate", name=op.f("uq_ip_restriction_site_id_user_address_gate")
        ),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ts", sa.Float(), nullable=False),
        sa.Column("command", sa.String(length=96), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.Column("ms", sa.Float(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("messages", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_table(
        "kept",
        sa.Column("site_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=190), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "kind", "name", name=op.f("pk_kept")),
    )
    op.create_table(
        "login",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.Column("ts", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login")),
    )
    op.create_index(op.f("ix_login_site_id_user"), "login", ["site_id", "user"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ts", sa.BigInteger(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_table(
        "preference",
        sa.Column("site_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "user", name=op.f("pk_preference")),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("gate", sa.String(length=8), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("last_used", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.Column("ip", sa.String(length=45), nullable=True),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("key_id", sa.BigInteger(), nullable=True),
        sa.Column("origin_site_id", sa.Integer(), nullable=True),
        sa.Column("origin_user", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("digest", name=op.f("uq_session_digest")),
    )
    op.create_index(op.f("ix_session_key_id"), "session", ["key_id"], unique=False)
    op.create_index(op.f("ix_session_last_used"), "session", ["last_used"], unique=False)
    op.create_index(op.f("ix_session_origin_site_id"), "session", ["origin_site_id"], unique=False)
    op.create_index(op.f("ix_session_site_id"), "session", ["site_id"], unique=False)
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=190), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("doc", sa.Text().with_variant(postgresql.JSON(), "postgresql"), nullable=False),
        sa.Column("suspended_at", sa.BigInteger(), nullable=True),
        sa.Column("suspended_reason", sa.Text(), nullable=True),
        sa.Column("domain", sa.Text(), in_document("siteinfo", "domain"), nullable=True),
        sa.Column("admin_user", sa.Text(), in_document("siteinfo", "admin_user"), nullable=True),
        sa.Column("email", sa.Text(), in_document("siteinfo", "email"), nullable=True),
        sa.Column("plan", sa.Text(), in_document("siteinfo", "plan"), nullable=True),
        sa.Column("aliases", sa.Text(), in_document("aliases", "aliases"), nullable=True),
        sa.Column("invoice", sa.Text(), in_document("billing", "invoice"), nullable=True),
        sa.Column("parent_invoice", sa.Text(), in_document("billing", "parent_invoice"), nullable=True),
        sa.Column("mysql_admin", sa.Text(), in_document("mysql", "dbaseadmin"), nullable=True),
        sa.Column("mysql_prefix", sa.Text(), in_document("mysql", "dbaseprefix"), nullable=True),
        sa.Column("pgsql_admin", sa.Text(), in_document("pgsql", "dbaseadmin"), nullable=True),
        sa.Column("pgsql_prefix", sa.Text(), in_document("pgsql", "dbaseprefix"), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_index(op.f("ix_site_admin_user"), "site", ["admin_user"], unique=True)
    op.create_index(op.f("ix_site_domain"), "site", ["domain"], unique=False)
    op.create_index(op.f("ix_site_invoice"), "site", ["invoice"], unique=False)
    op.create_index(op.f("ix_site_mysql_admin"), "site", ["mysql_admin"], unique=False)
    op.create_index(op.f("ix_site_mysql_prefix"), "site", ["mysql_prefix"], unique=True)
    op.create_index(op.f("ix_site_parent_invoice"), "site", ["parent_invoice"], unique=False)
    op.create_index(op.f("ix_site_pgsql_admin"), "site", ["pgsql_admin"], unique=False)
    op.create_index(op.f("ix_site_pgsql_prefix"), "site", ["pgsql_prefix"], unique=True)
    op.create_index(op.f("ix_site_plan"), "site", ["plan"], unique=False)
    op.create_index(op.f("ix_site_suspended_at"), "site", ["suspended_at"], unique=False)
    op.create_table(
        "state",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_state")),
    )
    op.create_table(
        "usage",
        sa.Column("site_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_usage")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("password_before", sa.Text(), nullable=True),
        sa.Column("password_until", sa.BigInteger(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("properties", sa.Text(), nullable=False),
        sa.Column("totp", sa.Text(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_user_site_id_name")),
    )
    op.create_index(op.f("ix_user_password_until"), "user", ["password_until"], unique=False)
    op.create_table(
        "host",
        sa.Column("name", sa.String(length=253), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("is_primary", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_host_site_id_site"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_host")),
    )
    op.create_index(op.f("ix_host_site_id"), "host", ["site_id"], unique=False)
