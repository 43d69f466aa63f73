"""Addresses that the firewall lets through: an account's own, or the panel's list for its administrator."""

from __future__ import annotations

from typing import Any

from apnscp.core.context import Context
from apnscp.opcenter.firewall import bans, delegation
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store.transactions import View
from apnscp.server.web.apps.app import Action, App, Request


def _facts(request: Request) -> dict[str, Any]:
    visitor = request.visitor
    banned = visitor.call("rampart:is-banned").value
    told = {
        "here_address": visitor.caller.ip,
        "banned": banned,
        "services": visitor.call("rampart:banned-services").value,
    }
    with View(request.gate.panel.engine) as view:
        ctx = request.gate.context(view.db, visitor)
        return told | (_of_panel(ctx) if visitor.site is None else _of_account(ctx, visitor.site))


def _of_account(ctx: Context, site: Site) -> dict[str, Any]:
    lasting = [{"address": each, "until": None} for each in delegation.entries_of(site)]
    return {
        "entries": lasting + [{"address": each, "until": until} for each, until in delegation.on_loan(ctx, site.id)],
        "enabled": site.metadata.enabled("rampart"),
        "most": delegation.most_entries(ctx, site),
    }


def _of_panel(ctx: Context) -> dict[str, Any]:
    entries = [{"address": each, "until": None} for each in bans.listed(ctx, bans.WHITELIST)]
    return {"entries": entries, "enabled": True, "most": -1}


APP = App(
    "whitelist", "Whitelist", "addresses that the firewall lets through", "rampart:whitelist", _facts,
    {
        "add": Action("rampart:whitelist", lambda form: [form.get("ip", "").strip() or None, "add"], "{ip} is let through."),
        "remove": Action("rampart:whitelist", lambda form: [form.get("ip", ""), "remove"], "{ip} is not let through any more."),
        "lend": Action(
            "rampart:temp", lambda form: [form.get("ip", "").strip() or None, form.get("seconds") or 7200],
            "The address is let through for a while.",
        ),
        "unban": Action("rampart:unban", lambda form: [], "Your address is not banned any more."),
    },
)  # fmt: skip
