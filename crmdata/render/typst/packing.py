"""A PDF made light: what is no stream goes into compressed streams of objects.

Typst writes each of a report's thousands of tags as an object in plain text (typst/typst#7142).
"""

from io import BytesIO

import pikepdf


def packed(content: bytes) -> bytes:
    """Return a PDF with its objects packed: the same bytes whenever and wherever it is packed."""
    file = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(
            file,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return file.getvalue()
