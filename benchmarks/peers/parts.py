"""What every peer shows: the figures of the app's calendar, by the axis that is chosen."""

import json
import sys
from pathlib import Path
from typing import Any

AXES = ("all", "1", "2", "3", "4", "5")


def asked() -> tuple[int, dict[str, list[dict[str, Any]]]]:
    """Return the port and the ready figures that the command line names."""
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    return port, {
        axis: json.loads((folder / f"calendario-{axis}.json").read_text("utf-8"))["figures"]
        for axis in AXES
    }
