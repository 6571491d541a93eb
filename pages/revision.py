"""Revisión: what waits for the secretariat, who is late, what was decided, and by whom."""

from crmdata.web.kit import components
from crmdata.web.review import desk, desk_batches, desk_periods, desk_redaction, desk_trail
from crmdata.web.shell import acting, frame

chosen = frame.open_page("revision")
words = chosen.words

if desk.is_open(chosen):
    found = desk.standing()
    desk_periods.show_totals(chosen, found)

    components.heading(words("What waits"))
    desk_batches.show_waiting(chosen, found.waiting)
    components.heading(words("What was sent back"))
    desk_batches.show_sent_back(chosen, found)

    components.heading(words("Reports pending, by country and semester"))
    desk_periods.show_stages(chosen, found.stages)
    components.heading(words("Reminder, ready to copy"), 3)
    desk_periods.show_reminder(chosen)

    components.heading(words("Close a semester, or open it again"))
    desk_periods.show_closing(chosen, found.stages)

    components.heading(words("Batches"))
    desk_batches.show_history(chosen, found.submissions)

    components.heading(words("Redact texts"))
    desk_redaction.show(chosen)

else:
    acting.show_last()

components.heading(words("Audit trail"))
desk_trail.show(chosen)
