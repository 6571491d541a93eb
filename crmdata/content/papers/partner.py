"""The sheet of one partner: what it supports, where the plan names it, where nobody is."""

from crmdata.content import home, names
from crmdata.content.papers.paper import Chapter, Paper, in_full, paper
from crmdata.i18n import Words
from crmdata.view import View


def partner_sheet(view: View, words: Words, partner: str) -> Paper:
    """Return the document of a partner. Raise KeyError for an unknown one."""
    name = names.of_partners(view.frame("partners"), words)[partner].text
    own = home.of_partner(view, words, partner, may_offer=False, whole=True)
    return paper(view, words, name, name, [Chapter("", [*map(in_full, own)])])
