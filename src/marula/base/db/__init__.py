"""PostgreSQL: the pool, the transaction, migrations and the embedded server."""

from marula.base.db.connection import Connection, Row, Tx, statements_run
from marula.base.db.pool import Database

__all__ = ["Connection", "Database", "Row", "Tx", "statements_run"]
