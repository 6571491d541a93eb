"""The files of the demonstration data, as text and on disk."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from crmdata.demo.calendar import Planned, planned_activities
from crmdata.demo.cooperation import InventedLine, Parties, cooperation, support
from crmdata.demo.corrections import corrections
from crmdata.demo.habits import drawn_habits
from crmdata.demo.observations import InventedMeeting, InventedObservation, observations
from crmdata.demo.stories import REGIONAL, InventedReport, regional_story, story
from crmdata.files import COLUMNS, DATA_KIND, SEPARATOR, Subject
from crmdata.plan import Identity, PlanFiles
from crmdata.terms import DataKind, Period

SEED = 2017
"""The seed of what is committed."""

_MEETINGS = (
    InventedMeeting("demo-2018-05", date(2018, 5, 24), date(2018, 5, 11)),
    InventedMeeting("demo-2019-06", date(2019, 6, 20), date(2019, 6, 7)),
    InventedMeeting("demo-2019-11", date(2019, 11, 28), date(2019, 11, 15)),
    InventedMeeting("demo-2020-11", date(2020, 11, 26), date(2020, 11, 20)),
)
"""The last cut-off lies after the last report."""


def files(plan: PlanFiles, seed: int = SEED) -> dict[str, str]:
    """Return the text of every file by its name: UTF-8, lines ended by `\\n`."""
    activities = planned_activities(plan)
    countries = [row["country"] for row in plan.countries if row["member"]]
    (region,) = (row["country"] for row in plan.countries if not row["member"])
    parties = Parties(countries, region)
    partners = [row["partner"] for row in plan.partners]
    mentions = {row["activity"]: row["partner"] for row in plan.tables["plan_mention"]}
    lines = cooperation(activities, parties, partners, mentions, seed)
    texts: dict[str, str] = {}
    for arrived, reports in _rounds(_reports(activities, parties, lines, seed)).items():
        rows = map(_report_row, reports)
        texts[f"reports-{arrived.code}.csv"] = _csv(Subject.REPORTS, rows)
    texts["cooperation.csv"] = _csv(Subject.COOPERATION, map(_cooperation_row, lines))
    texts["meetings.csv"] = _csv(Subject.MEETINGS, _meeting_rows())
    said = observations(countries, _MEETINGS, seed)
    texts["observations.csv"] = _csv(Subject.OBSERVATIONS, map(_observation_row, said))
    return texts


def write(folder: Path, plan: PlanFiles, seed: int = SEED) -> list[Path]:
    """Write the files to a folder, and of which plan they are; return them.

    Files of the same names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    identity = "# The plan that these invented reports are of.\n" + Identity.of(plan).written
    for name, text in {"plan.toml": identity, **files(plan, seed)}.items():
        file = folder / name
        file.write_bytes(text.encode("utf-8"))
        written.append(file)
    return written


def _reports(
    activities: Sequence[Planned],
    parties: Parties,
    lines: Sequence[InventedLine],
    seed: int,
) -> list[InventedReport]:
    """Return every report with its corrections, by day, country and the plan's order."""
    habits = drawn_habits(seed, parties.countries)
    supported = support(lines, parties)
    reports: list[InventedReport] = []
    for country in parties.countries:
        for activity in activities:
            reported = story(country, activity, habits, supported)
            reports += [*reported, *corrections(reported, activity, seed)]
    for activity in activities:
        if activity.code in REGIONAL and activity.slots:
            reported = regional_story(parties.region, activity, habits)
            reports += [*reported, *corrections(reported, activity, seed)]
    # The sort is stable: within a day and country the plan's order remains.
    return sorted(reports, key=lambda report: (report.reported_on, report.country))


def _rounds(reports: Iterable[InventedReport]) -> dict[Period, list[InventedReport]]:
    """Divide the reports by the period in which they arrived."""
    rounds: dict[Period, list[InventedReport]] = {}
    for report in reports:
        rounds.setdefault(Period.of(report.reported_on), []).append(report)
    return rounds


def _csv(subject: Subject, rows: Iterable[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [*COLUMNS[subject], DATA_KIND], lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, DATA_KIND: DataKind.DEMO.value} for row in rows)
    return text.getvalue()


def _report_row(report: InventedReport) -> dict[str, str]:
    state, percent = report.standing
    return {
        "country": report.country,
        "activity": report.activity,
        "semester": report.period.code,
        "state": state.value,
        "percent": "" if percent is None else f"{percent:g}",
        "narrative": report.narrative,
        "reason": report.reason,
        "evidence": SEPARATOR.join(report.evidence),
        "partners": SEPARATOR.join(report.partners),
        "reported_on": report.reported_on.isoformat(),
    }


def _cooperation_row(row: InventedLine) -> dict[str, str]:
    return {
        "partner": row.partner,
        "activity": row.activity,
        "countries": SEPARATOR.join(row.countries),
        "semester_from": row.period_from.code,
        "semester_to": row.period_to.code,
        "modality": row.modality.value,
        "state": row.state.value,
        "text": row.text,
        "evidence": SEPARATOR.join(row.evidence),
        "reported_on": row.reported_on.isoformat(),
    }


def _meeting_rows() -> Iterable[dict[str, str]]:
    for number, meeting in enumerate(_MEETINGS, start=1):
        yield {
            "meeting": meeting.code,
            "name_es": f"Reunión de demostración {number}",
            "name_en": f"Demonstration meeting {number}",
            "held_on": meeting.held_on.isoformat(),
            "corte": meeting.cutoff.isoformat(),
        }


def _observation_row(row: InventedObservation) -> dict[str, str]:
    return {
        "country": row.country,
        "meeting": row.meeting,
        "observation": row.text,
        "reported_on": row.reported_on.isoformat(),
    }
