"""A reader that speaks Streamlit's own websocket protocol, as its page does, without a browser.

It runs pages, changes widgets, follows the address that the app writes, keeps the messages that
the server need not send twice, and comes back after a broken connection with its session's number.
It keeps to this machine and to bounds of count and time, and it counts errors beside times. What is
timed is from the request of a run to its end at the server: no drawing.
"""

import asyncio
import ipaddress
import time
from dataclasses import dataclass, field
from random import Random
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

MOST_READERS = 1000
"""How many readers one call may send."""

LONGEST_SECONDS = 3600
"""How long one call may go on."""

RUN_SECONDS = 180.0
"""How long a reader waits for a page."""

_LARGEST_MESSAGE = 64 * 2**20
BROKEN = (OSError, WebSocketException, EOFError)
"""What it looks like where a connection ends unasked."""

_TEXTS = {
    "html": "body",
    "heading": "body",
    "markdown": "body",
    "text": "body",
    "alert": "body",
}
"""The elements that hold words, and where."""

_CHANGED_TO_ANOTHER_OPTION = {"selectbox", "radio"}


@dataclass
class Run:
    """One run of a page, as its reader saw it."""

    seconds: float = 0.0
    status: str = ""
    messages: int = 0
    bytes: int = 0
    kept: int = 0
    """Messages that the server did not send again."""
    texts: list[str] = field(default_factory=list)
    """The words on the page, in HTML, in the order in which they came."""
    exceptions: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words of the page."""
        return "\n".join(self.texts)


class Reader:
    """One open tab. `async with` connects and leaves."""

    def __init__(
        self,
        url: str,
        *,
        cookies: dict[str, str] | None = None,
        seed: int = 0,
        timeout: float = RUN_SECONDS,
    ) -> None:
        parts = urlsplit(url)
        require_loopback(parts.hostname or "")
        self._root = f"{parts.scheme}://{parts.netloc}"
        self.page = parts.path.strip("/")
        self.query = parts.query
        self.cookies = dict(cookies or {})
        self.timeout = timeout
        self.widgets: dict[str, tuple[str, Any]] = {}
        """Kind and message of each widget by its key, else by its label."""
        self.pages: dict[str, str] = {}
        """Streamlit's name of each page by its own name in the address."""
        self.reconnected = 0
        self.session = ""
        self._page_hash = ""
        self._fragments: dict[str, str] = {}
        """The part of its page that each widget redraws alone, by the widget's number."""
        self._part = ""
        self._states: dict[str, WidgetState] = {}
        self._messages: dict[str, ForwardMsg] = {}
        self._random = Random(seed)
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leave()

    @property
    def address(self) -> str:
        """The address that stands in the reader's browser."""
        return f"{self._root}/{self.page}" + (f"?{self.query}" if self.query else "")

    @property
    def params(self) -> dict[str, str]:
        """The choices in the address."""
        return {name: values[0] for name, values in parse_qs(self.query).items()}

    async def connect(self) -> None:
        """Open the connection, with the number of the session that there was before."""
        wanted = ["streamlit"]
        if self.session:
            # By their place: the second one is the token of a form.
            wanted += [self.cookies.get("_streamlit_xsrf") or "PLACEHOLDER", self.session]
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._socket = await websockets.connect(
            self._root.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=[Subprotocol(part) for part in wanted],
            additional_headers={"Cookie": sent} if sent else None,
            compression=None,
            max_size=_LARGEST_MESSAGE,
            open_timeout=self.timeout,
            ping_interval=None,
            proxy=None,
        )
        answer = self._socket.response
        for given in answer.headers.get_all("Set-Cookie") if answer else []:
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()

    async def leave(self) -> None:
        """Close the tab."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    async def cut(self) -> None:
        """Lose the connection, as a phone in a tunnel does."""
        if self._socket is not None:
            self._socket.transport.abort()
            self._socket = None

    async def reconnect(self, seconds: float = RUN_SECONDS) -> None:
        """Try to connect again, as the page does, with longer and longer pauses."""
        await self.cut()
        until, pause = time.monotonic() + seconds, 0.25
        while True:
            try:
                await self.connect()
            except (*BROKEN, TimeoutError):
                if time.monotonic() + pause > until:
                    raise
                await asyncio.sleep(pause * self._random.uniform(0.8, 1.2))
                pause = min(pause * 2, 4)
            else:
                self.reconnected += 1
                return

    async def run(self, *, page_hash: str | None = None) -> Run:
        """Run the page where the reader is and return what came.

        After a change of a widget that redraws a part of the page it is this part that runs.
        A connection that breaks raises; `steady_run` is for readers who come back.
        """
        assert self._socket is not None, "not connected"
        request = self.asked(page_hash=page_hash)
        begun = time.perf_counter()
        await self._socket.send(request)
        run = await asyncio.wait_for(self._until_finished(self._socket), self.timeout)
        run.seconds = time.perf_counter() - begun
        for name, state in list(self._states.items()):
            if state.WhichOneof("value") == "trigger_value":  # a click lives for one run
                del self._states[name]
        return run

    def asked(self, *, page_hash: str | None = None, query: str | None = None) -> bytes:
        """Return the request of a run, of another page or with other choices where named."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self.query if query is None else query
        asked.page_script_hash = self._page_hash if page_hash is None else page_hash
        asked.page_name = self.page if page_hash is None else ""
        asked.fragment_id, self._part = self._part if page_hash is None else "", ""
        asked.context_info.url = f"{self._root}/{self.page}"
        asked.context_info.locale = "es-ES"
        asked.context_info.timezone = "UTC"
        asked.context_info.color_scheme = "light"
        asked.widget_states.widgets.extend(self._states.values())
        asked.cached_message_hashes.extend(self._messages)
        return message.SerializeToString()

    async def steady_run(self) -> Run:
        """Run the page; where the connection breaks, come back and run it again."""
        begun = time.perf_counter()
        while True:
            try:
                run = await self.run()
            except (*BROKEN, AssertionError):
                await self.reconnect()
            else:
                run.seconds = time.perf_counter() - begun
                return run

    async def go(self, page: str) -> Run:
        """Go to another page by the menu; the choices in the address go along."""
        self._states.clear()
        self.page = page
        return await self.run(page_hash=self.pages[page])

    def choose(self, **choices: str) -> None:
        """Follow a link to the page with other choices at the next run; `""` lets go of one."""
        params = self.params | choices
        self.query = urlencode({name: text for name, text in params.items() if text})
        self._part = ""

    def change(self, key: str, value: Any = None) -> None:
        """Give a widget a value for the next run, a random other one if None is named."""
        kind, widget = self.widgets[key]
        state = WidgetState(id=widget.id)
        if kind in _CHANGED_TO_ANOTHER_OPTION:
            before = self._states.get(widget.id)
            others = [o for o in widget.options if before is None or o != before.string_value]
            state.string_value = value or self._random.choice(others or list(widget.options))
        elif kind == "multiselect":
            state.string_array_value.data.extend(value or [self._random.choice(widget.options)])
        elif kind == "button_group":
            contents = [option.content for option in widget.options]
            state.string_array_value.data.append(value or self._random.choice(contents))
        elif kind == "checkbox":
            state.bool_value = not widget.default if value is None else bool(value)
        elif kind == "button":
            state.trigger_value = True
        elif kind == "slider":
            steps = int((widget.max - widget.min) / (widget.step or 1))
            place = widget.min + (widget.step or 1) * self._random.randint(0, steps)
            state.double_array_value.data.append(place if value is None else value)
        elif kind in {"text_input", "text_area"}:
            state.string_value = value or f"t{self._random.randint(0, 10**6)}"
        else:
            raise KeyError(f"{key} is a {kind}")
        self._states[widget.id] = state
        self._part = self._fragments.get(widget.id, "")

    async def _until_finished(self, socket: ClientConnection) -> Run:
        run, started = Run(), False
        while True:
            raw = await socket.recv()
            message = ForwardMsg()
            message.ParseFromString(raw)
            run.messages += 1
            run.bytes += len(raw)
            message = self._whole(message, run)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                started = True
                self._page_hash = message.new_session.page_script_hash
                self.session = message.new_session.initialize.session_id or self.session
            elif kind == "navigation":
                self._page_hash = message.navigation.page_script_hash or self._page_hash
                known = {each.url_pathname: each.page_script_hash
                         for each in message.navigation.app_pages}  # fmt: skip
                self.pages = known
                here = [name for name, each in known.items() if each == self._page_hash]
                self.page = here[0] if here else self.page
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "delta":
                self._take(message, run)
            elif kind == "script_finished" and started:
                run.status = ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
                if run.status == "FINISHED_EARLY_FOR_RERUN":
                    started = False
                    run.texts.clear()
                    continue
                return run

    def _whole(self, message: ForwardMsg, run: Run) -> ForwardMsg:
        """Return a message that is here already in the place of its number."""
        if message.WhichOneof("type") == "ref_hash":
            run.kept += 1
            return self._messages.get(message.ref_hash, message)
        if message.hash and message.metadata.cacheable:
            self._messages[message.hash] = message
        return message

    def _take(self, message: ForwardMsg, run: Run) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        kind = element.WhichOneof("type") or ""
        content = getattr(element, kind, None)
        if kind == "exception":
            run.exceptions.append(f"{content.type}: {content.message}"[:200])
        elif kind in _TEXTS:
            run.texts.append(getattr(content, _TEXTS[kind]))
        elif getattr(content, "id", ""):
            # $$ID-<hash>-<the key, or None>
            key = content.id.split("-", 2)[-1] if content.id.startswith("$$ID-") else ""
            label = getattr(content, "label", "")
            self.widgets[label if key in {"", "None"} else key] = (kind, content)
            self._fragments[content.id] = message.delta.fragment_id


@dataclass
class Tally:
    """What became of many readers: their runs, and what broke."""

    firsts: list[Run] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    reconnected: int = 0

    def note(self, error: BaseException) -> None:
        """Count what broke."""
        self.errors.append(f"{type(error).__name__}: {error}"[:160])

    @property
    def failures(self) -> list[str]:
        """Everything that broke, exceptions on a page among it."""
        shown = [each for run in [*self.firsts, *self.runs] for each in run.exceptions]
        return [*self.errors, *shown]


def percentile(runs: list[Run], share: float) -> float:
    """Return the seconds that a share (0–1) of the runs did not exceed; NaN of none."""
    seconds = sorted(run.seconds for run in runs)
    return (
        seconds[min(len(seconds) - 1, round(share * (len(seconds) - 1)))]
        if seconds
        else float("nan")
    )


async def arriving(url: str, count: int, *, within: float = 0.0, stay: float = 0.0) -> Tally:
    """Let `count` readers arrive evenly within some seconds, each to see one page, and stay."""
    require_bounds(count, within + stay)
    tally = Tally()

    async def one(place: int) -> None:
        await asyncio.sleep(within * place / count)
        try:
            begun = time.perf_counter()
            async with Reader(url, seed=place) as reader:
                run = await reader.run()
                # A reader waits for the connection too.
                run.seconds = time.perf_counter() - begun
                tally.firsts.append(run)
                await asyncio.sleep(stay)
        except (*BROKEN, TimeoutError) as error:
            tally.note(error)

    await asyncio.gather(*(one(place) for place in range(count)))
    return tally


@dataclass(frozen=True)
class Habit:
    """What a reader does with an open page: changes one of its choices every so often."""

    every: float = 5.0
    choices: tuple[dict[str, str], ...] = ()
    """What may be chosen: as a link of a filter changes the address."""
    pages: tuple[str, ...] = ()
    """Pages to go to, one time in four."""
    comes_back: bool = True
    """Whether a broken connection is taken up again, as a browser does."""


async def acting(url: str, count: int, habit: Habit, *, seconds: float, ramp: float = 5.0) -> Tally:
    """Let `count` readers arrive within `ramp` seconds and act for `seconds` from then on."""
    require_bounds(count, seconds + ramp)
    tally, begun = Tally(), time.perf_counter()

    async def one(place: int) -> None:
        await asyncio.sleep(ramp * place / count)
        reader = Reader(url, seed=place)
        try:
            async with reader:
                tally.firsts.append(await reader.run())
                luck = Random(place)
                await asyncio.sleep(habit.every * luck.random())
                while (left := begun + ramp + seconds - time.perf_counter()) > 0:
                    at = time.perf_counter()
                    tally.runs.append(await _act(reader, habit, luck))
                    pause = habit.every * luck.uniform(0.8, 1.2) - (time.perf_counter() - at)
                    await asyncio.sleep(max(0.0, min(pause, left)))
        except (*BROKEN, TimeoutError, KeyError) as error:
            tally.note(error)
        tally.reconnected += reader.reconnected

    await asyncio.gather(*(one(place) for place in range(count)))
    return tally


async def _act(reader: Reader, habit: Habit, luck: Random) -> Run:
    if habit.pages and luck.random() < 0.25:
        return await reader.go(luck.choice(habit.pages))
    if habit.choices:
        reader.choose(**luck.choice(habit.choices))
    return await (reader.steady_run() if habit.comes_back else reader.run())


def require_loopback(host: str) -> None:
    """Raise ValueError for an address of another machine."""
    try:
        here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = host == "localhost"
    if not here:
        raise ValueError(f"{host!r} is not this machine: the client loads nothing else")


def require_bounds(readers: int, seconds: float) -> None:
    """Raise ValueError for more readers or a longer time than a measurement needs."""
    if not (0 < readers <= MOST_READERS and 0 <= seconds <= LONGEST_SECONDS):
        raise ValueError(f"at most {MOST_READERS} readers and {LONGEST_SECONDS} seconds")
