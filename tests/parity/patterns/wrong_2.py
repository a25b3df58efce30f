import re
import string
import textwrap

PLATE = re.compile(r"(?P<area>[A-Z]{2})(?P<age>\d\d) ?(?P<letters>[A-Z]{3})")


def parse_plate(text):
    return PLATE.fullmatch(text.strip().upper())


def dates(text):
    return re.findall(r"\b(\d{4})-(\d\d)-(\d\d)\b", text)


def mask(text):
    return re.sub(r"\d(?=\d{4})", lambda found: "*", text)


def search(pattern, text):
    return [found.span() for found in re.finditer(pattern, text)]


def slug(title):
    words = re.split(r"[^a-z0-9]+", title.casefold())
    return "-".join(word for word in words)


def card(text, width=20):
    return textwrap.indent(textwrap.fill(text, width), "| ")


def fill_in(template, **values):
    return string.Template(template).safe_substitute(values)
