"""Upkeep: what the server knows of itself as a whole, and how the log of facts is kept short."""

from marula.domain.upkeep import reactions
from marula.domain.upkeep.store import Figures, Week, figures, weeks

__all__ = ["Figures", "Week", "figures", "reactions", "weeks"]
