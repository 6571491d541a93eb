"""The deck of a plenary as PowerPoint: native text, tables, charts and shapes, all to be edited."""

from crmdata.exports.deck.building import MIME, presentation

__all__ = ["MIME", "presentation"]
