"""Discovery: what people find who look for something or somebody, and whom and what they are shown unasked.

Tables owned: directory_entries, search_posts, search_library, search_authors.
"""

from marula.domain.discovery import reactions
from marula.domain.discovery.indexing import rebuild
from marula.domain.discovery.reading import find_posts
from marula.domain.discovery.store.directory import listed as directory
from marula.domain.discovery.types import DirectoryOrder

__all__ = ["DirectoryOrder", "directory", "find_posts", "reactions", "rebuild"]
