"""The app past one process, with real parts: nginx, PostgreSQL and its copies, many readers.

`make test` runs the quick ones, `make test-long` all of them.
"""
