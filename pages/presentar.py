"""Presentar: slides for a plenary, turned by keys alone; before them what is to be shown."""

from crmdata.ui import frame, links
from crmdata.ui.presentation import chooser, stage

if stage.asked():
    stage.show()
else:
    chooser.show(frame.open_page("presentar"))
    links.stay()
