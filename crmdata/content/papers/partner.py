"""The sheet of one partner: what it supports, where the plan names it, where nobody is."""

from crmdata.content import findings, home, names
from crmdata.content.cooperation import gaps
from crmdata.content.cooperation.gaps import ChosenCooperation
from crmdata.content.papers.paper import Chapter, Paper, in_full, paper
from crmdata.content.parts import Finding, Section
from crmdata.i18n import Words
from crmdata.view import View


def partner_sheet(view: View, words: Words, partner: str) -> Paper:
    """Return the document of a partner. Raise KeyError for an unknown one."""
    name = names.of_partners(view.frame("partners"), words)[partner].text
    own = home.of_partner(view, words, partner, may_offer=False)
    whole = [*map(in_full, own)]
    return paper(view, words, name, name, [Chapter("", [*whole, nobody(view, words)])])


def nobody(view: View, words: Words) -> Section:
    """Return the activities by which no partner stands, line by line."""
    rows, activities = view.frame("cooperation"), view.frame("activities")
    found = gaps.groups(
        view, words, ChosenCooperation(rows, activities), whole=True, may_offer=False
    )
    finding = Finding((findings.alone(words, list(activities["activity"]), rows),))
    return Section("nadie", words("Where nobody is"), finding, [found])
