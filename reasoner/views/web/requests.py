"""Reading requests within bounds: host names, bodies, parameters."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

MOST_BYTES = 1 << 20
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_MOST_FIELDS = 200


class Refusal(Exception):
    """A request that is refused: a status and a sentence."""

    def __init__(self, status: int, sentence: str, **headers: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.headers = headers


def host_name(header: str) -> str:
    """The host of a Host header without its port.

    >>> host_name("127.0.0.1:8321"), host_name("[::1]:80"), host_name("Evil.example")
    ('127.0.0.1', '[::1]', 'evil.example')
    """
    if header.startswith("["):
        return header.partition("]")[0].lower() + "]"
    return header.partition(":")[0].lower()


async def body_of(request: Request) -> bytes:
    """The body, at most :data:`MOST_BYTES`; raises :class:`Refusal` 413."""
    said = request.headers.get("content-length", "0")
    data = bytearray()
    if not said.isdigit() or int(said) <= MOST_BYTES:
        try:
            async for part in request.stream():
                data += part
                if len(data) > MOST_BYTES:
                    break
            else:
                return bytes(data)
        except ClientDisconnect:
            raise Refusal(400, "the request ended early") from None
    raise Refusal(413, f"the body is larger than {MOST_BYTES >> 20} MB")


def fields(encoded: bytes) -> list[tuple[str, str]]:
    """URL-encoded fields in order; raises :class:`Refusal` 400 where they are not UTF-8 or far too many."""
    if encoded.count(b"&") >= _MOST_FIELDS:
        raise Refusal(400, f"more than {_MOST_FIELDS} parameters are given")
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except (UnicodeDecodeError, ValueError):
        raise Refusal(400, "the parameters are not URL-encoded UTF-8") from None


class HostCheck:
    """Answers only requests that name an allowed host: a web page of elsewhere cannot reach in under another name."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 421."""
        if scope["type"] == "http" and host_name(Headers(scope=scope).get("host", "")) not in self.hosts:
            from starlette.responses import PlainTextResponse

            await PlainTextResponse("this host name is not served here\n", 421)(scope, receive, send)
            return
        await self.app(scope, receive, send)
