"""The style sheet and the script of all pages, which the document brings along by their addresses.

No page holds a script of its own: what one is to do stands in attributes that this script reads.
"""

from pathlib import Path

import streamlit as st

from crmdata.render.html import board, colours, sections
from crmdata.serving.document import Assets
from crmdata.web.kit import pictures
from crmdata.web.shell import streamlit_words

_FOLDER = Path(__file__).parent

_TYPE = next((Path(st.__file__).parent / "static").rglob("SourceSansVF-Upright.*.woff2")).name
# Streamlit's own name of it hides all text until the file is here, then moves what stood there in
# another type. By this name a page whose type comes late stays as it was drawn.
_FACE = (
    "@font-face { font-family: crm-text; font-weight: 100 900; font-display: optional; "
    f'src: url("/static/media/{_TYPE}") format("woff2"); }}'
)


def _read(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


# The document's own part first: it listens before Streamlit does.
_SCRIPTS = ("document.js", "head.js", "search.js", "acts.js", "dropzone.js",
            "streamlit_words.js")  # fmt: skip

ASSETS = Assets(
    script="\n".join(
        [streamlit_words.script(), *map(_read, _SCRIPTS), board.SCRIPT, pictures.SCRIPT]
    ),
    style="\n".join(
        [
            _FACE,
            colours.variables(),
            colours.MARKS,
            _read("style.css"),
            _read("printing.css"),
            board.STYLE,
            sections.STYLE,
        ]
    ),
)


def show() -> None:
    """Bring both where Streamlit's plain server has made the document (`streamlit run`)."""
    if ASSETS.are_served:
        return
    plain = st.components.v2.component(
        "crmdata_assets", css=ASSETS.style,
        js=f"export default function () {{\n{ASSETS.script}\n}}", isolate_styles=False,
    )  # fmt: skip
    plain(key="assets")
