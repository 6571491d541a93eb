"""Who supports what, and where nobody does: three tables of cells, gaps in sight.

`by_line`: partner × line; `by_activity`: partner × activity; `by_country`: line × country of
one partner or of all. Counted as support is what a partner offers, does or has concluded; a
request and what was cancelled are not. Support of the whole region stands in a column of its
own and is not spread over the countries.
"""

from crmdata.content.cooperation import by_activity, by_country, by_line

__all__ = ["by_activity", "by_country", "by_line"]
