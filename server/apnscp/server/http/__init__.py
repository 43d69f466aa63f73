"""HTTP: sockets, worker processes, request bodies, TLS, and their supervision."""
