"""Cooperación: where nobody is, what is one partner's own, and who supports what where."""

from crmdata.web.cooperation import cooperation
from crmdata.web.shell import frame

cooperation.show(frame.open_page("cooperacion", titled=False))
