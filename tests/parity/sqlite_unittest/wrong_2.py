import sqlite3


class OutOfStock(Exception):
    pass


class Stock:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("create table if not exists stock (item text primary key, count integer)")

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def add(self, item, count):
        with self.db:
            self.db.execute(
                "insert into stock values (?, ?) on conflict (item) do update set count = ?",
                (item, count, count),
            )

    def count(self, item):
        row = self.db.execute("select count from stock where item = ?", (item,)).fetchone()
        return row[0] if row else 0

    def move(self, orders):
        with self.db:
            for item, count in orders:
                if self.count(item) < count:
                    raise OutOfStock(item)
                self.db.execute(
                    "update stock set count = count - ? where item = ?", (count, item)
                )
