"""Files against the rules, against each other and against the store: everything found at once.

Nothing is written here, so a check is also the dry run of an import.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Engine

from crmdata.files import Subject
from crmdata.intake.reports.checked import Checked, finished
from crmdata.intake.reports.copies import with_country
from crmdata.intake.reports.drafting import NO_ROWS, drafted
from crmdata.intake.reports.earlier_reports import Bases
from crmdata.intake.reports.history import Change, changes, history, waiting
from crmdata.intake.reports.known import known
from crmdata.intake.reports.rows import Source
from crmdata.intake.reports.scope import ANY, Expected, of_country, scope_problems
from crmdata.intake.reports.twice import FileDraft, compare
from crmdata.store import db
from crmdata.store.db import Known


def check(
    store: Engine | Known,
    files: Iterable[Source],
    *,
    today: date | None = None,
    expected: Expected = ANY,
    waits: bool = False,
) -> Checked:
    """Return every error and warning of the files, and what importing them would do.

    `today` is the day that it is unless given. `expected` is what the files are to be about.
    With `waits` they are left to the review, where others may wait already. Raise StoreError
    where no plan is loaded.
    """
    if isinstance(store, Engine):
        with db.reading(store) as session:
            return check(session, files, today=today, expected=expected, waits=waits)
    facts = known(store, today)
    sources = (with_country(of_country(source, expected), facts, expected) for source in files)
    drafts = [drafted(source, facts) for source in sources]
    doubt = db.clock_problem(store) if today is None else None
    if doubt is not None and drafts:
        drafts[0].warnings.append(replace(doubt, warning=True))
    named: set[str] = set()
    for draft in drafts:
        # What a template is for is said once, of however many subjects it speaks.
        told = draft.source.template is not None and draft.source.name in named
        named.add(draft.source.name)
        scope = [] if told else list(scope_problems(draft.source, facts, expected))
        draft.problems[:0] = [problem for problem in scope if not problem.asks]
        draft.warnings[:0] = [problem for problem in scope if problem.asks]
    _refuse_nothing(drafts)
    compare(drafts, facts.bases)
    if any(draft.problems for draft in drafts):
        return Checked(tuple(finished(draft) for draft in drafts))
    effects = _changes(store, drafts, facts.bases, waits=waits)
    return Checked(
        tuple(finished(draft, mine) for draft, mine in zip(drafts, effects, strict=True))
    )


def _refuse_nothing(drafts: Sequence[FileDraft]) -> None:
    """Refuse files none of which has a row: there is nothing to import."""
    if any(draft.source.rows or draft.problems for draft in drafts):
        return
    for draft in drafts:
        nothing = [problem for problem in draft.warnings if problem.rule == NO_ROWS]
        draft.problems.extend(replace(problem, warning=False) for problem in nothing)
        draft.warnings = [problem for problem in draft.warnings if problem.rule != NO_ROWS]


def _changes(
    session: Known, drafts: Sequence[FileDraft], senders: Bases, *, waits: bool
) -> list[list[Change]]:
    """Return what the entries of each file do, with all files of a subject taken together."""
    by_draft: list[list[Change]] = [[] for _ in drafts]
    for subject in Subject:
        places = [i for i, draft in enumerate(drafts) if draft.source.subject == subject]
        entries = [(place, row) for place in places for row in drafts[place].entries]
        if not entries:
            continue
        all_entries = [row for _, row in entries]
        stored = history(session, subject, all_entries)
        sent = history(session, subject, all_entries, waiting) if waits else {}
        effects = changes(all_entries, stored, sent, senders)
        for (place, _), change in zip(entries, effects, strict=True):
            by_draft[place].append(change)
    return by_draft
