"""Changes of an account's names by its own administrator: primary domain and user name (docs/panel.md, section 12)."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.panel_settings import PanelSettings
from apnscp.opcenter.access import credentials
from apnscp.opcenter.lifecycle import operations
from apnscp.opcenter.services import names
from apnscp.opcenter.services.host_names import follow_rename
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.settings.config import put
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.users import notices, people


def change_domain(ctx: Context, text: str) -> None:
    """Give the caller's account another primary domain; names of its servers follow.

    text: any case, with or without ``www.``
    Raises Refused for a domain that is malformed, the present one, or belongs to this or another account already.
    """
    _require_switch(ctx.settings, "allow_domain_change")
    site = records.own(ctx)
    domain = _free_domain(site, _domain(text))
    renamed = Metadata(follow_rename(site.metadata, site.domain, domain)).with_value("siteinfo", "domain", domain)
    after = operations.save(ctx, site, renamed)
    notices.account_changed(ctx, after, "Domain changed", f"{site.domain} is {domain} from now on.")


def change_username(ctx: Context, text: str) -> None:
    """Rename the administrator of the caller's account, or the panel's administrator; keys and sessions come along.

    Raises Refused for a name that is malformed, taken by an administrator anywhere or by a user here.
    """
    _require_switch(ctx.settings, "allow_username_change")
    name = _user_name(text)
    credentials.require_change(ctx, people.caller(ctx))
    if ctx.is_admin:
        _rename_panel_administrator(ctx, name)
        return
    site = records.own(ctx)
    if people.find(ctx.db, site.id, name) is not None:
        raise Refused("`%s' is a user of this account already", name)
    renamed = site.metadata.with_value("siteinfo", "admin_user", name)
    if renamed["mysql"]["dbaseadmin"] is not None:
        renamed = renamed.with_value("mysql", "dbaseadmin", name)
    after = operations.save(ctx, site, renamed)
    text = f"{site.admin_user} of {site.domain} is {name} from now on."
    notices.account_changed(ctx, after, "User name changed", text)


def _rename_panel_administrator(ctx: Context, name: str) -> None:
    if people.find(ctx.db, people.PANEL, name) is not None:
        raise Refused("`%s' is a user of the panel already", name)
    own, first = people.caller(ctx), people.first_of_panel(ctx.db)
    people.rename(ctx.db, own.id, name)
    if first is not None and first.id == own.id:
        put(ctx.db, "core.admin_user", name)


def _free_domain(site: Site, domain: str) -> str:
    if domain == site.domain:
        raise Refused("`%s' is the domain of this account already", domain)
    if domain in site.metadata.hosts:
        raise Refused("`%s' is an alias of this account; remove it from aliases,aliases first", domain)
    for own in sorted(site.metadata.hosts):
        if domain.endswith("." + own):
            raise Refused("`%s' is a subdomain of %s, which this account holds", domain, own)
    return domain


def _domain(text: str) -> str:
    try:
        return names.domain(text.strip().lower().removeprefix("www."))
    except ValueError:
        raise Refused("`%s' is not a domain", text) from None


def _user_name(text: str) -> str:
    try:
        return names.admin_user(text.strip().lower())
    except ValueError:
        raise Refused("`%s' is not %s", text, names.ADMIN_WORDS) from None


def _require_switch(settings: PanelSettings, name: str) -> None:
    if not settings.flag(f"auth.{name}"):
        raise Refused("This change is switched off ([auth] %s)", name)
