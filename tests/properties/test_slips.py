"""An unknown name of a drug is answered with that drug's own name or with none: never with one that looks like it."""

from functools import cache

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reasoner.asking.names import alike, names_of, resolve
from reasoner.errors import QuestionError
from reasoner.inference.reasoned import Reasoned
from reasoner.model.names import fold
from reasoner.model.slips import slips

QUICK = settings(max_examples=100, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
QUICKER = settings(QUICK, max_examples=20)
#: Drugs and reagents that the shipped knowledge does not hold, each named like one that it holds.
OTHERS = [
    "panitumumab", "lapatinib", "axitinib", "masitinib", "afatinib", "rituximab", "dinutuximab", "prednisolone",
    "vinblastine", "daunorubicin", "anti-OSM antibody", "anti-VEGF antibody", "anti-alpha5 inhibitor", "M-CSF", "MCSF",
    "GM-CSF", "AG490", "AMD3465", "STI572", "VLA6 blockade", "interferon beta", "TKU", "GCS-200", "BMS-354852",
]  # fmt: skip


@cache
def shipped() -> Reasoned:
    return Reasoned.load()


@cache
def spellings() -> dict[str, str]:
    kb = shipped()
    shown = names_of(kb).shown
    return {text: name for name in kb.closure.members("Agent") for text in (name, *shown.get(name, ()))}


def reached(text: str, name: str, most: int) -> bool:
    """Whether that many letters left out, put in, changed or swapped with their neighbour are enough, by trying all."""
    if text == name or most == 0:
        return text == name
    if text and name and text[0] == name[0] and reached(text[1:], name[1:], most):
        return True
    ways = [(text[1:], name), (text, name[1:]), (text[1:], name[1:])]
    if text[:2] == name[:2][::-1]:
        ways.append((text[2:], name[2:]))
    return any(reached(*way, most - 1) for way in ways)


def within(text: str, name: str) -> bool:
    mine, theirs = fold(text), fold(name)
    return reached(mine, theirs, 2 if min(len(mine), len(theirs)) >= 9 else 1)


@st.composite
def misspelt(draw: st.DrawFn, most: int = 4) -> str:
    """A name of an agent, or the beginning of one and the end of another, with some letters edited."""
    one, other = (draw(st.sampled_from(sorted(spellings()))) for _ in range(2))
    text = (
        one[: draw(st.integers(0, len(one)))] + other[draw(st.integers(0, len(other))) :]
        if draw(st.booleans())
        else one
    )
    for _ in range(draw(st.integers(0, most))):
        at, letter = draw(st.integers(0, len(text))), draw(st.sampled_from("aeinorstxz4"))
        text = text[:at] + draw(st.sampled_from(("", letter))) + text[at + draw(st.integers(0, 1)) :]
    return text


@QUICK
@given(misspelt())
def test_what_is_offered_for_an_unknown_agent_is_within_the_bound(text):
    offered = slips(text, spellings())
    assert [name for name in offered if not within(text, name)] == []


@QUICKER
@given(misspelt(most=2))
def test_the_hint_for_an_unknown_agent_names_just_what_is_within_the_bound_or_says_how_to_add_it(text):
    assume(text.strip() and not names_of(shipped()).find(text) and not shipped().closure.types(text))
    with pytest.raises(QuestionError) as caught:
        resolve(shipped(), text, "agent")
    offered = alike(shipped(), text, "agent")
    for name in offered:
        assert any(within(text, spelling) for spelling, meant in spellings().items() if meant == name)
    assert caught.value.hint.startswith("did you mean") == bool(offered)
    assert offered or "--with FILE" in caught.value.hint


@QUICK
@given(st.data())
def test_one_slip_in_a_long_word_is_always_seen_for_what_it_is(data):
    name = data.draw(
        st.sampled_from(
            sorted(text for text in spellings() if text.isalpha() and text.upper() != text and len(text) > 4)
        )
    )
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("aeinorstxz"))
    kind = data.draw(st.sampled_from(("left out", "put in", "changed", "swapped")))
    text = {
        "left out": name[:at] + name[at + 1 :],
        "put in": name[:at] + letter + name[at:],
        "changed": name[:at] + letter + name[at + 1 :],
        "swapped": name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
    }[kind]
    assert name in slips(text, spellings(), count=len(spellings()))


@pytest.mark.parametrize("kind", ["agent", "agent or list", ""])
@pytest.mark.parametrize("text", OTHERS)
def test_no_drug_is_offered_for_another_that_is_named_like_it(text: str, kind: str) -> None:
    offered = alike(shipped(), text, kind)
    assert not set(offered) & set(shipped().closure.members("Therapy")), offered
