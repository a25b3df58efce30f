"""SQL as statements, and run on a database of its own in the sandbox."""

from __future__ import annotations

import pytest

from grader.bridge.artefacts.database import Answer, ScriptFailed, run_sql
from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.sql_script import statements_of

pytestmark = pytest.mark.interpreter

SCRIPT = b"""-- name: Q1
-- never inspected
SELECT a.id, 'x;y' -- trailing
FROM assets a;
/* why */ CREATE TABLE t (a text, "b;c" int);
create trigger tr after insert on t begin update t set a = 1; delete from t; end;
;
CREATE UNIQUE INDEX i ON t (a);
pragma foreign_keys = on;
-- done
"""


def test_statements():
    found = statements_of(SCRIPT)
    assert [(one.kind, one.line, one.name) for one in found] == [
        ("select", 3, "Q1"),
        ("create table", 5, ""),
        ("create trigger", 6, ""),
        ("create index", 8, ""),
        ("pragma", 9, ""),
    ]
    assert found[0].text == "SELECT a.id, 'x;y'  \nFROM assets a"
    assert found[0].comments == ("name: Q1", "never inspected", "trailing")
    assert found[1].comments == ("why",)
    assert statements_of(b" \n-- nothing\n") == ()


WRONG = [
    (b"select 1", "work.txt, line 1: the statement is never ended; put a semicolon after it"),
    (b"select 1;\nselect 'a;\n", "work.txt, line 2: what is opened by ' here is never closed"),
    (b"select [a;", "work.txt, line 1: what is opened by [ here is never closed"),
    (b"select 1;" * 1_001, "work.txt holds more than 1,000 statements; shorten it"),
    (b"select " + b"1,1 " * 30_000, "work.txt, line 1: the statement is too long; split it"),
    (b"create trigger a begin " + b"select 1;" * 9_000, "work.txt, line 1: the statement is "),
]


@pytest.mark.parametrize(("data", "sentence"), WRONG, ids=range(len(WRONG)))
def test_what_a_learner_reads(data, sentence, told):
    assert told(statements_of, data).startswith(sentence), told(statements_of, data)


def run(sandbox, script, *steps):
    return run_sql(sandbox, [statements_of(script)], steps, pytest.fail)


SCHEMA = b"CREATE TABLE t (a INTEGER CHECK (a > 0), b);\nINSERT INTO t VALUES (1, 'q');\n"


def test_steps_go_on_after_an_error(forks):
    answers = run(
        forks,
        SCHEMA,
        ("SELECT * FROM t", ()),
        ("INSERT INTO t VALUES (?, ?)", (-1, None)),
        ("SELEC", ()),
        ("INSERT INTO t VALUES (?, ?)", (2, b"\0\xff")),
        ("SELECT b, 1.5, 9e999 FROM t WHERE a = 2", ()),
        ("SELECT ?", (1 << 70,)),
    )
    assert answers[0] == Answer(("a", "b"), ((1, "q"),))
    assert answers[0].records == [{"a": 1, "b": "q"}]
    assert (answers[1].error, answers[1].refused) == ("CHECK constraint failed: a > 0", True)
    assert answers[2].error
    assert not answers[2].refused
    assert answers[4].rows == ((b"\0\xff", 1.5, "inf"),)
    assert answers[5].error


def test_a_script_that_fails_is_told_with_its_line(forks):
    with pytest.raises(ScriptFailed) as caught:
        run(forks, b"SELECT 1;\n\nSELEC 2;\n")
    assert caught.value.file == 0
    said = caught.value.problem.sentence("schema.sql")
    assert said == 'schema.sql, line 3: SQLite refuses this statement (near "SELEC": syntax error)'


def test_no_other_file_can_be_reached(readers):
    for script in (b"ATTACH '/etc/passwd' AS x;", b"SELECT load_extension('x');"):
        with pytest.raises(ScriptFailed, match="SQLite refuses this statement"):
            run(readers, script)
    answer = run(readers, b"SELECT 1;", ("VACUUM INTO '/w/work/x.db'", ()))[0]
    assert answer.error


def test_too_much(readers):
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    with pytest.raises(Malformed, match="more than 5,000 rows"):
        run(readers, SCHEMA, (endless, ()))
    assert "too big" in run(readers, SCHEMA, ("SELECT randomblob(1000000000)", ()))[0].error
    for depth, much in ((80, False), (81, True), (900, True)):
        nested = "SELECT " + "(" * depth + "1" + ")" * depth
        assert ("brackets" in run(readers, SCHEMA, (nested, ()))[0].error) is much
    quoted = "SELECT '" + "(" * 900 + "' -- " + "(" * 900
    assert not run(readers, SCHEMA, (quoted, ()))[0].error


@pytest.mark.slow
def test_a_query_that_never_ends(readers):
    counting = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
    with pytest.raises(Malformed):
        run(readers, SCHEMA, (counting + "SELECT count(*) FROM n", ()))
