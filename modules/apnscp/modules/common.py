"""Module common: what every user may ask (docs/panel.md, section 14)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import DiskQuota, LastLogin, Login
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.access import logins
from apnscp.opcenter.services.values import Values, masked, resolved
from apnscp.opcenter.settings import machine
from apnscp.opcenter.settings.versions import VERSIONS, debugging
from apnscp.opcenter.sites import addresses, records
from apnscp.opcenter.usage import reports
from apnscp.opcenter.users import contacts, preferences, timezones
from apnscp.opcenter.users.people import target

_INNER = Role.SITE | Role.USER


@command(Role.ALL)
def whoami(ctx: Context) -> str:
    """Return the name of the user who is calling."""
    return ctx.caller.user


@command(_INNER)
def get_domain(ctx: Context) -> str:
    """Return the primary domain of the account."""
    return records.own(ctx).domain


@command(_INNER)
def get_admin_username(ctx: Context) -> str:
    """Return the name of the account's administrator."""
    return records.own(ctx).admin_user


@command(_INNER)
def get_admin_email(ctx: Context) -> str:
    """Return the contact address of the account, several with commas between them."""
    return contacts.of_account(ctx)


@command(Role.ALL)
def get_email(ctx: Context) -> str | None:
    """Return the caller's contact address: the account's, a secondary user's own, the administrator's, or null."""
    return contacts.of_caller(ctx)


@command(Role.ALL, "write")
def set_email(ctx: Context, email: str) -> bool:
    """Set the caller's contact address, as get-email reads it; the former address of an account is told."""
    contacts.set_of_caller(ctx, email)
    return True


@command(Role.ALL)
def get_services(ctx: Context) -> dict[str, dict[str, Any]]:
    """Return all services of the account with their parameters; empty for the administrator."""
    return dict(_services(ctx))


@command(Role.ALL)
def get_service_value(
    ctx: Context,
    mSrvcType: Annotated[str, Untyped],
    mSrvcName: Annotated[str | None, Untyped] = None,
    default: Any = None,
) -> Any:
    """Return a parameter of a service of the account, or a whole service.

    mSrvcType: the service, such as aliases
    mSrvcName: the parameter; null for the service as a map
    default: what to answer for a service or parameter that does not exist
    """
    values = _services(ctx).get(mSrvcType)
    if values is None or mSrvcName is None:
        return default if values is None else values
    return values.get(mSrvcName, default)


@command(Role.ALL)
def service_exists(ctx: Context, mSrvcType: Annotated[str, Untyped]) -> bool:
    """Tell whether the account knows a service, switched on or off."""
    return mSrvcType in _services(ctx)


@command(Role.ALL)
def service_enabled(ctx: Context, mSrvcType: Annotated[str, Untyped]) -> bool:
    """Tell whether a service is switched on for the account."""
    return bool(_services(ctx).get(mSrvcType, {}).get("enabled"))


def _services(ctx: Context) -> Values:
    """Return the caller's services, DEFAULT resolved; secrets are hidden from all but the account's administrator."""
    if not ctx.caller.site_id:
        return {}
    values = resolved(records.own(ctx).metadata, ctx.settings)
    if ctx.role & Role.SITE:
        return values
    return {
        service: {name: masked(service, name, value) for name, value in parameters.items()}
        for service, parameters in values.items()
    }


@command(Role.ALL)
def get_disk_quota(ctx: Context) -> DiskQuota:
    """Return the storage that the caller uses and may use, in KB: used, total; a total of 0 is no limit.

    The administrator's is the server's. A secondary user has no files here and the limit of the account.
    """
    row = reports.server_storage() if ctx.is_admin else reports.own_storage(ctx)
    return {"used": 0 if ctx.role & Role.USER else row["qused"], "total": row["qhard"]}


@command(Role.ALL)
def get_base_path(ctx: Context) -> str:
    """Return the root of the account's files on the server, empty for the administrator."""
    base = ctx.settings.text("core.filesystem_virtbase")
    return f"{base}/site{ctx.caller.site_id}/fst" if ctx.caller.site_id else ""


@command(_INNER)
def get_ip_address(ctx: Context) -> list[str]:
    """Return the IPv4 addresses of the account: shared ones while it is name-based, else its own."""
    return addresses.of_account(records.own(ctx).metadata)


@command(Role.ALL)
def get_ip6_address(ctx: Context) -> list[str]:
    """Return the IPv6 addresses of the account, or of the server for the administrator."""
    return addresses.of_server_v6(ctx) if ctx.is_admin else addresses.of_account(records.own(ctx).metadata, "ipinfo6")


@command(Role.ALL)
def get_listening_ip_addr(ctx: Context) -> str:
    """Return the IPv4 address on which the caller is served: the account's last, else the server's."""
    own = [] if ctx.is_admin else addresses.of_account(records.own(ctx).metadata)
    return own[-1] if own else addresses.of_server(ctx)


@command(_INNER, deprecated=True)
def get_web_server_ip_addr(ctx: Context) -> str:
    """Return what common:get-listening-ip-addr returns."""
    return get_listening_ip_addr(ctx)


@command(Role.ALL)
def get_canonical_hostname(ctx: Context) -> str:
    """Return the host name of the server."""
    return ctx.settings.text("core.hostname")


@command(_INNER)
def get_web_server_name(ctx: Context) -> str:
    """Return the full host name of apache,webserver."""
    return addresses.host_name(records.own(ctx).metadata, "apache", "webserver")


@command(_INNER)
def get_ftp_server_name(ctx: Context) -> str:
    """Return the full host name of ftp,ftpserver."""
    return addresses.host_name(records.own(ctx).metadata, "ftp", "ftpserver")


@command(_INNER)
def get_mail_server_name(ctx: Context) -> str:
    """Return the full host name of mail,mailserver."""
    return addresses.host_name(records.own(ctx).metadata, "mail", "mailserver")


@command(Role.ALL)
def get_uptime(ctx: Context, mPrettyPrint: Annotated[bool, Untyped] = True) -> str | int:
    """Return how long the server has been up.

    mPrettyPrint: text such as "25 days 10 mins", without seconds and empty below a minute; else seconds
    """
    seconds = machine.boot_seconds()
    return machine.spelled_span(seconds) if mPrettyPrint else seconds


@command(Role.ALL)
def get_load(ctx: Context) -> dict[int, str]:
    """Return the load averages of 1, 5 and 15 minutes, keyed by the minutes, as text such as "0.05"."""
    return machine.load()


@command(Role.ALL)
def get_kernel_version(ctx: Context) -> str:
    """Return type and release of the kernel; line breaks are part of it."""
    return machine.kernel()


@command(Role.ALL)
def get_operating_system(ctx: Context) -> str:
    """Return the name of the server's operating system."""
    return machine.operating_system()


@command(Role.ALL, deprecated=True)
def get_mysql_version(ctx: Context) -> int:
    """Return the version of MySQL as major * 10000 + minor * 100 + patch."""
    return VERSIONS["mysql"].packed


@command(Role.ALL, deprecated=True)
def get_postgresql_version(ctx: Context) -> int:
    """Return the version of PostgreSQL as major * 10000 + minor * 100 + patch."""
    return VERSIONS["pgsql"].packed


@command(Role.ALL, deprecated=True)
def get_php_version(ctx: Context) -> str:
    """Return the version of PHP as text."""
    return str(VERSIONS["php"])


@command(Role.ALL, deprecated=True)
def get_last_login(ctx: Context) -> Annotated[dict[str, Any], LastLogin]:
    """Return what auth:get-last-login returns."""
    return logins.last(ctx)


@command(Role.ALL, deprecated=True)
def get_login_history(ctx: Context, limit: Any = None) -> Annotated[list[dict[str, Any]], list[Login]]:
    """Return what auth:get-login-history returns."""
    return logins.earlier(ctx, limit)


@command(Role.ALL)
def get_timezone(ctx: Context, zone: Any) -> str:
    """Return the caller's time zone: the preferred one, else the server's.

    zone: asked for by the panel and not used
    """
    return timezones.of_caller(ctx)


@command(Role.ALL, "write")
def set_timezone(ctx: Context, zone: str) -> bool:
    """Set the caller's time zone; the administrator's is the server's.

    zone: a name of the time zone database, such as Europe/Berlin
    """
    timezones.set_of_caller(ctx, zone)
    return True


@command(Role.ALL)
def load_preferences(ctx: Context) -> dict[str, Any]:
    """Return the caller's preferences, overlaid by those that the account sets for all of its users."""
    return _loaded(ctx, ctx.caller.user_id)


@command(Role.ALL, "write")
def save_preferences(ctx: Context, prefs: list[Any] | dict[str, Any]) -> bool:
    """Replace the caller's preferences.

    prefs: the complete map; what it leaves out is forgotten
    """
    preferences.save(ctx.db, ctx.caller.user_id, prefs)
    return True


@command(Role.ALL, "write")
def purge_preferences(ctx: Context) -> bool:
    """Forget the caller's preferences; only while [core] debug is on."""
    if not debugging(ctx.settings):
        raise Refused("Preferences are purged only while [core] debug is on; common:save-preferences replaces them")
    preferences.save(ctx.db, ctx.caller.user_id, {})
    return True


@command(_INNER)
def get_user_preferences(ctx: Context, user: Annotated[str, Untyped]) -> dict[str, Any]:
    """Return the preferences of a user of the account.

    user: its name; a secondary user may only name itself
    """
    return _loaded(ctx, target(ctx, user).id)


@command(Role.SITE, "write")
def set_user_preferences(ctx: Context, user: Annotated[str, Untyped], prefs: list[Any] | dict[str, Any]) -> bool:
    """Replace the preferences of a user of the account."""
    preferences.save(ctx.db, target(ctx, user).id, prefs)
    return True


@command(Role.SITE)
def get_global_preferences(ctx: Context) -> dict[str, Any]:
    """Return the preferences that the account sets for all of its users."""
    return preferences.of_site(ctx.db, ctx.caller.site_id)


@command(Role.ALL, "write")
def set_global_preferences(ctx: Context, pref: Any, key: Annotated[str | None, Untyped] = None) -> bool:
    """Set preferences for all users of the account; null takes one back.

    pref: a map of preferences; with a key the value of that one
    key: name of the one preference
    """
    given = pref if key is None else {key: pref}
    if not isinstance(given, dict):
        raise Refused("Without a key, pref must be a map of preferences")
    preferences.set_of_site(ctx.db, _own_site(ctx), given)
    return True


@command(Role.ALL, "write")
def lock_global_preferences(ctx: Context, key: Annotated[str, Untyped]) -> bool:
    """Keep a preference of the account from being changed."""
    preferences.lock(ctx.db, _own_site(ctx), key)
    return True


@command(Role.ALL, "write")
def unlock_global_preferences(ctx: Context, key: Annotated[str, Untyped]) -> bool:
    """Let a preference of the account be changed again."""
    preferences.unlock(ctx.db, _own_site(ctx), key)
    return True


def _own_site(ctx: Context) -> int:
    """Return the account whose global preferences the caller may change."""
    if not ctx.role & Role.SITE:
        raise Refused("Global preferences belong to an account; its administrator sets them")
    return ctx.caller.site_id


def _loaded(ctx: Context, user_id: int) -> dict[str, Any]:
    loaded: dict[str, Any] = preferences.load(ctx.db, ctx.caller.site_id, user_id)
    return loaded
