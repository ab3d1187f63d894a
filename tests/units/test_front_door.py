"""``import reasoner``: the names that users of Python need, loaded when they are first used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import reasoner
from reasoner import api, errors


def test_importing_the_package_loads_nothing_of_it_but_its_version() -> None:
    code = (
        "import sys; import reasoner; dir(reasoner); reasoner.__version__;"
        "print(sorted(name for name in sys.modules if name.startswith('reasoner')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['reasoner', 'reasoner.version']"


def test_every_error_that_can_be_raised_stands_at_the_door() -> None:
    raised = {
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.DislodgeError)
    }
    assert {kind.__name__ for kind in raised} <= set(reasoner.__all__)
    for kind in raised:
        assert getattr(reasoner, kind.__name__) is kind


def test_what_the_api_offers_stands_at_the_door() -> None:
    assert set(api.__all__) <= set(reasoner.__all__) == set(dir(reasoner))
    for name in api.__all__:
        assert getattr(reasoner, name) is getattr(api, name)


def test_the_door_leads_to_a_question() -> None:
    kb = reasoner.KnowledgeBase.shipped()
    assert kb.show("plerixafor")["id"] == "plerixafor"
    with pytest.raises(reasoner.QuestionError, match="plerixafr"):
        kb.show("plerixafr")


@pytest.mark.parametrize("name", ["Knowledge", "api_", "_OF_NOTHING"])
def test_any_other_name_is_refused_as_of_every_module(name: str) -> None:
    with pytest.raises(AttributeError, match=f"module 'reasoner' has no attribute '{name}'"):
        getattr(reasoner, name)
