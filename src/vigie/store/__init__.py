"""The store: everything kept for good, and the record derived from it, in SQLite or PostgreSQL."""
