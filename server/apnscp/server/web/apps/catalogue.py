"""Every app that billing modules link to: those with a page of their own, and what the others would be."""

from __future__ import annotations

from typing import NamedTuple

from apnscp.core.roles import Role
from apnscp.server.web.apps import (
    bandwidthbd,
    changemysql,
    crontab,
    domainmanager,
    mailboxroutes,
    subdomains,
    usermanage,
    vacation,
    whitelist,
)
from apnscp.server.web.visitors import Visitor

APPS = {
    app.name: app
    for app in (
        usermanage.APP, mailboxroutes.APP, vacation.APP, domainmanager.APP, subdomains.APP, changemysql.APP, crontab.APP,
        bandwidthbd.APP, whitelist.APP,
    )
}  # fmt: skip
"""The apps over state that this server keeps, in the order in which they are shown."""


class Described(NamedTuple):
    """An app over what this server does not have: its name, its title, and what the panel shows there."""

    name: str
    title: str
    about: str
    roles: Role


_INNER = Role.SITE | Role.USER
DESCRIBED = {
    app.name: app
    for app in (
        Described("filemanager", "Files", "the files of the account, to upload, edit, move and unpack", _INNER),
        Described("phpmyadmin", "phpMyAdmin", "the tables of the account’s MySQL databases", _INNER),
        Described("webapps", "Web applications", "applications such as WordPress, to install and update", Role.SITE),
        Described("terminal", "Terminal", "a shell in the browser, as the user who is signed on", _INNER),
    )
}  # fmt: skip
"""The apps that have nothing to show here: no files, tables, applications or shells exist."""


class Link(NamedTuple):
    """A link to an app."""

    name: str
    title: str
    about: str


def open_to(visitor: Visitor) -> list[Link]:
    """Return links to the apps that are open to a user, those with a page first."""
    own = [Link(app.name, app.title, app.about) for app in APPS.values() if visitor.may(app.opens)]
    others = [app for app in DESCRIBED.values() if app.roles & visitor.caller.role]
    return own + [Link(app.name, app.title, "not emulated") for app in others]
