"""The app past one process, with real parts: nginx, PostgreSQL and its copies, many readers.

`make test-long` runs them; `make test` leaves them out (`tests/conftest.py`).
"""
