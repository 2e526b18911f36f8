"""How far somebody has come in a form: what counts as a step, and that the number never grows."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from handlers.form import forms
from handlers.form.run import Given, Run, new_run, put, steps
from handlers.form.values import encode
from handlers.help.forms import ASKED_LAST, REQUEST
from handlers.help.whom import ME, SOMEBODY
from tests.form.phone import Phone
from tests.form.test_walk import to_summary

HEADING = re.compile(r"^Step (\d+) of (\d+)\n", re.ASCII)


def filled(prefill: Mapping[str, Any], *answers: tuple[str, Any]) -> tuple[list[list[str]], Run]:
    """Answer one question after the other; give the steps before the first and after each."""
    form = forms.find(REQUEST)
    assert form is not None
    run = new_run(form)
    run.prefilled = list(prefill)
    for key, value in prefill.items():
        put(form, run, key, Given(value=encode(value), words="x"))
    found = [[each.key for each in steps(form, run)]]
    for key, value in answers:
        put(form, run, key, Given(value=encode(value), words="x"))
        found.append([each.key for each in steps(form, run)])
    return found, run


def test_the_usual_request_has_three_steps_or_fewer() -> None:
    usual = {**ASKED_LAST, "whom": ME}
    told, _ = filled(usual, ("category", "repairs.plumbing"), ("what", "the tap drips"))
    assert told == [["category", "what", "when"]] * 3
    told, _ = filled(usual, ("category", "errands.shopping"))
    assert told[1] == ["category", "what", "when"]
    told, _ = filled(usual, ("category", "emergency"))
    assert told[1] == ["category", "what"]


def test_what_was_told_ahead_is_no_step_and_outlives_another_kind() -> None:
    prefill = {**ASKED_LAST, "whom": ME, "what": "the tap drips"}
    told, run = filled(prefill, ("category", "repairs.plumbing"), ("category", "pets"))
    assert told == [["category", "when"]] * 3
    assert run.answers["what"].value == "the tap drips"


def test_somebody_new_adds_their_questions_only_when_chosen() -> None:
    answers = [("category", "errands.shopping"), ("what", "rice"), ("when", "soon")]
    told, run = filled(ASKED_LAST, *answers, ("whom", SOMEBODY))
    assert [len(each) for each in told] == [4, 4, 4, 4, 8]
    form = forms.find(REQUEST)
    assert form is not None
    put(form, run, "whom", Given(value=7, words="x"))
    assert len(steps(form, run)) == 4


@pytest.mark.parametrize("kind", ["Repair", "Company", "Other"])
async def test_the_number_never_grows_under_way(phone: Phone, kind: str) -> None:
    await phone.send("!test.everything hands=2")
    seen = []
    which = [{"text": "that one"}] if kind == "Other" else []
    for sent in [{"text": kind}, *which, {"text": "the tap"}]:
        seen.append(phone.last.text)
        await phone.send(**sent)
    seen.append(phone.last.text)
    told = [tuple(map(int, found.groups())) for text in seen if (found := HEADING.match(text))]
    assert [number for number, _ in told] == list(range(1, len(seen) + 1))
    totals = [total for _, total in told]
    assert totals == sorted(totals, reverse=True)
    assert totals[0] == 11
    assert totals[-1] == (11 if kind == "Other" else 10)


async def test_a_question_answered_for_somebody_is_a_step_once_gone_back_to(phone: Phone) -> None:
    await phone.send("!test.everything kind=repair")
    assert phone.last.text.startswith("Step 1 of 10")
    await phone.tap("Back")
    assert phone.last.text.startswith("Step 1 of 11")
    await phone.tap("Keep")
    assert phone.last.text.startswith("Step 2 of 11")


async def test_a_change_from_the_summary_is_headed_by_what_it_changes(phone: Phone) -> None:
    await to_summary(phone)
    await phone.tap("Change")
    await phone.tap("Hands")
    assert phone.last.text.startswith("Hands\n\nHow many?")
