"""Novedades: what moved between two cut-offs, by name first, then the rest in parts."""

from crmdata.web.news import news
from crmdata.web.shell import frame

news.show(frame.open_page("novedades", titled=False))
