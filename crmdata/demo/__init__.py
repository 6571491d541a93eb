"""Demonstration data: invented reports, cooperation and meetings, from one seed.

No progress report of the real plan is public, so what ships is synthetic and says so in every
row. The generator draws each figure from `random.Random.random` alone, whose sequence Python
guarantees: the same seed and plan give the same bytes on every version and platform.
"""

from crmdata.demo.files import SEED, files, write

__all__ = ["SEED", "files", "write"]
