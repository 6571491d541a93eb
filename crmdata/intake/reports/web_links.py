"""Cells of links: addresses of the web that others can open, and what is said of any other."""

import re
from urllib.parse import urlsplit

from crmdata.errors import N_, Quoted
from crmdata.files import SEPARATOR
from crmdata.intake.reports.cells import Cells, says_something
from crmdata.intake.reports.rows import trimmed
from crmdata.terms import is_tombstone

_LINK = re.compile(r"https?://[^\s\"<>\\^`{|}]+")
_BETWEEN_LINKS = re.compile(r"[;\s]\s*|,\s*(?=https?://)")

_MAIL = re.compile(r"mailto:.*|[^\s@/:]+@[^\s@/:]+\.\w+", re.IGNORECASE)
_OWN_FILE = re.compile(
    r"file:.*|[a-z]:[\\/].*|\\\\.*|(\.{1,2}[\\/])+.*"
    r"|([^./:\\]+[\\/])*[^/:\\]+\.(pdf|docx?|xls[xmb]?|pptx?|od[tsp]|csv|txt|jpe?g|png|zip|msg|eml)",
    re.IGNORECASE,
)
"""A path of a machine or an office's network, or the bare name of a file."""

_PUBLISH = N_("Publish what it holds, and give its address, which begins with http:// or https://.")


def links(cells: Cells, field: str) -> str:
    """Return web addresses separated by `;`; what stands for a redacted one comes back as it is."""
    addresses = _apart(trimmed(cells.text(field)))
    for link in addresses:
        if not (_is_link(link) or is_tombstone(link)):
            _complain(cells, field, link)
    read = SEPARATOR.join(addresses)
    ours = SEPARATOR.join(piece.strip() for piece in trimmed(cells.text(field)).split(SEPARATOR))
    if len(addresses) > 1 and read != ours.strip(SEPARATOR):
        cells.read_as(field, Quoted(read), plainly=True)
    return cells.addresses(field, read)


def _complain(cells: Cells, field: str, link: str) -> None:
    """Say why what is no web address is no evidence, and the way out."""
    if _MAIL.fullmatch(link):
        cells.error(
            "no_link",
            field,
            N_("“{link}” is an e-mail address, where nobody else can see what it is evidence of."),
            _PUBLISH,
            link=link,
        )
    elif _OWN_FILE.fullmatch(link):
        cells.error(
            "no_link",
            field,
            N_(
                "“{link}” is a file on a computer or in an office's network; nobody else can open "
                "it."
            ),
            _PUBLISH,
            link=link,
        )
    elif link.startswith("#"):
        cells.error(
            "no_link",
            field,
            N_("“{link}” is a place in this workbook, which nobody else can open."),
            _PUBLISH,
            link=link,
        )
    else:
        cells.error(
            "no_link",
            field,
            N_("“{link}” is not a web address."),
            N_("Give links that begin with http:// or https://; several separated by “;”."),
            link=link,
        )


def _apart(text: str) -> tuple[str, ...]:
    """Return the addresses in a cell; a cell of words is one that is none."""
    if not says_something(text):
        return ()
    pieces = [piece.strip() for piece in text.split(SEPARATOR)]
    texts = [
        part
        for piece in pieces
        for part in (_BETWEEN_LINKS.split(piece) if _all_links(piece) else [piece])
    ]
    return tuple(dict.fromkeys(part for part in texts if part))


def _all_links(piece: str) -> bool:
    return all(_is_link(part) for part in _BETWEEN_LINKS.split(piece) if part)


def _is_link(link: str) -> bool:
    if not link.isprintable() or _LINK.fullmatch(link) is None:
        return False
    try:
        return bool(urlsplit(link).hostname)
    except ValueError:
        return False
