"""Países: how the countries stand, line by line and side by side; and each country's profile."""

from crmdata.web.countries import countries
from crmdata.web.shell import frame

countries.show(frame.open_page("paises", titled=False))
