"""Actividades: search in the plan and in what was reported; and each activity's own sheet."""

from crmdata.web.activities import activities
from crmdata.web.shell import frame

activities.show(frame.open_page("actividades", titled=False))
