"""Ficha de país: a delegate's briefing of one country, on one or two printed pages."""

from crmdata.web.choices import filters
from crmdata.web.countries import country_sheet
from crmdata.web.kit import page_sections
from crmdata.web.shell import frame

chosen = frame.open_page("ficha", titled=False)
country = filters.country(chosen, every=chosen.words("No country chosen"))
page_sections.show_over(chosen, filters.html(chosen, [country]))

if chosen.choices.pais:
    country_sheet.show(chosen)
else:
    country_sheet.show_invitation(chosen)
