"""The command lines: cpcmd, the domain commands, their completion and configuration."""
