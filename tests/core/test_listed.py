"""Methods that are listed only: the notation of their table, and what the table holds."""

from __future__ import annotations

import pytest

from apnscp import modules
from apnscp.core.listed import listed, parameters_of, roles_of, type_named
from apnscp.core.php_types import Kind, Type
from apnscp.core.registry import NO_DEFAULT, Command, Parameter, Registry
from apnscp.core.roles import Role

ROW = {
    "module": "php", "method": "pool_info", "parameters": 'string $pool = ""', "returns": "array", "roles": "site",
    "origin": "newer", "deprecated": "",
}  # fmt: skip
BACK_END = {
    "aliases:add-domain-backend", "auth:verify-password", "common:get-current-services", "common:get-new-services",
    "common:get-old-services", "common:save-service-information-backend", "dns:add-zone-backend",
    "dns:remove-zone-backend", "email:create-maildir-backend", "email:get-spool-size-backend", "file:chmod-backend",
    "file:delete-backend", "file:fix-apache-perms-backend", "file:get-directory-contents-backend",
    "file:get-file-contents-backend", "file:put-file-contents-backend", "file:shadow-buildup-backend",
    "file:stat-backend", "majordomo:create-mailing-list-backend", "mysql:assert-permissions",
    "mysql:create-database-backend", "mysql:delete-database-backend", "mysql:export-pipe-real",
    "mysql:get-elevated-password-backend", "pgsql:export-pipe-real", "pgsql:get-elevated-password-backend",
    "pgsql:prep-tablespace-backend", "pgsql:vacuum-backend", "sql:assert-mysql-permissions",
    "sql:export-mysql-pipe-real", "verco:create-cvs-repository-backend", "verco:create-svn-repository-backend",
    "verco:delete-cvs-repository-backend", "verco:delete-svn-repository-backend", "verco:enable-cvs-backend",
    "verco:enable-svn-backend", "web:add-subdomain-raw",
}  # fmt: skip


def test_parameters_have_types_defaults_nullability_and_dots() -> None:
    text = 'string $host, ?string $path = null, array $opts = [], string $glob = "{a, b}", int $ttl = -1, ...$args'
    assert list(parameters_of(text)) == [
        Parameter("host", Type(Kind.STR), NO_DEFAULT),
        Parameter("path", Type(Kind.STR, nullable=True), None),
        Parameter("opts", Type(Kind.ARRAY), []),
        Parameter("glob", Type(Kind.STR), "{a, b}"),
        Parameter("ttl", Type(Kind.INT), -1),
        Parameter("args", Type(Kind.MIXED, nullable=True), variadic=True),
    ]
    assert list(parameters_of("")) == []


def test_a_type_that_only_comments_tell_takes_any_value() -> None:
    assert [parameter.type for parameter in parameters_of("@string $user, $password")] == [
        Type(Kind.MIXED, nullable=True)
    ] * 2


@pytest.mark.parametrize("text", ["string host", "string $a string $b", "String $a", "string $a = {"])
def test_parameters_that_cannot_be_read_are_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        list(parameters_of(text))


def test_a_type_or_role_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="Unknown type `resource'; there are string, int"):
        type_named("resource")
    with pytest.raises(ValueError, match="Unknown role `root'; there are admin, site and user"):
        roles_of("site,root")


def test_a_row_is_a_method_that_is_not_emulated() -> None:
    method = listed(ROW, "PHP")
    assert (method.cli_name, method.roles, method.returns) == ("php:pool-info", Role.SITE, Type(Kind.ARRAY))
    assert (method.emulated, method.deprecated, method.doc) == (False, False, "PHP. Not emulated.")


def test_a_function_wins_over_a_row_whichever_comes_first() -> None:
    row = listed(ROW, "PHP")
    real = Command("php", "pool_info", lambda ctx: {}, Role.SITE, "read", (), Type(Kind.MAP), "Tell.")
    first, second = Registry(), Registry()
    first.know([row])
    first.add(real)
    second.add(real)
    second.know([row])
    assert first.find("php:pool-info") is second.find("php:pool-info") is real
    assert first.emulated() == second.emulated() == [real]
    with pytest.raises(ValueError, match="php_pool_info is registered twice"):
        first.add(real)


def test_the_table_holds_every_method_of_the_catalogue_once_with_a_subject_for_each_module() -> None:
    names = [command.name for command in modules.catalogue()]
    assert len(names) == len(set(names)) == 1121
    assert {command.module for command in modules.catalogue()} == set(modules.subjects())


def test_methods_that_only_the_back_end_may_call_are_absent() -> None:
    assert not {command.cli_name for command in modules.catalogue()} & BACK_END
    assert len(BACK_END) == 37


def test_every_method_of_a_module_file_takes_the_place_of_its_row() -> None:
    modules.load_all()
    from apnscp.core.registry import REGISTRY

    emulated = {command.name for command in REGISTRY.emulated()}
    assert {"admin_add_site", "scope_get", "rampart_temp"} <= emulated
    assert len(REGISTRY) >= 1121
    assert "telemetry_metrics" not in emulated
