"""Write the demonstration data: `python -m crmdata.demo [FOLDER]`, by default data/demo."""

import sys
from pathlib import Path

from crmdata import plan, settings
from crmdata.demo import write


def main() -> None:
    """Write the files and name them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else settings.demo_folder()
    for file in write(folder, plan.read(settings.plan_folder())):
        sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main()
