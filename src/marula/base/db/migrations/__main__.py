"""`python -m marula.base.db.migrations DSN`: migrate when there is something to do, in a process of its own.

Whoever starts it does not keep the 30 MB that Alembic needs.
"""

import asyncio
import sys

from marula.base.db.migrations import migrate, pending

dsn = sys.argv[1]
if asyncio.run(pending(dsn)):
    migrate(dsn)
