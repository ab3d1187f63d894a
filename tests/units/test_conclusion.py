import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoner.asking.conclusion import Conclusion, WrittenName, read_conclusion
from reasoner.errors import QuestionError

REFUSED = [
    "",
    "on",
    "on()",
    "on(a",
    "on(a))",
    "(a)",
    "on(a,)",
    "on(a, b, c)",
    'on("a)',
    "on(a b)",
    'on(a"b"c)',
    "on(f(a))",
    "a+b(c)",
]


def test_agents_joined_by_plus_are_one_argument() -> None:
    asked = read_conclusion("sensitises(plerixafor+imatinib, CML_LSC)")
    assert asked.predicate == "sensitises"
    assert asked.arguments == (((WrittenName("plerixafor"), WrittenName("imatinib")),), ((WrittenName("CML_LSC"),),))


def test_steps_are_kept_apart() -> None:
    asked = read_conclusion("dislodges(imatinib then plerixafor, CML_LSC)")
    assert asked.arguments[0] == ((WrittenName("imatinib"),), (WrittenName("plerixafor"),))


def test_a_name_in_double_quotes_may_hold_anything() -> None:
    asked = read_conclusion('on("CXCR4, at work (in a cell) + more")')
    assert asked.arguments == (((WrittenName("CXCR4, at work (in a cell) + more", quoted=True),),),)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_conclusion_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(QuestionError) as caught:
        read_conclusion(text)
    assert caught.value.code == "E411"
    assert "sensitises(" in caught.value.hint


def test_a_conclusion_prints_as_it_can_be_asked_again() -> None:
    conclusion = Conclusion("sensitises", ("CML_LSC",), ("plerixafor",), (("imatinib", "TKI"), ("cilengitide",)))
    assert str(conclusion) == "sensitises(imatinib+TKI then cilengitide then plerixafor, CML_LSC)"
    assert str(Conclusion("on", ("CXCR4__in__CML_LSC",))) == "on(CXCR4__in__CML_LSC)"


@given(st.text(alphabet='on(a,b)"+ \ue000\ue0010', max_size=25))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert read_conclusion(text).arguments
    except QuestionError as error:
        assert error.code == "E411"
