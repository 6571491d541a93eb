"""What a search answers: the views that a query means, the best first, grouped by what they are."""

from crmdata.content.answers.answering import AnswerGroup, Answers, answer
from crmdata.content.answers.index import index_of
from crmdata.content.answers.views import SearchAnswer

__all__ = ["AnswerGroup", "Answers", "SearchAnswer", "answer", "index_of"]
