"""All data of a cut-off as one ZIP that others can work with, check and cite.

CSV files with a Frictionless descriptor, what every field means in both languages, how the
numbers are made, check sums and a citation. Public fields only: who handed a report in, the
batch and its note stay in the store. Narratives are public, as they are on the screen. The CSV
is what an export writes, so that spreadsheets open it as it is meant.

The same view gives the same bytes: nothing in the file tells when it was made, and of the
store only what is of the cut-off enters.
"""

import csv
import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pandas as pd

from crmdata import method
from crmdata.exports.schema import RESOURCES, Resource
from crmdata.files import BYTE_ORDER_MARK, DATA_KIND, shielded
from crmdata.i18n import Words, words_for
from crmdata.labels import DEMONSTRATION
from crmdata.render.repeatable import entry
from crmdata.search import plain
from crmdata.steps import Step, no_step
from crmdata.terms import LANGUAGES
from crmdata.view import View

_READMES = {"es": "LEEME.md", "en": "README.md"}


def package(view: View, step: Step = no_step) -> bytes:
    """Return the ZIP's bytes; `step` is told of every table, and may raise to end the work."""
    texts: dict[str, str] = {}
    for place, each in enumerate(RESOURCES):
        step(place, len(RESOURCES))
        texts[f"data/{each.name}.csv"] = _csv(view, each)
    identifier = content_id(texts)
    texts["datapackage.json"] = _descriptor(view, texts, identifier)
    texts["CITATION.cff"] = _citation_file(view, identifier)
    for language in LANGUAGES:
        texts[_READMES[language]] = _readme(view, words_for(language), identifier)
    sums = (f"{_sha256(text)}  {name}\n" for name, text in sorted(texts.items()))
    texts["SHA256SUMS"] = "".join(sums)
    return _zipped(texts)


def content_id(texts: Mapping[str, str]) -> str:
    """Return what names these data and no others: a hash of all files of rows."""
    sums = "".join(f"{_sha256(text)}  {name}\n" for name, text in sorted(texts.items()))
    return _sha256(sums)


def citation(view: View, words: Words, identifier: str) -> str:
    """Return how to cite the data."""
    of = words(", snapshot {id}", id=view.snapshot) if view.snapshot else ""
    text = words(
        "{author}: {title}. Reported progress, cut-off {day}{snapshot}; plan version {version}. "
        "Identifier: sha256:{identifier}.",
        author=words.pick(*view.region.name),
        title=words.pick(*view.plan.title).rstrip("."),
        day=view.cutoff.isoformat(),
        snapshot=of,
        version=view.plan.version_id,
        identifier=identifier,
    )
    kind = words("Demonstration data")
    return f"{text} [{kind}]" if view.demo else text


def _slug(text: str) -> str:
    """Return a text as a part of a package's name: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")


def _zipped(texts: Mapping[str, str]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as file:
        for name, text in sorted(texts.items()):
            file.writestr(entry(name), text.encode())
    return target.getvalue()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _csv(view: View, resource: Resource) -> str:
    """Return the rows of a resource, each with the kind of data it is."""
    columns = [each.name for each in resource.fields]
    rows = resource.rows(view).assign(**{DATA_KIND: str(view.kind)})
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for values in rows[columns].itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in values])
    return BYTE_ORDER_MARK + text.getvalue()


def _cell(value: Any) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return shielded(value) if isinstance(value, str) else str(value)


def _descriptor(view: View, texts: Mapping[str, str], identifier: str) -> str:
    es, en = words_for("es"), words_for("en")
    descriptor = {
        "profile": "tabular-data-package",
        "name": f"{_slug(view.process[0])}-plan-{view.cutoff.isoformat()}",
        "id": f"sha256:{identifier}",
        "title": view.plan.title[0],
        "title_en": en.pick(*view.plan.title),
        "description": citation(view, es, identifier),
        "description_en": citation(view, en, identifier),
        "version": f"{view.plan.version_id}.{view.cutoff:%Y%m%d}",
        "data_kind": str(view.kind),
        "cutoff": view.cutoff.isoformat(),
        **({"snapshot": view.snapshot} if view.snapshot else {}),
        "contributors": [{"title": view.region.name[0], "role": "author"}],
        "resources": [
            each.descriptor(texts[f"data/{each.name}.csv"], es, en, view.region.code)
            for each in RESOURCES
        ],
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def _citation_file(view: View, identifier: str) -> str:
    """Return the citation in the Citation File Format (YAML, of which JSON strings are a part)."""
    words = words_for("es")
    title = words("{title}: reported progress, cut-off {day}",
                  title=view.plan.title[0].rstrip("."),
                  day=view.cutoff.isoformat())  # fmt: skip
    if view.demo:
        kind = words("Demonstration data")
        title = f"{title} [{kind}]"
    lines = {
        "cff-version": "1.2.0",
        "message": words("Cite these data as given here."),
        "type": "dataset",
        "title": title,
        "version": f"{view.plan.version_id}.{view.cutoff:%Y%m%d}",
        "date-released": view.cutoff.isoformat(),
    }
    written = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in lines.items()]
    author = json.dumps(view.region.name[0], ensure_ascii=False)
    written += ["authors:", f"  - name: {author}", "identifiers:", "  - type: other",
                f'    value: "sha256:{identifier}"']  # fmt: skip
    return "\n".join(written) + "\n"


def _readme(view: View, words: Words, identifier: str) -> str:
    """Return what the package is, what its fields mean and how its numbers are made."""
    parts = [
        f"# {words.pick(*view.plan.title)}",
        words("Reported progress, cut-off {day}.", day=words.date(view.cutoff)),
    ]
    if view.demo:
        parts.append(f"**{words(DEMONSTRATION)}**")
    parts += [
        _heading(words("How to cite")),
        citation(view, words, identifier),
        _heading(words("What is in it")),
        words(
            "Public data only: the reports in force at the cut-off with their narratives, without "
            "who handed them in. Reports that were corrected since are not among them. "
            "`SHA256SUMS` holds the check sum of every file: `sha256sum -c SHA256SUMS`."
        ),
        words(
            "The files are CSV in UTF-8, with its byte order mark. An empty cell is a missing "
            "value, never 0. Before a text that begins with =, +, - or @ stands an apostrophe, so "
            "that no spreadsheet takes it for a formula; texts stand as they were written "
            "otherwise."
        ),
        *(_fields(resource, words, view.region.code) for resource in RESOURCES),
        _heading(words("How the numbers are made")),
        *(
            f"- **{term}**: {text}"
            for term, text in method.rules(words, view.thresholds)
        ),
        _heading(words("States and symbols")),
        *(f"- {' · '.join(row)}" for row in
          method.symbols_table(words).itertuples(index=False, name=None)),
    ]  # fmt: skip
    if words.language != "es":
        parts.append(words("The English text of the plan is an unofficial translation."))
    return _joined(parts)


def _heading(text: str) -> str:
    return f"## {text}"


def _fields(resource: Resource, words: Words, region: str) -> str:
    """Return a resource's fields as a list."""
    lines = [f"### `data/{resource.name}.csv`: {words(resource.title)}", ""]
    lines += [
        f"- `{each.name}` ({each.type}): {words(each.description, region=region)}"
        for each in resource.fields
    ]
    return "\n".join(lines)


def _joined(parts: Iterable[str]) -> str:
    """Join paragraphs; the items of a list stand close together."""
    text, after_item = "", False
    for part in parts:
        item = part.startswith("- ")
        between = "\n" if item and after_item else "\n\n" if text else ""
        text += between + part
        after_item = item
    return f"{text}\n"
