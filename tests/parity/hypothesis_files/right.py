import csv
import json


def save_rows(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def load_rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def save(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)
