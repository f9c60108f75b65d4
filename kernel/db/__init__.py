"""Memory: engine, base row, books and migrations. Only tables, stores and acts import it."""
