"""The reading process: limits first, then a workbook in and JSON out."""

import contextlib
import json
import resource
import sys

MEMORY = 512 * 1024 * 1024
SECONDS = 10


def main() -> None:
    """Read the standard input and write what stands in it, or die of a limit."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    from crmdata.workbooks import content  # noqa: PLC0415 - within the limits from here on

    json.dump(content.read(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
