"""What a country says beside its figures: of the meeting that has the cut-off."""

from crmdata import measures
from crmdata.content import names
from crmdata.i18n import Words
from crmdata.view import View


def of_meeting(view: View) -> dict[str, str]:
    """Return what countries say for the meeting of the cut-off, by country; nothing for none."""
    meeting = measures.meeting_at(view.frame("meetings"), view.cutoff)
    if meeting is None:
        return {}
    rows = view.frame("observations")
    own = rows.loc[rows["meeting"].eq(meeting["meeting"])]
    return dict(zip(own["country"], own["observation"], strict=True))


def sentence(view: View, words: Words, country: str) -> str:
    """Return what a country says, as it stands beside its figures; `""` where it says nothing."""
    text = of_meeting(view).get(country, "")
    if not text:
        return ""
    name = names.of_countries(view.of_all.frame("countries"), words)[country].text
    return words("{country} observes: “{text}”", country=name, text=text)
