"""What a call is: registry, roles, context, messages, errors, clock and secret."""
