"""A question ends when nobody waits for its answer any more."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar

from starlette.requests import Request

from reasoner.views.web.requests import Refusal

T = TypeVar("T")


@contextlib.asynccontextmanager
async def ending(work: Coroutine[Any, Any, T]) -> AsyncIterator[asyncio.Task[T]]:
    """Work that goes on within the block, and has ended behind it."""
    task = asyncio.ensure_future(work)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # it is told here or to nobody


async def while_there(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """The result of ``work``, which is given up as soon as the client closes its connection."""
    async with ending(work) as asked, ending(_left(request)) as left:
        await asyncio.wait({asked, left}, return_when=asyncio.FIRST_COMPLETED)
        if asked.done():
            return await asked
        raise Refusal(499, "the client has left")  # which nobody will read


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
