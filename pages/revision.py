"""Revisión: what waits for the secretariat, who is late, what was decided, and by whom."""

from crmdata.web.kit import components
from crmdata.web.review import desk, desk_batches, desk_periods, desk_redaction, desk_trail
from crmdata.web.shell import acts, frame

chosen = frame.open_page("revision")
words = chosen.words

if desk.is_open(chosen):
    overview = desk.overview()
    desk_periods.show_finding(chosen, overview)

    desk_batches.show_waiting(chosen, overview.waiting)
    desk_batches.show_sent_back(chosen, overview)

    components.heading(words("Reports pending, by country and semester"))
    desk_periods.show_late(chosen, overview.stages)
    desk_periods.show_stages(chosen, overview.stages)
    components.heading(words("Reminders, ready to copy"), 3)
    desk_periods.show_reminders(chosen)

    components.heading(words("Close a semester, or open it again"))
    desk_periods.show_closing(chosen, overview.stages)

    components.heading(words("Batches"))
    desk_batches.show_history(chosen, overview.submissions)

    components.heading(words("Redact texts"))
    desk_redaction.show(chosen)

else:
    acts.show_last()

components.heading(words("Audit trail"))
desk_trail.show(chosen)
