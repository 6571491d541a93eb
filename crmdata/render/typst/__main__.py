"""The setting process: a document as JSON in, a PDF out.

Typst keeps what it has set in memory, and more with each document: here that ends with the process.
It sets itself no limits: a public server may not even ask for them. Whoever waits ends it in time.
"""

import json
import sys
from pathlib import Path
from typing import Any

import typst

from crmdata.render.typst.packing import packed

_FOLDER = Path(__file__).parent


def main() -> None:
    """Set the first of the documents that has no more pages than it may have, else the last."""
    asked = json.load(sys.stdin)
    content = b""
    setter = typst.Compiler(
        _FOLDER / "paper.typ", root=_FOLDER, font_paths=[_FOLDER / "fonts"],
        ignore_system_fonts=True,
    )  # fmt: skip
    for paper in asked["papers"]:
        content = _set(setter, asked, paper)
        pages = json.loads(setter.query("<pages>", field="value", one=True))
        if asked["pages"] is None or pages <= asked["pages"]:
            break
    sys.stdout.buffer.write(packed(content))


def _set(setter: typst.Compiler, asked: dict[str, Any], paper: dict[str, Any]) -> bytes:
    content = setter.compile(
        format="pdf", sys_inputs={"paper": json.dumps(paper)},
        pdf_standards=asked["standards"], timestamp=asked["timestamp"],
    )  # fmt: skip
    if not isinstance(content, bytes):
        raise TypeError(type(content))
    return content


if __name__ == "__main__":
    main()
