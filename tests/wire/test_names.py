from __future__ import annotations

import pytest

from apnscp.wire.soap import names


@pytest.mark.parametrize("name", ["admin:edit-site", "admin_edit_site", "admin:edit_site", " Admin:Edit-Site"])
def test_every_spelling_of_a_method_has_one_canonical_and_one_cli_name(name: str) -> None:
    assert names.canonical(name) == "admin_edit_site"
    assert names.cli_name(name) == "admin:edit-site"
