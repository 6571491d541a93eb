"""Presentar: slides for a plenary, turned by keys alone; before them what is to be shown."""

from crmdata.web.present import chooser, stage
from crmdata.web.shell import frame

if stage.is_asked_for():
    stage.show()
else:
    chooser.show(frame.open_page("presentar"))
