import sqlite3

import pytest
from program import Store, add_post, add_user, adults, connect


@pytest.fixture
def path(tmp_path):
    return tmp_path / "app.db"


@pytest.fixture
def connection(path):
    connection = connect(path)
    add_user(connection, "Ada", 36)
    add_user(connection, "Bo", 9)
    yield connection
    connection.close()


def test_writes_a_database_file(connection, path):
    connection.close()
    ours = sqlite3.connect(path)
    assert ours.execute("select name, age from users order by name").fetchall() == [
        ("Ada", 36),
        ("Bo", 9),
    ]
    ours.close()


def test_reads_what_the_suite_wrote(path):
    connect(path).close()
    ours = sqlite3.connect(path)
    ours.execute("insert into users values ('Cy', 50)")
    ours.commit()
    ours.close()
    connection = connect(str(path))
    assert adults(connection) == ["Cy"]
    connection.close()


def test_names_are_unique(connection):
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE constraint failed: users.name"):
        add_user(connection, "Ada", 1)


def test_checks(connection):
    with pytest.raises(sqlite3.IntegrityError) as caught:
        add_user(connection, "Di", -1)
    assert "CHECK" in str(caught.value)
    assert issubclass(caught.type, sqlite3.DatabaseError)
    with pytest.raises(sqlite3.IntegrityError):
        add_post(connection, "nobody", "x")


def test_odd_names(connection):
    add_user(connection, "O'Hara'); drop table users; --", 20)
    assert adults(connection) == ["Ada", "O'Hara'); drop table users; --"]


def test_posts(connection, path):
    assert add_post(connection, "Ada", "one") == 1
    assert add_post(connection, "Bo", None) == 2
    assert add_post(connection, "Ada", "two") == 3
    assert Store(path).posts_of("Ada") == [(1, "one"), (3, "two")]


def test_the_connection_itself(connection):
    assert isinstance(connection, sqlite3.Connection)
    row = connection.execute("select count(*) from users").fetchone()
    assert row[0] == 2
    assert connection.in_transaction is False
    connection.close()
    with pytest.raises(sqlite3.ProgrammingError):
        adults(connection)


def test_in_memory():
    connection = connect(":memory:")
    assert adults(connection) == []
    assert not isinstance(connection, str)
