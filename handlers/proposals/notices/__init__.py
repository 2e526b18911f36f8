"""Rendering the notices of proposals from the state of the moment, a module a part."""

from handlers.proposals.notices import card, delivery, reception, seconding

__all__ = ["card", "delivery", "reception", "seconding"]
