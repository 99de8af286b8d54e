"""The words of discovery."""

from typing import Literal, TypeAlias

DirectoryOrder: TypeAlias = Literal["active", "new"]
"""Who comes first in the directory: who wrote last, or who is here the shortest time."""
