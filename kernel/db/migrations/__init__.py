"""Migrations: how a database came to its tables. Run by alembic."""
