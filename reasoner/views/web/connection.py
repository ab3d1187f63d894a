"""HTTP on one connection: a client that is slow to ask, or to take its answer, is let go.

The server library bounds only how long a connection may be idle between two requests.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class Connection(H11Protocol):
    """A connection, with a clock for each of the two directions."""

    #: Seconds from the first byte of a request (or from connecting) to its last.
    asking = 15.0
    #: Seconds in which at least so many bytes of an answer must be taken, or all that are left.
    taking, least = 10.0, 64 << 10
    #: Seconds for what is under way when the server ends.
    ending = 2.0

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._asking: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None

    # --- the request --------------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, and wait for a request."""
        super().connection_made(transport)
        self._await_request()

    def data_received(self, data: bytes) -> None:
        """Read on; a request that has begun must be whole in time."""
        super().data_received(data)
        self._await_request()

    def _await_request(self) -> None:
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self._asking = _stopped(self._asking)
        elif self._asking is None:
            self._asking = self.loop.call_later(self.asking, self.transport.abort)

    # --- the answer ---------------------------------------------------------------------------------------------------

    def on_response_complete(self) -> None:
        """Go on with the next request, of which a part may be there; see that the answer is taken."""
        super().on_response_complete()
        if self.conn.trailing_data[0] or self.conn.their_state is h11.SEND_BODY:
            self._await_request()
        self._await_taking()

    def pause_writing(self) -> None:
        """The client takes less than it is sent."""
        super().pause_writing()
        self._await_taking()

    def _await_taking(self) -> None:
        left = self.transport.get_write_buffer_size()
        if left and self._taking is None:
            self._taking = self.loop.call_later(self.taking, self._judge_taking, left)

    def _judge_taking(self, before: int) -> None:
        self._taking = None
        left = self.transport.get_write_buffer_size()
        if left and before - left < self.least:
            self.transport.abort()
        else:
            self._await_taking()

    # --- the end ------------------------------------------------------------------------------------------------------

    def shutdown(self) -> None:
        """The server ends: what is not done soon is left undone."""
        super().shutdown()
        self.loop.call_later(self.ending, self.transport.abort)

    def connection_lost(self, error: Exception | None) -> None:
        """Stop the clocks."""
        super().connection_lost(error)
        self._asking, self._taking = _stopped(self._asking), _stopped(self._taking)


def _stopped(clock: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    if clock is not None:
        clock.cancel()
    return None
