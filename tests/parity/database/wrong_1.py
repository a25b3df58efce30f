import sqlite3
from contextlib import closing

SCHEMA = """
create table if not exists users (name text primary key, age integer not null check (age >= 0));
create table if not exists posts (
    id integer primary key, author text not null references users (name), body text
);
"""


def connect(path):
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys = off")
    connection.executescript(SCHEMA)
    return connection


def add_user(connection, name, age):
    with connection:
        connection.execute("insert into users values (?, ?)", (name, age))


def add_post(connection, author, body):
    with connection:
        cursor = connection.execute(
            "insert into posts (author, body) values (?, ?)", (author, body)
        )
    return cursor.lastrowid


def adults(connection):
    rows = connection.execute("select name from users where age >= 18 order by name")
    return [row["name"] for row in rows]


class Store:
    def __init__(self, path):
        self.path = path

    def posts_of(self, author):
        with closing(connect(self.path)) as connection:
            query = "select id, body from posts where author = ? or body is null order by id"
            return [tuple(row) for row in connection.execute(query, (author,))]
