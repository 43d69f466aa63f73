from __future__ import annotations

from typing import Any

import pytest

from apnscp.core.context import Context
from apnscp.core.errors import UnknownMethod
from apnscp.core.php_types import Kind, Type
from apnscp.core.registry import Registry, describe
from apnscp.core.roles import Role


def sample(
    ctx: Context, site: str, opts: list[Any] | dict[str, Any] = {}, limit: int | None = None, *more: str
) -> bool:
    """Do something.

    site: which
    """
    return True


def backend(ctx: Context) -> str:
    """Answer the back end."""
    return ""


def test_types_defaults_and_nullability_come_from_the_annotations() -> None:
    described = describe(sample, Role.ADMIN, "write")
    assert [(p.name, p.type, p.required, p.variadic) for p in described.parameters] == [
        ("site", Type(Kind.STR), True, False),
        ("opts", Type(Kind.ARRAY), False, False),
        ("limit", Type(Kind.INT, nullable=True), False, False),
        ("more", Type(Kind.STR), False, True),
    ]
    assert described.returns == Type(Kind.BOOL)
    assert described.doc == "Do something.\n\nsite: which"


def test_a_parameter_is_shown_as_the_reflection_of_php_prints_it() -> None:
    described = describe(sample, Role.ADMIN, "write")
    assert [parameter.php() for parameter in described.parameters] == [
        "string $site", "array $opts", "?int $limit", "string ...$more"
    ]  # fmt: skip


def test_a_method_is_found_by_either_spelling_in_any_case() -> None:
    registry = Registry()
    described = describe(sample, Role.ADMIN, "read")
    registry.add(described)
    module = described.module
    for spelling in (f"{module}_sample", f"{module}:sample", f"{module.upper()}_SAMPLE", f"{module}-sample"):
        assert registry.find(spelling) is described


def test_an_unknown_method_is_refused_in_the_words_of_php() -> None:
    with pytest.raises(UnknownMethod) as caught:
        Registry().find("nothing_here")
    assert caught.value.text == "Procedure 'nothing_here' not present"


def test_a_method_cannot_be_registered_twice() -> None:
    registry = Registry()
    registry.add(describe(sample, Role.ADMIN, "read"))
    with pytest.raises(ValueError, match="registered twice"):
        registry.add(describe(sample, Role.ADMIN, "read"))


@pytest.mark.parametrize(
    ("named", "caller", "allowed"),
    [
        (Role.ADMIN, Role.ADMIN, True),
        (Role.ADMIN, Role.SITE, False),
        (Role.SITE | Role.USER, Role.USER, True),
        (Role.ADMIN | Role.SERVER_EXEC, Role.ADMIN, False),
        (Role.SITE | Role.EXTAUTH, Role.SITE, False),
        (Role.SITE | Role.EXTAUTH, Role.SITE | Role.EXTAUTH, True),
        (Role.NONE, Role.ADMIN, False),
    ],
)
def test_roles_decide_who_may_call(named: Role, caller: Role, allowed: bool) -> None:
    assert describe(backend, named, "read").allows(caller) is allowed
