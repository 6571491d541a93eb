"""What a sheet holds: a title, columns with their codes, rows of plain values, charts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from crmdata.measures import Measured


class ColumnKind(Enum):
    """How a column is written: its number format and width."""

    CODE = 12.5
    NAME = 42
    LONG = 60
    WORD = 16
    COUNT = 11
    SHARE = 13
    ENTERED = 14
    """A percent that somebody entered: both of its decimals are shown."""
    DATE = 12


class ChartKind(StrEnum):
    """The charts that a sheet may have."""

    COMPOSITION = "composition"
    INTERVAL = "interval"
    TREND = "trend"


@dataclass(frozen=True)
class Column:
    """A column: its header in words, its code as of the data package, and what it holds."""

    header: str
    code: str
    kind: ColumnKind
    meaning: str


@dataclass(frozen=True)
class Group:
    """What a chart shows of one row: its label and its measures."""

    label: str
    measured: Measured


@dataclass(frozen=True)
class Drawn:
    """A chart: what it shows, its title without cut-off and mark, and the title of its groups."""

    draws: ChartKind
    title: str
    of: str
    groups: Sequence[Group]


@dataclass(frozen=True)
class Part:
    """A sheet. `fixed` columns stay in sight; `notes` are sentences beneath the table."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    charts: Sequence[Drawn] = ()
    notes: Sequence[str] = field(default_factory=tuple)
    fixed: int = 1
    too_many: str = ""
    """What stands over rows that are more than anybody prints."""
