"""Scopes: switches of the whole server, each over the room that it acts on."""
