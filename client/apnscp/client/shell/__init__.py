"""The command lines: cpcmd, the domain commands, their completion and configuration.

cpcmd, catalogue            call a method, list and explain methods; with own_address
domains, site_helpers       AddDomain and the like, get_site and the like; with domain_options, domain_report, new_site,
                            settings (-c), services and service_help (the table of parameters) and dry_run
completion, completers      what a shell offers when the tab key is pressed; with completion_script
config, configure           which panel to call; with connection_options (flags), profiles, sources and files
running, output, waiting    run a command line, print results and messages, show that a call takes long
prompts                     ask for passwords and keys
exits                       errors -> exit codes
cache                       answers kept in files
"""
