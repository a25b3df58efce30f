"""Questions: who is asked what, how answers are marked, and what an apprentice reads."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks.answers import form, read_answers
from grader.checks.preparing import prepare
from grader.checks.question_bank import Question, drawn, drawn_for, read_bank
from grader.checks.question_keys import read_keys
from grader.checks.questions import QuestionsOptions
from grader.checks.reference import reference_work
from grader.errors import ExerciseError, SubmissionError
from grader.grading import weigh
from grader.individual import NOBODY, Learner
from grader.results import Outcome, Status

TABLE = '[checks.questions]\nksbs = ["K13"]\ndraw = 2\nneeded = 0.5\n'
COURSE = 'format = 1\nsalt = "a"\n[musts]\nno-real-data = { codes = ["K13"] }\n'


def question(number, **more):
    lines = [
        "[[questions]]",
        f'id = "q{number}"',
        f'title = "Number {number}"',
        f'group = "{"ab"[number % 2]}"',
        'scenario = "A case."',
        'ask = "What now?"',
        *(f"{key} = {value}" for key, value in more.items()),
        "[questions.options]",
        *(f'o{n} = "Option {n}"' for n in range(4)),
        "[questions.because]",
        *(f'b{n} = "Because {n}"' for n in range(3)),
    ]
    return "\n".join(lines) + "\n"


def key(number, starred=""):
    wrong = ["o0", "o2", "o3", "b0", "b2"]
    lines = [f"[q{number}]", 'answer = "o1"', 'because = "b1"', f"[q{number}.feedback]"]
    lines += [f'{id_} = "What of {id_} in {number}?"' for id_ in wrong]
    return "\n".join([*lines, *([f"[q{number}.starred]", starred] if starred else [])]) + "\n"


BANK = "format = 1\n" + "".join(map(question, range(6)))
KEYS = "format = 1\n" + "".join(map(key, range(6)))


@pytest.fixture
def asked(small):
    """The exercise, ready, with what nobody in particular is asked."""
    small.write(small.folder.parent, {"course.toml": COURSE})
    small.write(small.folder, {"questions.toml": BANK})
    small.write(small.solution, {"answers-key.toml": KEYS})
    small.ready = small.exercise(("answers.toml",), TABLE)
    small.ids = [one.id for one in drawn_for(small.ready, NOBODY, 2)[1]]
    return small


def answers(**given):
    """`q1=("o1", "b1")`."""
    tables = (
        f'[{id_}]\nanswer = "{both[0]}"\nbecause = "{both[1]}"\n' for id_, both in given.items()
    )
    return "\n".join(tables)


def mark(small, text, **more):
    return small.run("questions", small.ready, {"answers.toml": text}, **more)


# -- marked


def test_right_answers_pass_and_are_observed(asked):
    result = mark(asked, answers(**dict.fromkeys(asked.ids, ("o1", "b1"))))
    assert result.outcome is Outcome.PASSED
    assert (result.points, result.points_max) == (2, 2)
    assert {(one.ksbs, one.trust) for one in result.items} == {(("K13",), "observed")}


def test_an_answer_counts_only_with_the_right_because(asked):
    first, second = asked.ids
    result = mark(asked, answers(**{first: ("o1", "b1"), second: ("o1", "b2")}))
    assert (result.points, result.outcome) == (1, Outcome.PASSED)  # half is needed
    item = result.items[1]
    assert item.reason == "your answer fits, and the because you chose does not"
    assert item.feedback == f"What of b2 in {second[1:]}?"


def test_a_wrong_answer_gets_a_question_back_and_not_the_answer(asked):
    first, second = asked.ids
    result = mark(asked, answers(**{first: (" O3 ", "b1"), second: ("o2", "b0")}))
    assert result.outcome is Outcome.FAILED
    assert [one.feedback[:10] for one in result.items] == ["What of o3", "What of o2"]
    shown = repr([(one.sentence, one.reason, one.hint, one.feedback) for one in result.items])
    assert "o1" not in shown
    assert "b1" not in shown


def test_what_has_no_answer_is_told_as_one(asked):
    result = mark(asked, "# nothing yet\n")
    assert {one.cause for one in result.items} == {"unanswered"}
    assert {one.reason for one in result.items} == {"there is no answer in answers.toml yet"}
    half = mark(asked, answers(**dict.fromkeys(asked.ids, ("o1", ""))))
    assert {one.reason for one in half.items} == {"there is no because in answers.toml yet"}


def test_a_choice_that_is_none(asked):
    first = asked.ids[0]
    result = mark(asked, answers(**{first: ("o9", "b1")}))
    assert result.items[0].reason.startswith("`answer` is “o9”, which is none of its choices")


def test_a_starred_option_fails_a_must_and_a_right_answer_closes_it(asked):
    starred = "".join(key(n, 'o3 = "no-real-data"') for n in range(6))
    asked.write(asked.solution, {"answers-key.toml": "format = 1\n" + starred})
    first, second = asked.ids
    result = mark(asked, answers(**{first: ("o3", "b1"), second: ("o1", "b1")}))
    assert result.outcome is Outcome.FAILED  # although there are points enough
    assert [one.musts for one in result.items] == [("no-real-data",)] * 2
    assert "break the law" in result.items[0].reason
    assert weigh([result]) is Status.MUST_FAILED
    wrong = mark(asked, answers(**{first: ("o2", "b1"), second: ("o1", "b1")}))
    assert wrong.items[0].musts == ()  # neither failed nor passed
    assert wrong.outcome is Outcome.PASSED


def test_a_reason_is_measured_and_left_for_a_person_to_read(asked):
    bank = "format = 1\n" + "".join(question(n, reason=5) for n in range(6))
    asked.write(asked.folder, {"questions.toml": bank})
    text = answers(**dict.fromkeys(asked.ids, ("o1", "b1")))
    short = mark(asked, text.replace('because = "b1"', 'because = "b1"\nreason = "too short"'))
    assert short.items[0].reason == "`reason` has 2 of the 5 words asked for"
    long = text.replace(
        'because = "b1"', 'because = "b1"\nreason = "any five words at \\u001b all"'
    )
    result = mark(asked, long)
    assert result.outcome is Outcome.PASSED
    assert r"reason: any five words at \x1b all" in result.items[0].detail


def test_a_question_may_carry_codes_of_its_own_or_none(asked):
    bank = "format = 1\n" + "".join(
        question(n, ksbs="[]" if n % 2 else '["S1"]', facet='"csv"') for n in range(6)
    )
    asked.write(asked.folder, {"questions.toml": bank})
    result = mark(asked, "")
    assert {one.ksbs for one in result.items} == {(), ("S1",)}
    assert {one.facets for one in result.items} == {("csv",)}


def test_answers_of_somebody_else_are_said_to_be_theirs(asked):
    others = [f"q{n}" for n in range(6) if f"q{n}" not in asked.ids]
    result = mark(asked, answers(**dict.fromkeys(others, ("o1", "b1"))))
    assert result.points == 0
    assert "4 questions drawn for another id or another attempt than 1" in result.summary
    assert {one.cause for one in result.items} == {"other questions"}
    assert "this is a question of attempt 1, and answers.toml answers others" in {
        one.reason for one in result.items
    }
    assert "`grade questions exercises/small --attempt 1` adds it" in result.items[0].hint


# -- what can't be read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[q0]\nanswer = o1\n", "line 2 isn't right"),
        ('[q0]\nanswer = "o1"\n[q0]\nanswer = "o2"\n', "what stands in line 3 is there twice"),
        ('[q0]\nanswer = "o1"\nanswer = "o2"\n', "is there twice"),
        ('[q0]\nanswer = "o1\n', "line 2 isn't right"),
        ("[q0", "isn't right"),
        ("\udcff = 1", "UTF-8"),
        ("x = " + "[" * 9_000, "too deeply"),
        ("# " + "x" * 200_000, "larger than"),
    ],
    ids=["bare", "twice", "key", "quote", "bracket", "bytes", "deep", "large"],
)
def test_a_form_that_cannot_be_read_is_told_with_its_line(asked, text, said):
    result = mark(asked, text)
    assert {one.cause for one in result.items} == {"unreadable"}
    assert said in result.items[0].reason
    assert result.outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('answer = "o1"\n', "`answer` stands outside a [question]"),
        ('[q00]\nanswer = "o1"\n', "there is no question [q00]; did you mean `q0`"),
        ("[q0]\nanswer = 1\n", "`answer` is not text"),
        ('[q0]\nanwser = "o1"\n', "`anwser` is none of answer, because and reason"),
        ("".join(f"[x{n}]\n" for n in range(30)), "nor 25 more of its questions"),
        ("".join(f"x{n} = 1\n" for n in range(30)), "25 more of that kind"),
    ],
)
def test_what_is_odd_is_a_sentence_and_the_rest_counts(asked, text, said):
    result = mark(asked, text)
    assert said in result.summary
    assert len(result.summary) < 900


@given(st.binary(max_size=400))
@settings(max_examples=30, deadline=None)
def test_any_bytes_are_read(data):
    read = read_answers(data)
    assert all(isinstance(one.answer, str) for one in read.by_id.values())


# -- not marked


def test_without_the_key_it_says_how_many_are_answered(asked):
    first, second = asked.ids
    half = mark(asked, answers(**{first: ("o0", "b0")}), solution=None)
    assert half.outcome is Outcome.FAILED
    assert "Answered: 1 of 2 questions. They are not marked here." in half.summary
    assert f"“Number {second[1:]}”" in half.items[0].reason
    whole = mark(asked, answers(**dict.fromkeys(asked.ids, ("o0", "b0"))), solution=None)
    assert (whole.outcome, whole.evidence) == (Outcome.PENDING, False)
    assert weigh([whole]) is Status.PENDING
    assert "isn't right" in mark(asked, "[", solution=None).items[0].reason


# -- who is asked what


def bank_of(ids, groups):
    options = {"a": "A", "b": "B", "c": "C", "d": "D"}
    return {
        id_: Question(
            id=id_, title="T", scenario="S", ask="A", options=options, group=str(number % groups)
        )
        for number, id_ in enumerate(ids)
    }


IDS = [f"q-{n}" for n in range(12)]


@given(st.integers(0, 2**64 - 1), st.integers(1, 4), st.integers(1, 4))
def test_a_draw_is_stable_of_the_right_size_and_spread_over_the_groups(seed, draw, groups):
    bank = bank_of(IDS, groups)
    found = drawn(bank, seed, draw)
    assert found == drawn(bank, seed, draw)
    assert len({one.id for one in found}) == draw
    assert len({one.group for one in found}) == min(draw, groups)
    assert all(set(one.options) == set("abcd") for one in found)


def test_learners_and_attempts_differ_and_every_question_is_asked_of_somebody():
    bank = bank_of(IDS, 4)
    hands = [tuple(one.id for one in drawn(bank, seed, 4)) for seed in range(60)]
    assert len(set(hands)) > 50
    assert {id_ for hand in hands for id_ in hand} == set(IDS)
    orders = {tuple(drawn(bank, seed, 1)[0].options) for seed in range(60)}
    assert len(orders) > 10


def test_the_draw_of_a_known_seed_stays_as_it_is():
    """A change here deals everybody a new hand; it must be meant."""
    found = drawn(bank_of(IDS, 4), 7, 3)
    assert [one.id for one in found] == ["q-8", "q-1", "q-2"]
    assert "".join(found[0].options) == "dcba"


# -- the form


def test_the_form_holds_the_questions_and_keeps_what_is_answered(asked):
    learner = Learner("heron-12")
    _, questions = drawn_for(asked.ready, learner, 2)
    assert prepare(asked.ready, learner, asked.folder) == ("answers.toml",)
    assert prepare(asked.ready, learner, asked.folder) == ()
    path = asked.folder / "answers.toml"
    text = path.read_text("utf-8")
    assert list(tomllib.loads(text)) == [one.id for one in questions]
    assert "#   A case." in text
    first = questions[0].id
    mine = f'# mine\n[{first}]\nanswer = "o2"\nbecause = "b0"\n'
    path.write_text(mine)
    assert prepare(asked.ready, learner, asked.folder) == ("answers.toml",)
    assert path.read_text("utf-8").startswith(mine.rstrip("\n"))
    assert len(tomllib.loads(path.read_text("utf-8"))) == 2


def test_a_form_without_answers_is_made_anew_for_whoever_asks(asked):
    _, nobodys = drawn_for(asked.ready, NOBODY, 2)
    blank = form(asked.ready, nobodys, None)
    other = next(
        questions
        for questions in (drawn_for(asked.ready, Learner(f"id-{n}"), 2)[1] for n in range(20))
        if {one.id for one in questions} != {one.id for one in nobodys}
    )
    assert list(tomllib.loads(form(asked.ready, other, blank.encode()))) == [o.id for o in other]


def test_a_form_that_cannot_be_read_is_left_alone(asked):
    (asked.folder / "answers.toml").write_text("[q0]\nanswer = o1\n")
    with pytest.raises(SubmissionError, match="line 2"):
        prepare(asked.ready, NOBODY, asked.folder)
    assert (asked.folder / "answers.toml").read_text() == "[q0]\nanswer = o1\n"


def test_code_in_a_scenario_stays_as_it_is(asked):
    bank = BANK.replace('"A case."', '"""\nWhat of\nthis:\n\n    if x:\n        y()\n"""')
    asked.write(asked.folder, {"questions.toml": bank})
    text = form(asked.ready, drawn_for(asked.ready, NOBODY, 2)[1], None)
    assert "#   What of this:\n#\n#       if x:\n#           y()\n" in text


# -- the author's side


def test_the_reference_answers_are_made_for_any_learner(asked):
    for learner in (NOBODY, Learner("a"), Learner("a", 2)):
        work = reference_work(asked.ready, asked.solution, learner)
        text = work["answers.toml"].decode()
        result = mark(asked, text, learner=learner)
        assert (result.points, result.outcome) == (2, Outcome.PASSED)


@pytest.mark.parametrize(
    ("bank", "said"),
    [
        (BANK.replace("format = 1", "format = 9"), "update the grader"),
        (BANK.replace('id = "q1"', 'id = "q0"'), "`q0` is there twice"),
        (BANK.replace('b0 = "Because 0"', 'o0 = "Because 0"'), "is an option and a because"),
        (BANK.replace('o2 = "Option 2"\no3 = "Option 3"\n', ""), "`options` has 2"),
        (BANK.replace('ask = "What now?"', 'ask = "What?"\nksbs = ["S9"]'), "`S9` isn't in the"),
        (BANK.replace("scenario", "szenario"), "did you mean `scenario`"),
        ("format = 1\n" + "".join(map(question, range(5))), "needs at least 6 questions; it has 5"),
        ("[[[", "isn't valid TOML"),
    ],
)
def test_a_bank_with_faults(asked, bank, said):
    asked.write(asked.folder, {"questions.toml": bank})
    with pytest.raises(ExerciseError, match=said.replace("[", r"\[")):
        mark(asked, "")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[q0]", "[q00]", r"\[q00\] is no question; did you mean `q0`"),
        ('[q0]\nanswer = "o1"', '[q0]\nanswer = "o7"', "`answer` is no option"),
        ('[q0]\nanswer = "o1"\nbecause = "b1"', '[q0]\nanswer = "o1"', "`because` is none of"),
        ("What of o0 in 0?", "No.", "feedback for `o0` is missing, or asks no question back"),
        ('b2 = "What of b2 in 0?"', 'b9 = "What?"', "feedback for `b9`: that is no wrong option"),
        ("[q1]", '[q0.starred]\no1 = "no-real-data"\n[q1]', "starred `o1`: that is no wrong"),
        ("[q1]", '[q0.starred]\no2 = "no-real-dat"\n[q1]', "isn't in the register of must-haves"),
        ("format = 1\n", "format = 1\nq0 = 1\n", "isn't valid TOML"),
    ],
)
def test_a_key_with_faults(asked, old, new, said):
    asked.write(asked.solution, {"answers-key.toml": KEYS.replace(old, new, 1)})
    with pytest.raises(ExerciseError, match=said):
        mark(asked, "")


def test_a_key_for_questions_without_a_second_stage(asked):
    asked.write(asked.folder, {"questions.toml": BANK.replace("[questions.because]", "[x]")})
    plain = "\n".join(
        line for line in BANK.splitlines() if "because" not in line and "Because" not in line
    )
    asked.write(asked.folder, {"questions.toml": plain})
    with pytest.raises(ExerciseError, match="has no second stage"):
        mark(asked, "")
    keys = "\n".join(
        line for line in KEYS.splitlines() if not line.startswith(("because", "b0", "b2"))
    )
    asked.write(asked.solution, {"answers-key.toml": keys})
    result = mark(asked, "\n".join(f'[{id_}]\nanswer = "o1"' for id_ in asked.ids))
    assert result.points == 2


def test_questions_need_the_form_among_the_work(asked):
    asked.ready = asked.exercise(("fares.py",), TABLE)
    with pytest.raises(ExerciseError, match=r"answers\.toml"):
        mark(asked, "")


# -- the course's own


@pytest.mark.parametrize("name", ["first-unit", "print-trace", "csv-intake"])
def test_the_courses_banks_are_sound(name, course_exercise):
    exercise = course_exercise(name)
    solution = exercise.folder.parents[1] / "solutions" / name
    bank = read_bank(exercise)
    read_keys(solution, bank, known_musts=None)
    options = exercise.checks["questions"]
    assert isinstance(options, QuestionsOptions)
    assert len(bank) >= 3 * options.draw
    for one in bank.values():
        assert len(one.options) == 4, one.id
        assert len(one.because) == 3, one.id
    groups = {one.group for one in bank.values()}
    for number in range(30):
        _, asked = drawn_for(exercise, Learner(f"id-{number}"), options.draw)
        assert {one.group for one in asked} == groups


def test_the_right_answer_is_not_told_by_its_length(course_exercise):
    """Choosing the longest option everywhere must not pay."""
    longest = total = 0
    for name in ("first-unit", "print-trace", "csv-intake"):
        exercise = course_exercise(name)
        bank = read_bank(exercise)
        solution = exercise.folder.parents[1] / "solutions" / name
        for id_, key in read_keys(solution, bank, known_musts=None).items():
            question = bank[id_]
            total += 1
            longest += key.answer == max(question.options, key=lambda o: len(question.options[o]))
    assert longest <= total / 2, (longest, total)
