"""What the tests of couriers share."""

from pathlib import Path

import pytest

from tests.faces.couriers.certificates import Certificate, new_certificate


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    """A certificate of 127.0.0.1 for a day."""
    return new_certificate(tmp_path)
