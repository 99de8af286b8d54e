"""`python -m marula.base.db.migrations.draft "What it does"`: draft the next migration, for a person to correct.

It compares the tables that the features declare with a database made by the migrations so far.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from marula.base.db.embedded import EmbeddedPostgres
from marula.base.db.migrations import head, migrate


def main(message: str) -> None:
    """Write the draft beside the other revisions."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        postgres = EmbeddedPostgres(Path(folder), say=lambda _: None)
        postgres.start()
        try:
            migrate(postgres.dsn)
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            config.attributes["dsn"] = postgres.dsn
            command.revision(config, message, autogenerate=True, rev_id=f"{int(head()) + 1:04}")
        finally:
            postgres.stop()


main(sys.argv[1])
