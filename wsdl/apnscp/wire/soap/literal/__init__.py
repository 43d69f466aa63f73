"""The second face, for strict SOAP stacks: document/literal wrapped, shaped as WS-I Basic Profile 1.1 wants it."""
