import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reasoner.asking.regimen import FORMS, HYPOTHETICAL, hypothetical, join_arguments, read_regimen
from reasoner.errors import QuestionError

READS = {
    "imatinib": ((("imatinib",),), ()),
    "A + B": ((("A", "B"),), ()),
    "A+B+A": ((("A", "B"),), ()),
    "A then B+C": ((("A",), ("B", "C")), ()),
    "CML,T315I: A+B": ((("A", "B"),), ("CML", "T315I")),
    "CML : A then B": ((("A",), ("B",)), ("CML",)),
    "CML:": ((), ("CML",)),
    "block:CXCR4+imatinib": ((("block:CXCR4", "imatinib"),), ()),
    "CHEBI:45783": ((("CHEBI:45783",),), ()),
    "tyrosine kinase inhibitor": ((("tyrosine kinase inhibitor",),), ()),
    '"a + b, then c"+d': ((("a + b, then c", "d"),), ()),
    "strengthen": ((("strengthen",),), ()),
}
REFUSED = ["", " ", "+", "A+", "+A", "A++B", "A,B", "A then", "then A", "x: y: z", '"A', ",: A", "CML,: A"]


@pytest.mark.parametrize("text", READS)
def test_a_regimen_is_read_in_steps_with_its_place(text: str) -> None:
    regimen = read_regimen(text)
    assert (regimen.steps, regimen.place) == READS[text]


@pytest.mark.parametrize("text", REFUSED)
def test_a_regimen_with_a_name_missing_is_refused_with_the_form(text: str) -> None:
    with pytest.raises(QuestionError) as caught:
        read_regimen(text)
    assert caught.value.code == "E410"
    assert "A+B" in caught.value.hint


def test_the_steps_of_a_regimen_stand_in_their_order() -> None:
    assert read_regimen("A then B then C+D").steps == (("A",), ("B",), ("C", "D"))


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((), ""),
        (("A", "B"), "A + B"),
        (("A+B", "C"), "A+B + C"),
        (("A", "then", "B"), "A then B"),
        (("A", "+", "B"), "A + B"),
        (("CML,T315I:", "A", "B"), "CML,T315I: A + B"),
    ],
)
def test_arguments_of_a_shell_are_given_together(arguments: tuple[str, ...], text: str) -> None:
    assert join_arguments(arguments) == text


def test_a_hypothetical_agent_has_a_mode_and_a_target() -> None:
    assert hypothetical("block:CXCR4") == ("block", "CXCR4")
    assert [hypothetical(f"{mode}:X") for mode in HYPOTHETICAL] == [(mode, "X") for mode in HYPOTHETICAL]
    assert {"lower", "activate", "deplete"} < set(HYPOTHETICAL) and all(f"{mode}:" in FORMS for mode in HYPOTHETICAL)
    assert hypothetical("CHEBI:45783") is None
    assert hypothetical("block:") is None


@example(':""')
@example('"CML:" + B')
@example('"A:": B')
@given(st.text(alphabet='AB+,: "then\ue000\ue0010', max_size=30))
def test_any_text_is_read_or_refused_and_what_is_read_reads_back(text: str) -> None:
    try:
        regimen = read_regimen(text)
    except QuestionError:
        return
    assert read_regimen(str(regimen)) == regimen
