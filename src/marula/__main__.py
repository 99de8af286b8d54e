"""`python -m marula`."""

import sys

from marula.cli import main

sys.exit(main())
