"""The example of every emulated method, called as each role that may, and with wrong types."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from apnscp import modules
from apnscp.core.php_types import Kind
from apnscp.core.registry import REGISTRY, Command, Parameter
from apnscp.core.roles import Role
from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.store.schema import create
from apnscp.server.testing import EmulatedPanel, make_panel
from apnscp.wire.errors import FaultReceived
from apnscp.wire.soap.kinds import Rows
from tools.pages.examples import FOLDER, Call, Example, Nested, examples

modules.load_all()
EMULATED = REGISTRY.emulated()
MODULES = sorted({command.module for command in EMULATED})
CALLS = [
    pytest.param(command, role, id=f"{command.cli_name} {role.name.lower()}")
    for command in EMULATED
    for role in (Role.ADMIN, Role.SITE, Role.USER)
    if role.name and command.allows(role)
]
WRONG: dict[Kind, Any] = {
    Kind.BOOL: "maybe", Kind.INT: "many", Kind.FLOAT: "many", Kind.STR: ["x"], Kind.LIST: "text", Kind.MAP: "text",
    Kind.ARRAY: "text",
}  # fmt: skip
SERVICES = {"ftp": 1, "imap": 1, "smtp": 1, "cp": 1, "ssh": 1}


class World:
    """The panel of the examples, and a session for each role; None is the administrator's key."""

    def __init__(self, panel: EmulatedPanel) -> None:
        self.panel = panel
        panel.clock.freeze(datetime(2026, 3, 1, 12, tzinfo=UTC))
        panel.call("scope:set", "dns.default-provider", "builtin")
        values = {"siteinfo.plan": "basic", "billing.invoice": "INV-1", "siteinfo.email": "bob@example.org"}
        panel.call("admin:add-site", "example.com", "bob", values)
        bob = str(panel.call("admin:hijack", "example.com"))
        panel.call("user:add", "ann", "Sesame-0pens", "Ann Archer", 0, SERVICES, session=bob)
        self.sessions: dict[Role, str | None] = {
            Role.ADMIN: None,
            Role.SITE: bob,
            Role.USER: str(panel.call("admin:hijack", "example.com", "ann")),
        }

    def call(self, call: Call, role: Role | None = None) -> Any:
        """Make a call as its own role, or as another one."""
        arguments = [self.call(value.call) if isinstance(value, Nested) else value for value in call.args]
        return self.panel.call(call.command.name, *arguments, session=self.sessions[role or call.role])


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Give one panel to all examples that only read."""
    folder = tmp_path_factory.mktemp("examples")
    engine = open_engine(f"sqlite:///{folder / 'panel.db'}")
    create(engine)
    for panel in make_panel(engine, folder):
        yield World(panel)


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """Give the panel of the examples: a fresh one to those that write."""
    known = getattr(request.node, "callspec").params.get("command")  # noqa: B009 -- of parametrized tests alone
    if known is not None and reads(example(known)):
        return request.getfixturevalue("shared")  # type: ignore[no-any-return]
    return World(request.getfixturevalue("panel"))


def reads(shown: Example) -> bool:
    nested = any(isinstance(value, Nested) for value in shown.call.args)
    return shown.call.command.mode != "write" and not shown.before and not nested


def example(command: Command) -> Example:
    return examples(command.module)[command.method]


@pytest.mark.parametrize("module", MODULES)
def test_every_emulated_method_has_an_example_and_no_other_has(module: str) -> None:
    assert sorted(examples(module)) == sorted(command.method for command in EMULATED if command.module == module)


def test_every_table_of_examples_is_that_of_a_module() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == MODULES


@pytest.mark.parametrize(("command", "role"), CALLS)
def test_the_example_answers_what_is_declared(world: World, command: Command, role: Role) -> None:
    shown = example(command)
    for call in shown.before:
        world.call(call)
    if role is shown.call.role and shown.error is None:
        answer = world.call(shown.call)
        assert is_of(answer, command.shape), (command.shape, answer)
        assert not shown.constant or answer == shown.result
        return
    try:
        answer = world.call(shown.call, role)
    except FaultReceived as fault:
        assert fault.code == "Server"
        assert "Something went wrong inside" not in fault.text
        assert role is not shown.call.role or fault.text.startswith(str(shown.error))
    else:
        assert role is not shown.call.role
        assert is_of(answer, command.shape), (command.shape, answer)


def is_of(value: Any, kind: Any) -> bool:
    """Tell whether a value from the wire is of a declared type; a map without keys, or with 0, 1, 2 ..., comes as a list."""
    origin, inner = typing.get_origin(kind) or kind, typing.get_args(kind)
    if kind is Any or kind is Rows:
        return True
    if origin is typing.Union or isinstance(kind, types.UnionType):
        return any(is_of(value, each) for each in inner)
    if typing.is_typeddict(kind):
        hints = typing.get_type_hints(kind)
        taken = {} if value == [] else value
        known = isinstance(taken, dict) and kind.__required_keys__ <= taken.keys() <= hints.keys()
        return known and all(is_of(each, hints[name]) for name, each in taken.items())
    if origin is list:
        return isinstance(value, list) and all(is_of(each, (*inner, Any)[0]) for each in value)
    if origin is dict:
        taken = dict(enumerate(value)) if isinstance(value, list) else value
        key, each = inner or (Any, Any)
        return isinstance(taken, dict) and all(is_of(k, key) and is_of(v, each) for k, v in taken.items())
    return value is None if kind is type(None) else type(value) is kind


@pytest.mark.parametrize("module", MODULES)
def test_a_wrong_type_is_refused_by_the_name_of_the_parameter(world: World, module: str) -> None:
    for command in [command for command in EMULATED if command.module == module]:
        shown = example(command)
        for parameter, arguments in wrong(command, shown.call.args):
            with pytest.raises(FaultReceived) as caught:
                world.panel.call(command.name, *arguments, session=world.sessions[shown.call.role])
            assert caught.value.code == "Client", (command.cli_name, parameter.name)
            assert caught.value.text.startswith(f"Parameter `{parameter.name}' must be {parameter.type.kind.wanted}")


def wrong(command: Command, given: tuple[Any, ...]) -> Iterator[tuple[Parameter, list[Any]]]:
    """Go through the arguments of an example with one of them of a wrong type."""
    plain = ["x" if isinstance(value, Nested) else value for value in given]
    for place, parameter in enumerate(command.parameters):
        if parameter.type.kind in WRONG and not parameter.variadic:
            filled = [*plain, *[None] * len(command.parameters)][: len(command.parameters)]
            yield parameter, [WRONG[parameter.type.kind] if at == place else each for at, each in enumerate(filled)]
