"""A relay between a writer and its PostgreSQL server that breaks off at the COMMIT."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_COMMIT = b"COMMIT\x00"


class Relay:
    """Passes bytes on, until it is told to break off at the next COMMIT."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port: int = self._listener.getsockname()[1]
        self.breaks = ""
        """`before` the COMMIT is passed on, `after` that, or `away`: after it, and for good."""
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                reader, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._to))
                self._open += [reader, server]
                for pair in ((reader, server, True), (server, reader, False)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, asks: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if asks and self.breaks and data.endswith(_COMMIT):
                    self._break_off(target, data)
                    return
                target.sendall(data)
        self._close(source, target)

    def _break_off(self, server: socket.socket, data: bytes) -> None:
        how, self.breaks = self.breaks, ""
        if how == "away":
            self._stop_listening()
        # The writers' sides first: the server's answer must not come through.
        self._close(*self._open[::2])
        if how != "before":
            server.sendall(data)
        self._close(*self._open[1::2])
        self._open.clear()

    @staticmethod
    def _close(*ends: socket.socket) -> None:
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def end(self) -> None:
        """Listen no more, and close what is open."""
        self._stop_listening()
        self._close(*self._open)

    def _stop_listening(self) -> None:
        # A thread that accepts holds a listener open that is only closed.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@contextmanager
def relay(port: int) -> Iterator[Relay]:
    """Yield a relay to the server at a port of this machine."""
    made = Relay(port)
    try:
        yield made
    finally:
        made.end()
