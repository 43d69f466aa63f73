"""Random lives of users, domains and jobs in two accounts, against a small model that knows nothing of the store.

25 examples on each database; `APNSCP_FUZZ=2000` runs that many, with fresh random numbers each time.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from apnscp.opcenter.aliases.tables import addon_domain_table
from apnscp.opcenter.crontab.tables import cron_job_table
from apnscp.opcenter.lifecycle import rooms
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.tables import host_table, site_table
from apnscp.opcenter.store.tables import fact_table
from apnscp.opcenter.store.transactions import writing
from apnscp.opcenter.users.tables import user_table
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import FaultReceived
from tests.opcenter.fuzzing import Impossible, need, run

HASH = "$6$rounds=5000$abcdefgh$" + "a" * 86
NAMES = ["ada", "bob", "uma", "vic", "wim"]
DOMAINS = [f"{name}.example" for name in ("ant", "bee", "cat", "dog")]
HOMES = ["/var/www/x", "/home/uma/x", "/home/vic/x"]
COMMANDS = ["date", "uptime"]
SITE, NAME, DOMAIN = st.sampled_from([1, 2]), st.sampled_from(NAMES), st.sampled_from(DOMAINS)


class Model:
    """What an account ought to be."""

    def __init__(self, domain: str, admin: str) -> None:
        self.domain, self.admin, self.suspended = domain, admin, False
        self.most: int | None = 500
        self.jobs: dict[str, list[str]] = {admin: []}
        self.held: list[str] = []
        self.paths: dict[str, str] = {}
        self.removed: dict[str, str] = {}
        """Document roots: of the domains that are wanted, and of those that wait to be removed."""

    @property
    def wanted(self) -> list[str]:
        return [name for name in self.held if name in self.paths] + [n for n in self.paths if n not in self.held]

    def follow(self, before: list[str]) -> None:
        """Follow a list that an edit gave: what is new is wanted, what went is not."""
        for name in before:
            if name not in self.held:
                self.paths.pop(name, None)
        for name in self.held:
            if name not in before:
                self.paths.setdefault(name, "/var/www/html")


class Lives(RuleBasedStateMachine):
    """Two accounts of one panel, made anew for each example."""

    panel: EmulatedPanel

    @initialize()
    def empty(self) -> None:
        with writing(self.panel.app.panel.engine) as db:
            db.execute(site_table.delete())
            db.execute(fact_table.delete().where(fact_table.c.name == "last_site_id"))
        self.models = {1: Model("one.example", "ada"), 2: Model("two.example", "bob")}
        self.sessions = {}
        for number, model in self.models.items():
            self.panel.call("admin:add-site", model.domain, model.admin)
            self.sessions[number] = self.panel.call("admin:hijack", f"site{number}")

    @rule(site=SITE, name=NAME)
    def add_user(self, site: int, name: str) -> None:
        def work(model: Model) -> None:
            need(name not in model.jobs and (model.most is None or len(model.jobs) < model.most))
            model.jobs[name] = []

        self.both(site, "user:add", (name.upper(), HASH, "", 0, {"password": "crypted", "ssh": 1}), work)

    @rule(site=SITE, name=NAME)
    def remove_user(self, site: int, name: str) -> None:
        def work(model: Model) -> None:
            need(name in model.jobs and name != model.admin)
            inside = [
                path.startswith(f"/home/{name}/") for paths in (model.paths, model.removed) for path in paths.values()
            ]
            need(not any(inside))
            del model.jobs[name]

        self.both(site, "user:delete", (name,), work)

    @rule(site=SITE, name=NAME, new=NAME)
    def rename_user(self, site: int, name: str, new: str) -> None:
        def work(model: Model) -> None:
            need(name in model.jobs and name != model.admin and new not in model.jobs)
            model.jobs = {new if each == name else each: jobs for each, jobs in model.jobs.items()}
            for paths in (model.paths, model.removed):
                for domain, path in paths.items():
                    paths[domain] = path.replace(f"/home/{name}/", f"/home/{new}/")

        self.both(site, "user:rename-user", (name, new), work)

    @rule(site=SITE, most=st.sampled_from([None, 1, 3]))
    def limit_users(self, site: int, most: int | None) -> None:
        self.edit(site, {"users.max": most}, lambda model: setattr(model, "most", most))

    @rule(site=SITE, name=NAME, cmd=st.sampled_from(COMMANDS))
    def add_job(self, site: int, name: str, cmd: str) -> None:
        def work(model: Model) -> None:
            need(name in model.jobs and cmd not in model.jobs[name] and not model.suspended)
            model.jobs[name].append(cmd)

        self.both(site, "crontab:add-raw", (f"@daily {cmd}", name), work)

    @rule(site=SITE, name=NAME, cmd=st.sampled_from(COMMANDS))
    def delete_job(self, site: int, name: str, cmd: str) -> None:
        def work(model: Model) -> None:
            need(cmd in model.jobs.get(name, []))
            model.jobs[name].remove(cmd)

        self.both(site, "crontab:delete-job", ("@daily", "", "", "", "", cmd, name), work)

    @rule(site=SITE, domain=DOMAIN, path=st.sampled_from(HOMES))
    def add_domain(self, site: int, domain: str, path: str) -> None:
        def work(model: Model) -> None:
            other = self.models[3 - site]
            waits = domain in other.paths and domain not in other.held
            need(domain not in model.paths and domain not in other.held and not waits)
            model.removed.pop(domain, None)
            model.paths[domain] = path

        self.both(site, "aliases:add-domain", (domain, path), work)

    @rule(site=SITE, domain=DOMAIN)
    def remove_domain(self, site: int, domain: str) -> None:
        def work(model: Model) -> None:
            need(domain in model.paths)
            path = model.paths.pop(domain)
            if domain in model.held:
                model.removed[domain] = path

        self.both(site, "aliases:remove-domain", (domain,), work)

    @rule(site=SITE)
    def synchronize(self, site: int) -> None:
        def work(model: Model) -> None:
            need(not model.suspended and not set(model.wanted) & set(self.models[3 - site].held))
            model.held = model.wanted
            model.removed.clear()

        self.both(site, "aliases:synchronize-changes", (), work)

    @rule(site=SITE, aliases=st.lists(DOMAIN, max_size=2, unique=True))
    def set_aliases(self, site: int, aliases: list[str]) -> None:
        def work(model: Model) -> None:
            need(not set(aliases) & set(self.models[3 - site].held))
            before, model.held = model.held, aliases
            model.follow(before)
            for name in [name for name in model.removed if name not in aliases]:
                del model.removed[name]

        self.edit(site, {"aliases.aliases": aliases}, work)

    @rule(site=SITE, on=st.booleans())
    def suspend(self, site: int, on: bool) -> None:
        self.panel.call("admin:deactivate-site" if on else "admin:activate-site", f"site{site}")
        self.models[site].suspended = on

    def edit(self, site: int, options: dict[str, Any], work: Callable[[Model], None]) -> None:
        self.both(site, "admin:edit-site", (f"site{site}", options), work)

    def both(self, site: int, command: str, arguments: tuple[Any, ...], work: Callable[[Model], None]) -> None:
        """Call the panel and the model; they agree on success."""
        before = copy.deepcopy(self.models)
        try:
            work(self.models[site])
            expected = True
        except Impossible:
            self.models, expected = before, False
        session = None if command.startswith("admin:") else self.sessions[site]
        try:
            succeeded = self.panel.call(command, *arguments, session=session) is True
        except FaultReceived as fault:
            assert fault.text
            succeeded = False
        assert succeeded == expected, (command, arguments, self.panel.messages)

    @invariant()
    def the_panel_is_as_the_model(self) -> None:
        for site, model in self.models.items():
            assert list(self.seen(site, "user:get-users")) == sorted(model.jobs)
            assert self.seen(site, "user:get-user-count") == {"users": len(model.jobs), "max": model.most}
            assert self.seen(site, "crontab:list-users") == sorted(name for name, jobs in model.jobs.items() if jobs)
            assert self.seen(site, "aliases:list-aliases") == model.held
            assert (self.seen(site, "aliases:list-shared-domains") or {}) == {
                name: model.paths[name].rstrip("/") + "/" for name in model.wanted
            }

    def seen(self, site: int, command: str) -> Any:
        return self.panel.call(command, session=self.sessions[site])

    @invariant()
    def the_store_holds_what_is_there_and_counts_it(self) -> None:
        with self.panel.inside() as ctx:
            for site, model in self.models.items():
                found = rooms.counts(ctx.db, records.load(ctx.db, site))
                assert found["users", "max"] == len(model.jobs)
                assert found["aliases", "max"] == len(model.wanted)
            jobs = ctx.db.execute(select(func.count()).select_from(cron_job_table)).scalar_one()
            hosts = set(ctx.db.execute(select(host_table.c.name)).scalars())
            rows = ctx.db.execute(select(user_table.c.id).where(user_table.c.site_id.is_not(None))).all()
            kept = set(map(tuple, ctx.db.execute(select(addon_domain_table.c.site_id, addon_domain_table.c.name))))
        assert jobs == sum(len(each) for model in self.models.values() for each in model.jobs.values())
        assert len(rows) == sum(len(model.jobs) for model in self.models.values())
        assert hosts == {name for model in self.models.values() for name in (model.domain, *model.held)}
        known = {(n, name) for n, model in self.models.items() for name in (*model.held, *model.paths)}
        assert kept <= known


def test_random_lives_of_people_agree_with_the_model(each_panel: EmulatedPanel) -> None:
    run(Lives, each_panel, examples=25, steps=14)
