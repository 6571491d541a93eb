"""The workbook put together: the questions, the calendar, the rows behind, and how it is made."""

from io import BytesIO

import xlsxwriter

from crmdata.content.named import ViewNames
from crmdata.exports import calendar
from crmdata.exports.workbook import records
from crmdata.exports.workbook.book import Book, Head
from crmdata.exports.workbook.charts import Charts
from crmdata.exports.workbook.questions import Questions
from crmdata.exports.workbook.selection import Selection
from crmdata.exports.xlsx import begin, created
from crmdata.i18n import Words
from crmdata.labels import DEMONSTRATION
from crmdata.view import View


def workbook(view: View, words: Words, selection: Selection | None = None) -> bytes:
    """Return the workbook's bytes; the same view and selection give the same bytes."""
    chosen = selection or Selection()
    named = ViewNames(view, words)
    head = _head(named, chosen)
    target = BytesIO()
    with begin(target) as file:
        _tell(file, named, head)
        book = Book(file, head)
        charts = Charts(book, words)
        questions = [(book.add(part), part) for part in Questions(named, chosen).parts()]
        title = f"{head.plan} · {head.selection}"
        calendar.write_into(file, view, words, chosen.picked, title)
        handed_in = [(book.add(part), part) for part in records.parts(named, chosen)]
        book.add(records.fields(words, [part for _, part in (*questions, *handed_in)]))
        # What the charts are drawn from is the last sheet: few look there.
        for page, part in questions:
            charts.draw(page, part)
    return target.getvalue()


def _head(named: ViewNames, chosen: Selection) -> Head:
    words, view = named.words, named.view
    of = words("Cut-off: {day}.", day=words.date(view.cutoff)).rstrip(".")
    if view.snapshot:
        of = f"{of} · {words('Snapshot {id}', id=view.snapshot)}"
    of = f"{of} · {words('Record {head}', head=view.chain_head)}"
    plan = words.pick(*view.plan.short_title)
    return Head(plan, of, chosen.text(named), words(DEMONSTRATION) if view.demo else "")


def _tell(file: xlsxwriter.Workbook, named: ViewNames, head: Head) -> None:
    file.set_properties({
        "title": head.plan, "subject": f"{head.of} · {head.selection}", "comments": head.mark,
        "author": "crmdata", "keywords": named.view.snapshot,
        "created": created(named.view.cutoff),
    })  # fmt: skip
    file.set_size(1600, 1000)
