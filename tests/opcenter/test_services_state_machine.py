"""Random lives of subdomains, records, mailboxes and databases in two accounts, against a model that knows nothing of the store.

12 examples on each database; `APNSCP_FUZZ=2000` runs that many, with fresh random numbers each time.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from apnscp.opcenter.databases.tables import database_table
from apnscp.opcenter.dns import zones
from apnscp.opcenter.dns.tables import record_table
from apnscp.opcenter.lifecycle import rooms
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import find_one
from apnscp.opcenter.sites.tables import site_table
from apnscp.opcenter.store.transactions import writing
from apnscp.opcenter.web.tables import subdomain_table
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import FaultReceived
from tests.opcenter.fuzzing import Impossible, need, run

HASH = "$6$rounds=5000$abcdefgh$" + "a" * 86
USERS = ["uma", "vic"]
DOMAINS = [f"{name}.example" for name in ("ant", "bee", "cat")]
PATHS = ["/var/www/x", "/home/uma/x", "/home/vic/x"]
PREFIXES = {"one": "one_", "two": "one_two_"}
"""Prefixes of which one begins the other, so that two accounts can want the same database."""
ACCOUNT, USER, PLACE = st.sampled_from(["one", "two"]), st.sampled_from(USERS), st.integers(0, 4)
LABEL, LOCAL = st.sampled_from(["shop", "uma", "vic"]), st.sampled_from(["uma", "sales", ""])
ADDRESS, MOST = st.sampled_from(["198.51.100.1", "198.51.100.2"]), st.sampled_from([None, 1, 3])


class Model:
    """What an account ought to be."""

    def __init__(self, name: str) -> None:
        self.name, self.domain, self.admin, self.prefix = name, f"{name}.example", f"admin{name}", PREFIXES[name]
        self.aliases: list[str] = []
        self.users: set[str] = set()
        self.subdomains: dict[str, str] = {}
        self.records: set[tuple[str, str, str]] = set()
        self.boxes = {(self.admin, self.domain): self.admin, ("postmaster", self.domain): self.admin}
        self.deaf: set[str] = set()
        self.lists: set[str] = set()
        self.databases: set[str] = set()
        self.most_subdomains: int | None = None
        self.most_databases: int | None = None

    @property
    def hosts(self) -> list[str]:
        return [self.domain, *sorted(self.aliases)]

    @property
    def receiving(self) -> list[str]:
        rest = sorted({*self.hosts, *self.lists} - self.deaf - {self.domain})
        return [self.domain] * (self.domain not in self.deaf) + rest

    def database(self, name: str) -> str:
        return name if name.startswith(self.prefix) else self.prefix + name

    def move(self, old: str, new: str | None) -> None:
        """Let what is at a domain be at another one, or nowhere."""

        def moved(name: str) -> str | None:
            if name != old and not name.endswith(f".{old}"):
                return name
            return None if new is None else name.removesuffix(old) + new

        self.subdomains = {to: path for name, path in self.subdomains.items() if (to := moved(name))}
        self.records = {(to, name, address) for zone, name, address in self.records if (to := moved(zone))}
        self.boxes = {(local, to): user for (local, domain), user in self.boxes.items() if (to := moved(domain))}
        self.deaf, self.lists = ({to for name in names if (to := moved(name))} for names in (self.deaf, self.lists))


class Lives(RuleBasedStateMachine):
    """Two accounts of one panel, made anew for each example."""

    panel: EmulatedPanel

    @initialize()
    def empty(self) -> None:
        with writing(self.panel.app.panel.engine) as db:
            db.execute(site_table.delete())
        self.panel.call("scope:set", "dns.default-provider", "builtin")
        self.models, self.sessions = dict[str, Model](), dict[str, str]()
        for name in PREFIXES:
            self.make(name)

    def make(self, name: str) -> None:
        model = self.models[name] = Model(name)
        options = {"mysql.dbaseprefix": model.prefix, "mysql.dbaseadmin": model.admin, "apache.subnum": None}
        self.panel.call("admin:add-site", model.domain, model.admin, options)
        self.sessions[name] = self.panel.call("admin:hijack", model.domain)

    def host(self, account: str, place: int) -> str:
        """Return a domain: of the account by its place, or of the other one."""
        names = [*self.models[account].hosts, self.models["two" if account == "one" else "one"].domain]
        return names[place % len(names)]

    @rule(account=ACCOUNT)
    def delete_and_make_anew(self, account: str) -> None:
        held = {domain for other in self.models.values() if other.name != account for domain in other.hosts}
        if f"{account}.example" not in held:
            self.panel.call("admin:delete-site", self.models[account].domain)
            self.make(account)

    @rule(account=ACCOUNT, on=st.booleans())
    def suspend(self, account: str, on: bool) -> None:
        self.panel.call("admin:deactivate-site" if on else "admin:activate-site", self.models[account].domain)

    @rule(account=ACCOUNT, domain=st.sampled_from(DOMAINS))
    def rename(self, account: str, domain: str) -> None:
        if domain in self.models[account].aliases:
            return

        def work(model: Model) -> None:
            need(all(domain not in other.hosts or other is model for other in self.models.values()))
            model.move(model.domain, domain)
            model.domain = domain

        self.edit(account, {"siteinfo.domain": domain}, work)

    @rule(account=ACCOUNT, aliases=st.lists(st.sampled_from(DOMAINS), max_size=2, unique=True))
    def set_aliases(self, account: str, aliases: list[str]) -> None:
        if self.models[account].domain in aliases:
            return

        def work(model: Model) -> None:
            need(all(not set(aliases) & set(other.hosts) for other in self.models.values() if other is not model))
            for gone in set(model.aliases) - set(aliases):
                model.move(gone, None)
            model.aliases = aliases

        self.edit(account, {"aliases.aliases": aliases}, work)

    @rule(account=ACCOUNT, name=USER, imap=st.sampled_from([0, 1]))
    def add_user(self, account: str, name: str, imap: int) -> None:
        def work(model: Model) -> None:
            need(name not in model.users)
            model.users.add(name)
            if imap and model.domain in model.receiving:
                model.boxes.setdefault((name, model.domain), name)

        self.both(account, "user:add", (name, HASH, "", 0, {"password": "crypted", "imap": imap}), work)

    @rule(account=ACCOUNT, name=USER)
    def remove_user(self, account: str, name: str) -> None:
        def work(model: Model) -> None:
            inside = [host for host, path in sorted(model.subdomains.items()) if path.startswith(f"/home/{name}/")]
            own = [host for host in inside if host.partition(".")[0] == name][:1]
            need(name in model.users and inside == own)
            model.users.remove(name)
            model.boxes = {address: user for address, user in model.boxes.items() if user != name}
            for host in own:
                del model.subdomains[host]

        self.both(account, "user:delete", (name,), work)

    @rule(account=ACCOUNT, label=LABEL, place=st.none() | PLACE, path=st.sampled_from(PATHS))
    def add_subdomain(self, account: str, label: str, place: int | None, path: str) -> None:
        domain = None if place is None else self.host(account, place)
        name = label if domain is None else f"{label}.{domain}"

        def work(model: Model) -> None:
            full = model.most_subdomains is not None and len(model.subdomains) >= model.most_subdomains
            need((domain is None or domain in model.hosts) and name not in model.subdomains and not full)
            model.subdomains[name] = path

        self.both(account, "web:add-subdomain", (name, path), work)

    @rule(account=ACCOUNT, place=st.integers(0, 5))
    def remove_subdomain(self, account: str, place: int) -> None:
        names = [*sorted(self.models[account].subdomains), "none"]
        name = names[place % len(names)]
        self.both(account, "web:remove-subdomain", (name,), lambda model: void(model.subdomains.pop(name, None)))

    @rule(account=ACCOUNT, place=PLACE, label=st.sampled_from(["app", "api"]), address=ADDRESS)
    def add_record(self, account: str, place: int, label: str, address: str) -> None:
        record = (self.host(account, place), label, address)

        def work(model: Model) -> None:
            need(record[0] in model.hosts and record not in model.records)
            model.records.add(record)

        self.both(account, "dns:add-record", (record[0], label, "A", address), work)

    @rule(account=ACCOUNT, place=PLACE, label=st.sampled_from(["app", "api"]), address=ADDRESS)
    def remove_record(self, account: str, place: int, label: str, address: str) -> None:
        record = (self.host(account, place), label, address)

        def work(model: Model) -> None:
            need(record in model.records)
            model.records.remove(record)

        self.both(account, "dns:remove-record", (record[0], label, "A", address), work)

    @rule(account=ACCOUNT, local=LOCAL, place=PLACE, user=USER)
    def add_mailbox(self, account: str, local: str, place: int, user: str) -> None:
        domain = self.host(account, place)

        def work(model: Model) -> None:
            need(domain in model.receiving and user in model.users and (local, domain) not in model.boxes)
            model.boxes[local, domain] = user

        self.both(account, "email:add-mailbox", (local, domain, user), work)

    @rule(account=ACCOUNT, local=LOCAL, place=PLACE)
    def remove_mailbox(self, account: str, local: str, place: int) -> None:
        domain = self.host(account, place)

        def work(model: Model) -> None:
            need((local, domain) in model.boxes)
            del model.boxes[local, domain]

        self.both(account, "email:delete-mailbox", (local, domain), work)

    @rule(account=ACCOUNT, place=PLACE, label=st.sampled_from(["", "lists"]))
    def add_transport(self, account: str, place: int, label: str) -> None:
        parent = self.host(account, place)
        domain = f"{label}.{parent}" if label else parent

        def work(model: Model) -> None:
            need(parent in model.hosts and domain not in model.receiving)
            model.deaf.discard(domain)
            model.lists |= {domain} - set(model.hosts)

        self.both(account, "email:add-virtual-transport", (parent, label), work)

    @rule(account=ACCOUNT, place=PLACE, label=st.sampled_from(["", "lists."]))
    def remove_transport(self, account: str, place: int, label: str) -> None:
        domain = label + self.host(account, place)

        def work(model: Model) -> None:
            need(domain in model.receiving)
            model.deaf |= {domain} & set(model.hosts)
            model.lists.discard(domain)

        self.both(account, "email:remove-virtual-transport", (domain,), work)

    @rule(account=ACCOUNT, name=st.sampled_from(["x", "y", "two_x"]))
    def create_database(self, account: str, name: str) -> None:
        def work(model: Model) -> None:
            full = model.most_databases is not None and len(model.databases) >= model.most_databases
            need(not full and all(model.database(name) not in other.databases for other in self.models.values()))
            model.databases.add(model.database(name))

        self.both(account, "mysql:create-database", (name,), work)

    @rule(account=ACCOUNT, name=st.sampled_from(["x", "y", "two_x"]))
    def delete_database(self, account: str, name: str) -> None:
        def work(model: Model) -> None:
            need(model.database(name) in model.databases)
            model.databases.remove(model.database(name))

        self.both(account, "mysql:delete-database", (name,), work)

    @rule(account=ACCOUNT, subdomains=MOST, databases=MOST)
    def limit(self, account: str, subdomains: int | None, databases: int | None) -> None:
        def work(model: Model) -> None:
            model.most_subdomains, model.most_databases = subdomains, databases

        self.edit(account, {"apache.subnum": subdomains, "mysql.dbasenum": databases}, work)

    def edit(self, account: str, options: dict[str, Any], work: Callable[[Model], None]) -> None:
        self.both(account, "admin:edit-site", (self.models[account].domain, options), work)

    def both(self, account: str, command: str, arguments: tuple[Any, ...], work: Callable[[Model], None]) -> None:
        """Call the panel and the model; they agree on success."""
        before = copy.deepcopy(self.models)
        try:
            work(self.models[account])
            expected = True
        except Impossible:
            self.models, expected = before, False
        session = None if command.startswith("admin:") else self.sessions[account]
        try:
            succeeded = self.panel.call(command, *arguments, session=session) is True
        except FaultReceived as fault:
            assert fault.text
            succeeded = False
        assert succeeded == expected, (command, arguments, self.panel.messages)

    def seen(self, account: str, command: str) -> Any:
        return self.panel.call(command, session=self.sessions[account])

    @invariant()
    def the_panel_is_as_the_model(self) -> None:
        for account, model in self.models.items():
            assert (self.seen(account, "web:list-subdomains") or {}) == model.subdomains
            boxes = self.seen(account, "email:list-mailboxes")
            assert {(row["user"], row["domain"]): row["mailbox"] for row in boxes} == {
                address: f"/home/{user}/Mail/" for address, user in model.boxes.items()
            }
            assert self.seen(account, "email:list-virtual-transports") == model.receiving
            assert self.seen(account, "mysql:list-databases") == sorted(model.databases)

    @invariant()
    def zones_hold_what_follows_from_the_account_and_what_was_added(self) -> None:
        with self.panel.inside() as ctx:
            for model in self.models.values():
                for host in model.hosts:
                    found = zones.contents(ctx, zones.look_up(ctx, host))
                    names = {record.name: record.rr for record in found}
                    mailing = {f"{each.name}.{host}".removeprefix(".") for each in found if each.rr == "MX"}
                    own = {each for each in model.receiving if each == host or each.endswith(f".{host}")}
                    assert mailing == own
                    assert {(host, each.name, each.parameter) for each in found if each.name in ("app", "api")} == {
                        record for record in model.records if record[0] == host
                    }
                    local = {name for name in model.subdomains if "." not in name or name.endswith(f".{host}")}
                    assert {name.partition(".")[0] for name in local} <= names.keys()

    @invariant()
    def the_store_holds_what_is_there_and_counts_it(self) -> None:
        with self.panel.inside() as ctx:
            for model in self.models.values():
                held = rooms.counts(ctx.db, records.load(ctx.db, find_one(ctx.db, model.domain) or 0))
                assert held["apache", "subnum"] == len(model.subdomains)
                assert held["mysql", "dbasenum"] == len(model.databases)
                assert held["users", "max"] == 1 + len(model.users)
            stored = [
                ctx.db.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (subdomain_table, record_table, database_table)
            ]
        models = self.models.values()
        assert stored == [
            sum(len(model.subdomains) for model in models),
            sum(len(model.records) for model in models),
            sum(len(model.databases) for model in models),
        ]


def void(_: object) -> None:
    """Take a value and give none."""


def test_random_lives_of_services_agree_with_the_model(each_panel: EmulatedPanel) -> None:
    run(Lives, each_panel, examples=12, steps=16)
