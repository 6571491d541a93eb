"""The slides of what the meeting agreed on."""

from collections.abc import Iterator

from crmdata.slides.model import Slide
from crmdata.slides.parts import Making


def taken(making: Making) -> Iterator[Slide]:
    """Yield the slides of the agreements noted at the meeting of the cut-off."""
    words = making.words
    nothing = words("No agreement has been noted yet.")
    yield Slide(
        "acuerdos", "acuerdos", words("Agreements taken"), "cambios",
        {"desde": making.data.first.isoformat()},
        lead=nothing,
        notes=(nothing,),
    )  # fmt: skip
