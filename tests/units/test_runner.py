"""Who is answered when: slots, lines, and what becomes of a question that is long or that nobody waits for."""

import asyncio
import contextlib
import mmap
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from reasoner.errors import LimitError
from reasoner.views.limited import Limits, Reply, Work
from reasoner.views.web import runner as runner_module
from reasoner.views.web.runner import BUSY, Runner, Slots

SHORT, LONG = 0.0, 4 * runner_module.SHORT


def taking(seconds: float) -> Work:
    """Work that takes so much of a processor."""

    def work() -> Reply:
        begun = time.process_time()
        while time.process_time() < begun + seconds:
            pass
        return Reply({"taken": seconds})

    return work


def narrow(quick_line: int = 64, long_line: int = 16) -> Runner:
    """One slot of each kind."""
    return Runner(Limits(60), quick=Slots(1, quick_line), long=Slots(1, long_line))


def run(scene: Callable[[Runner], Awaitable[Any]], runner: Runner | None = None) -> Any:
    async def within() -> Any:
        return await scene(runner or narrow())

    return asyncio.run(within())


@pytest.mark.ci
def test_a_short_question_overtakes_long_ones_that_came_before() -> None:
    async def scene(runner: Runner) -> bool:
        before = [asyncio.ensure_future(runner.run(taking(60))) for _ in range(3)]
        await asyncio.sleep(0)
        told = await runner.run(taking(SHORT))
        overtaken = not any(asked.done() for asked in before)
        for asked in before:
            asked.cancel()
        await asyncio.gather(*before, return_exceptions=True)
        return overtaken and told.about == {"taken": SHORT}

    assert run(scene)


def test_a_question_that_is_known_to_be_long_takes_no_quick_slot() -> None:
    async def scene(runner: Runner) -> Reply:
        async with runner.quick.slot():
            return await runner.run(taking(SHORT), is_long=True)

    assert run(scene).about == {"taken": SHORT}


@pytest.mark.parametrize(("is_free", "times"), [(True, 1), (False, 2)])
@pytest.mark.ci
def test_a_long_question_goes_on_where_a_long_slot_is_free_and_else_begins_anew(is_free: bool, times: int) -> None:
    begun = mmap.mmap(-1, 1)  # which children share

    def work() -> Reply:
        begun[0] += 1
        return taking(LONG)()

    async def scene(runner: Runner) -> Reply:
        async with contextlib.AsyncExitStack() as other:
            if not is_free:
                await other.enter_async_context(runner.long.slot())
            asked = asyncio.ensure_future(runner.run(work))
            await asyncio.sleep(0)
            async with runner.quick.slot():  # it has left it
                assert not asked.done()
            await other.aclose()
            return await asked

    assert run(scene).about == {"taken": LONG}
    assert begun[0] == times


def test_those_that_wait_are_asked_in_the_order_in_which_they_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner_module, "LASTING", 60.0)

    async def scene(runner: Runner) -> list[str]:
        said: list[str] = []

        async def asks(name: str) -> None:
            await runner.run(lambda: Reply({"name": name}))
            said.append(name)

        await asyncio.gather(*map(asks, "abcdefgh"))
        return said

    assert run(scene) == list("abcdefgh")


@pytest.mark.parametrize("is_long", [False, True])
def test_a_full_line_sends_away_at_once(is_long: bool) -> None:
    async def scene(runner: Runner) -> list[Any]:
        return await asyncio.gather(
            *(runner.run(taking(SHORT), is_long=is_long) for _ in range(5)), return_exceptions=True
        )

    found = run(scene, narrow(quick_line=2, long_line=2))
    assert [getattr(one, "code", "") for one in found] == [""] * 3 + [BUSY] * 2


def test_who_has_waited_long_enough_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner_module, "PATIENCE", 0.05)

    async def scene(runner: Runner) -> None:
        async with runner.quick.slot(), runner.long.slot():
            for is_long in (False, True):
                with pytest.raises(LimitError) as refused:
                    await runner.run(taking(SHORT), is_long=is_long)
                assert refused.value.code == BUSY
        assert (await runner.run(taking(SHORT))).about == {"taken": SHORT}, "and there is a slot again"

    run(scene)


@pytest.mark.parametrize("is_long", [False, True])
def test_a_question_that_is_given_up_leaves_its_slot(is_long: bool) -> None:
    async def scene(runner: Runner) -> Reply:
        for _ in range(3):
            asked = asyncio.ensure_future(runner.run(taking(60), is_long=is_long))
            waits = asyncio.ensure_future(runner.run(taking(60), is_long=is_long))
            await asyncio.sleep(0.1)
            for one in (waits, asked):
                one.cancel()
            await asyncio.wait({asked, waits})
        return await runner.run(taking(SHORT), is_long=is_long)

    assert run(scene).about == {"taken": SHORT}


def test_waiting_for_a_processor_makes_no_question_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that lasts, as on a busy machine, but takes little stays where it is."""
    monkeypatch.setattr(runner_module, "LASTING", 60.0)

    def lasting() -> Reply:
        time.sleep(3 * runner_module.SHORT)
        return Reply({"taken": SHORT})

    async def scene(runner: Runner) -> Reply:
        async with runner.long.slot():
            return await runner.run(lasting)

    assert run(scene).about == {"taken": SHORT}


def test_the_line_of_the_quick_slots_is_no_longer_than_its_patience() -> None:
    """Were all that wait long, the last would still be asked in time."""
    runner = Runner(Limits())
    assert runner.quick.line * runner_module.LASTING / runner.quick.count <= runner_module.PATIENCE
