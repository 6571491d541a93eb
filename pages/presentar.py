"""Presentar: slides for a plenary, turned by keys alone; before them what is to be shown."""

from crmdata.web.present import chooser, desk, stage
from crmdata.web.shell import frame

if desk.is_asked_for():
    desk.show()
elif stage.is_asked_for():
    stage.show()
else:
    chooser.show(frame.open_page("presentar"))
