"""The headers of every answer: what the browser may load, where from, and who may frame it."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = {
    "default-src": "'self'",
    # Streamlit starts components from blobs, Vega and the spreadsheet grid compile in place. No
    # script stands in a page, and none may come from another machine.
    "script-src": "'self' 'unsafe-eval' blob:",
    "worker-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' blob:",
    # Nothing that a page holds can be sent to another machine.
    "connect-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-src": "'self' blob: data:",
    "frame-ancestors": "'none'",
}

_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # For browsers older than `frame-ancestors`.
    "X-Frame-Options": "DENY",
}

_IDENTITY = "_streamlit_user"


class SecurityHeaders:
    """ASGI middleware that sets the headers, and keeps the identity's cookies short and safe.

    `session_seconds` bounds the cookies of a login, which Streamlit keeps for 30 days;
    `secure` keeps all cookies to TLS, which Streamlit leaves open.
    """

    def __init__(self, app: ASGIApp, *, session_seconds: int, secure: bool) -> None:
        self._app = app
        self._session_seconds = session_seconds
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on and complete the headers of its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                message["headers"] = [
                    (name, self._cookie(value) if name.lower() == b"set-cookie" else value)
                    for name, value in message["headers"]
                ]
            await send(message)

        await self._app(scope, receive, complete)

    def _cookie(self, value: bytes) -> bytes:
        first, *attributes = value.decode("latin-1").split("; ")
        if first.startswith(_IDENTITY):
            attributes = [self._shortened(attribute) for attribute in attributes]
        if self._secure and "secure" not in {attribute.lower() for attribute in attributes}:
            attributes.append("Secure")
        return "; ".join([first, *attributes]).encode("latin-1")

    def _shortened(self, attribute: str) -> str:
        name, _, seconds = attribute.partition("=")
        if name.lower() != "max-age" or int(seconds) <= self._session_seconds:
            return attribute
        return f"{name}={self._session_seconds}"
