"""How calls come in: HTTP, SOAP, the gate, dispatch, journal, and the command that serves it all."""
