import logging

import pytest
from program import count_levels, divide, get_logger


@pytest.fixture
def path(tmp_path):
    return tmp_path / "app.log"


def test_logs_an_error(path):
    logger = get_logger(path)
    assert divide(logger, 6, 3) == 2
    assert divide(logger, 1, 0) is None
    text = path.read_text()
    assert text.startswith("ERROR cannot divide 1\nTraceback")
    assert "ZeroDivisionError: division by zero" in text
    assert "dividing" not in text


def test_debug_level(path):
    logger = get_logger(path, level="DEBUG")
    divide(logger, 6, 3)
    assert path.read_text() == "DEBUG dividing 6 by 3\n"


def test_the_logger_itself(path):
    logger = get_logger(str(path), level=logging.WARNING)
    assert isinstance(logger, logging.Logger)
    assert logger.level == logging.WARNING
    logger.info("quiet")
    logger.warning("loud %s", "£")
    assert path.read_text(encoding="utf-8") == "WARNING loud £\n"
    assert [type(handler).__name__ for handler in logger.handlers] == ["FileHandler"]


def test_unknown_level(path):
    with pytest.raises(ValueError, match="Unknown level"):
        get_logger(path, level="LOUD")


def test_counts(path):
    path.write_text("INFO a\nERROR b\nTraceback x\nINFO c\n")
    assert count_levels(path) == {"INFO": 2, "ERROR": 1}
