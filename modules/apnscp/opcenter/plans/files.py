"""The files of a plan: a folder per plan, in it an ini file per service with one section ``[DEFAULT]``."""

from __future__ import annotations

import configparser
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from apnscp.core import atomic_files
from apnscp.core.errors import Refused
from apnscp.opcenter.services.rules import StoredValue, is_null
from apnscp.opcenter.services.values import Values, normalise, require

_SERVICE = re.compile(r"[a-z0-9_]{1,32}", re.ASCII)
_BARE = re.compile(r"[A-Za-z0-9_.@:/+-]+", re.ASCII)
_LARGEST = 64 * 1024


def texts(folder: Path) -> dict[str, dict[str, str]]:
    """Return what the files of a plan say, service by service, as text; Refused for a file that cannot be read."""
    paths = sorted(path for path in folder.iterdir() if _is_service_file(path))
    return {_service(path): _section(path) for path in paths}


def _is_service_file(path: Path) -> bool:
    """Take ``diskquota`` as the panel has it and ``diskquota.ini`` as editors like it."""
    return path.suffix in ("", ".ini") and bool(_SERVICE.fullmatch(_service(path))) and path.is_file()


def _service(path: Path) -> str:
    return path.name.removesuffix(".ini")


def _section(path: Path) -> dict[str, str]:
    parser = configparser.RawConfigParser(
        default_section="", delimiters=("=",), comment_prefixes=(";", "#"), empty_lines_in_values=False
    )
    # the documented way to keep the case of names; typeshed knows only the method that it replaces
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(_content(path), source=path.name)
    except configparser.Error as error:
        raise Refused("File %s: %s", path.name, " ".join(str(error).split())) from error
    return dict(parser["DEFAULT"]) if parser.has_section("DEFAULT") else {}


def _content(path: Path) -> str:
    if path.stat().st_size > _LARGEST:
        raise Refused("File %s is larger than %d bytes", path.name, _LARGEST)
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("File %s is not UTF-8 text", path.name) from error


def value_of(service: str, parameter: str, text: str) -> StoredValue:
    """Return the stored form of a value in a plan file; a required one may be null: each site brings its own."""
    unquoted = _unquoted(text.strip())
    if require(service, parameter).required and (is_null(unquoted) or not unquoted):
        return None
    return normalise(service, parameter, unquoted)


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def read(folder: Path) -> Values:
    """Return the values of a plan's own files; Refused for an unknown service or parameter or a bad value."""
    try:
        return {
            service: {name: value_of(service, name, text) for name, text in section.items()}
            for service, section in texts(folder).items()
        }
    except Refused as error:
        raise Refused("Plan `%s': %s", folder.name, error.text) from error


def problems(folder: Path) -> list[str]:
    """Return a sentence for each entry of a plan's own files that cannot be used."""
    try:
        sections = texts(folder)
    except Refused as error:
        return [error.text]
    found = []
    for service, section in sections.items():
        for name, text in section.items():
            try:
                value_of(service, name, text)
            except Refused as error:
                found.append(error.text)
    return found


def write(folder: Path, values: Values) -> None:
    """Write one file for each service of `values` into `folder`; a file is replaced as a whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for service, parameters in values.items():
        path = folder / service
        atomic_files.write(path, _ini(parameters).encode(), 0o666)
        path.with_name(f"{service}.ini").unlink(missing_ok=True)


def _ini(parameters: Mapping[str, StoredValue]) -> str:
    return "[DEFAULT]\n" + "".join(f"{name} = {_text(value)}\n" for name, value in parameters.items())


def _text(value: Any) -> str:
    if value is None:
        return "None"
    if isinstance(value, list):
        return "[" + ",".join(_quoted(str(member)) for member in value) + "]"
    if isinstance(value, dict):
        raise Refused("A plan cannot hold an array with keys; name it as `keyring:NAME'")
    text = str(value)
    return text if _BARE.fullmatch(text) and text not in ("None", "null") else _quoted(text)


def _quoted(text: str) -> str:
    if not text.isprintable():
        raise Refused("A plan cannot hold text of several lines")
    return "'" + re.sub(r"(['\\])", r"\\\1", text) + "'"
