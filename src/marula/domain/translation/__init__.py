"""Translation: texts in another language, from the service that the operator chose.

Two services are known, DeepL and LibreTranslate; which one, if any, the settings of the process say. What was
translated is remembered for a day, as are the languages on offer.

Tables owned: none.
"""

from marula.domain.translation import rules
from marula.domain.translation.reading import enabled, languages, pair_for, translate
from marula.domain.translation.types import UNKNOWN, Pair, Pairs, Translated

__all__ = ["UNKNOWN", "Pair", "Pairs", "Translated", "enabled", "languages", "pair_for", "rules", "translate"]
