"""What a call is: registry, types, roles, context, messages, errors, clock and secret."""
