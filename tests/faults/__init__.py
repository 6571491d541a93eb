"""What breaks in the world: processes killed, disks full, two people at once.

The rounds are few in `make test`, and all of them in `make test-long` (`tests/long.py`).
"""
