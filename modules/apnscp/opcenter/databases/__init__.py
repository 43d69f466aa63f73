"""Databases of accounts on the MySQL and the PostgreSQL server: names, users and privileges, without any data."""
