"""Cells of links: addresses of the web that others can open, and what is said of any other.

One whose beginning is left out or mistyped is completed, and that is said.
"""

import re
from urllib.parse import urlsplit

from crmdata.errors import N_, Quoted
from crmdata.files import SEPARATOR
from crmdata.intake.reports.cells import Cells, says_something
from crmdata.intake.reports.rows import trimmed
from crmdata.terms import is_tombstone

_LINK = re.compile(r"https?://[^\s\"<>\\^`{|}]+")
_ITEM = r"(?:[-–—•·*|]|[0-9]{1,2}[.)])\s+"
_BETWEEN_LINKS = re.compile(
    rf",?\s+(?:(?:y|e|and)\s+|{_ITEM})?|,(?=https?://|www\.)|^{_ITEM}", re.IGNORECASE
)
_AROUND = ("<>", "()", "[]", "“”", "«»", '""', "''")
_HOST = r"[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?(?:[/?#]|[.,]*$)"
_BEGINNING = re.compile(
    r"(?:(?i:(?:ht{1,3}|tt)p{1,2}(?P<safe>s?))(?::/{0,3}|/{1,2})){1,2}"
    rf"(?={_HOST})|(?=(?i:www)\.{_HOST})|"
    r"(?=(?:[a-z0-9-]+\.)+(?:org|com|net|int|edu|gov|info|bz|ca|cr|do|gt|hn|mx|ni|pa|sv|us)/)"
)
"""What an address begins with where a slip can mean nothing else; `www.` may stand for it.

Without either it has to name a place in a site, in small letters: `DG.SV/12` is a file's number.
"""

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
    written = _apart(trimmed(cells.text(field)))
    if not written:
        return ""
    for link in written:
        if not (_is_link(_completed(link)) or is_tombstone(link)):
            _complain(cells, field, link)
    addresses = tuple(dict.fromkeys(map(_completed, written)))
    read = SEPARATOR.join(addresses)
    as_written = (piece.strip() for piece in trimmed(cells.text(field)).split(SEPARATOR))
    completed = [link for link in addresses if link not in written]
    if completed:
        cells.read_as(field, Quoted(SEPARATOR.join(completed)))
    elif len(addresses) > 1 and read != SEPARATOR.join(as_written).strip(SEPARATOR):
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
    return all(_is_link(_completed(part)) for part in _BETWEEN_LINKS.split(piece) if part)


def _completed(link: str) -> str:
    """Return a link with `https://` before it where only its beginning is not as it should be.

    `http` is kept where it was written: a site may know no other way. Marks around it go.
    """
    bare = link[1:-1] if link[:1] + link[-1:] in _AROUND else link
    match = _BEGINNING.match(bare)
    if match is None or _OWN_FILE.fullmatch(bare):
        return link
    scheme = "http" if match["safe"] == "" else "https"
    completed = f"{scheme}://{bare[match.end() :]}"
    if completed != bare:
        completed = completed.rstrip(".,")
    return completed if _is_link(completed) else link


def _is_link(link: str) -> bool:
    if not link.isprintable() or _LINK.fullmatch(link) is None:
        return False
    try:
        return bool(urlsplit(link).hostname)
    except ValueError:
        return False
