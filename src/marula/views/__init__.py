"""What a viewer sees: ids in, entities out, as JSON.

Every reading is pick (ids, by a store) → load (batches) → judge (pure rules) → render (pure). Whatever face asks, REST
or a page or a stream, gets its posts from here, so the rules of visibility have one implementation.

Rendering has two layers. What is the same for every viewer is encoded once per version of a row and remembered as
bytes (`fragments.py`), with holes where counters, the author and the viewer's own flags go; filling the holes is a
join of bytes.
"""

from marula.views.rendered import Rendered, listed

__all__ = ["Rendered", "listed"]
