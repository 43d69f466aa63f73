"""The scripts that make a shell ask the commands for completion, and ``cpcmd completion``, which prints them."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from apnscp.client.shell.connection_options import HELP

SHELLS = ("bash", "zsh", "fish")
PROGRAMS = (
    "cpcmd",
    "AddDomain",
    "EditDomain",
    "DeleteDomain",
    "SuspendDomain",
    "ActivateDomain",
    "get_config",
    "get_site",
    "get_site_id",
)
BASH = r"""
# bash cuts words at the colon; here module:method is one word again. COMP_WORDBREAKS stays as other programs want it.
_apnscp_join_words() {
    local rest=$COMP_LINE word place
    words=() cword=0
    for ((place = 0; place < ${#COMP_WORDS[@]}; place++)); do
        word=${COMP_WORDS[place]}
        if [[ $place -gt 0 && $rest != [[:space:]]* && ( $word == :* || ${words[-1]} == *: ) ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
        rest=${rest#"${rest%%[![:space:]]*}"}
        rest=${rest#"$word"}
        [[ $place -eq $COMP_CWORD ]] && cword=$((${#words[@]} - 1))
    done
}

_apnscp_complete() {
    local IFS=$'\n' variable=$1 response offer kind value words cword head=
    _apnscp_join_words
    response=$(env "$variable=bash_complete" COMP_WORDS="${words[*]}" COMP_CWORD="$cword" "${words[0]}")
    # readline replaces only what follows the last colon
    [[ $COMP_WORDBREAKS == *:* && ${words[cword]} == *:* ]] && head=${words[cword]%:*}:
    COMPREPLY=()
    while IFS=, read -r kind value; do
        case $kind in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("${value#"$head"}") ;;
        esac
    done <<< "$response"
}
""".lstrip()
BASH_PROGRAM = """_{name}_completion() {{ _apnscp_complete _{variable}_COMPLETE; }}
complete -o nosort -F _{name}_completion {name}"""


def script(shell: str) -> str:
    """Return the completion script of all commands.

    shell: one of `SHELLS`
    """
    if shell == "bash":
        return "\n".join([BASH, *(BASH_PROGRAM.format(name=name, variable=name.upper()) for name in PROGRAMS)])
    kind = get_completion_class(shell)
    assert kind is not None
    return "\n".join(kind(click.Command(name), {}, name, f"_{name.upper()}_COMPLETE").source() for name in PROGRAMS)


@click.command(context_settings=HELP)
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> int:
    """Print a script that completes commands, sites, plans and parameters.

    For bash, put  eval "$(cpcmd completion bash)"  into ~/.bashrc.
    """
    click.echo(script(shell))
    return 0
