"""Inicio: how the plan stands at the cut-off, and what is the reader's own."""

from crmdata.web.home import home
from crmdata.web.shell import frame

home.show(frame.open_page("inicio", titled=False))
