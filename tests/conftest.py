"""What all tests share: the two tiers, and that a skip can be made a failure."""

from __future__ import annotations

import pytest

_SLOW = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failed run")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The fast tier unless `-m` says otherwise."""
    if config.option.markexpr:
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    config.stash[_SLOW] = len(slow)
    if slow and len(slow) < len(items):
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if config.stash.get(_SLOW, 0):
        terminalreporter.write_line(
            f"Left out: the slow tier, {config.stash[_SLOW]} tests (pytest -m slow)"
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.option.no_skips and reporter and reporter.stats.get("skipped"):
        reporter.write_line("A skip is a failure in this tier.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
