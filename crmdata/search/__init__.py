"""Search in texts: which words are meant by a query, and where they stand.

Accents, case, endings and word order do not matter; words of the same meaning find each other in
either language, and one slip of the hand is forgiven where a word is otherwise unknown.
"""

from crmdata.search.hits import Span, spans
from crmdata.search.texts import ending_off, plain, query_words, stem
from crmdata.search.vocabulary import Root, Term, Vocabulary

__all__ = [
    "Root",
    "Span",
    "Term",
    "Vocabulary",
    "ending_off",
    "plain",
    "query_words",
    "spans",
    "stem",
]
