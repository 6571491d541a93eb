"""What a plenary is shown, slide by slide; the screen and the deck of PowerPoint draw the same.

A deck is a function of the store, a cut-off, the date it is compared with, a language, the
sections in their order and the countries. Its slides hold the parts that pages are made of, no
picture, so no two renderings can differ in a number.
"""

from crmdata.slides.deck import deck
from crmdata.slides.model import Deck, Slide
from crmdata.slides.plenary import Plenary, plenary
from crmdata.slides.sections import SECTIONS, TITLES, sections_of

__all__ = [
    "SECTIONS",
    "TITLES",
    "Deck",
    "Plenary",
    "Slide",
    "deck",
    "plenary",
    "sections_of",
]
