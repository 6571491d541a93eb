"""The reading process: limits first, then a workbook in and JSON out."""

import contextlib
import json
import resource
import sys

MEMORY = 512 * 1024 * 1024
SECONDS = 10
TEMPORARY = 64 * 1024 * 1024
"""For a workbook that is written, which goes through files; a reader writes none."""


def main() -> None:
    """Read the standard input and write what stands in it, or die of a limit.

    With `annotate` a line of JSON stands before the workbook, and a workbook comes out.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    written = TEMPORARY if sys.argv[1:] == ["annotate"] else 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    from crmdata.intake.workbooks import annotating, content  # noqa: PLC0415 - within the limits

    if sys.argv[1:] != ["annotate"]:
        json.dump(content.read(sys.stdin.buffer.read()), sys.stdout)
        return
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    sys.stdout.buffer.write(annotating.annotated(data, order["marks"], order["remarks"]))


if __name__ == "__main__":
    main()
