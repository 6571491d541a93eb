"""Calendario: what the plan schedules when, and what was reported of it."""

from crmdata.web.calendar import plan_board
from crmdata.web.shell import frame

plan_board.show(frame.open_page("calendario", titled=False))
