"""What `grade doctor` finds out about a machine."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import sys

import pytest

from grader.workspace import machine


def fact(name, folder):
    found = {one.name: one for one in machine.facts(folder)}
    return found[name]


def test_a_sound_machine_needs_no_cure(tmp_path):
    told = {one.name: one for one in machine.facts(tmp_path)}
    for name in ("python", "packages", "kernel", "drive", "locks", "git"):
        assert told[name].state == "good", told[name]
        assert not told[name].cure
    assert not list(tmp_path.iterdir())


def test_a_python_that_was_not_tried(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "NEWEST", (3, 10))
    told = fact("python", tmp_path)
    assert told.state == "note"
    assert "3.11 to 3.10" in told.cure


def test_a_missing_package(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "_PACKAGES", ("pytest", "no-such-package"))
    told = fact("packages", tmp_path)
    assert told.state == "bad"
    assert "no-such-package missing" in told.found


def test_a_drive_without_locks(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(machine.fcntl, "flock", refuse)
    told = fact("locks", tmp_path)
    assert told.state == "note"
    assert os.strerror(errno.ENOLCK) in told.found


@pytest.mark.parametrize("kind", ["9p", "nfs4", "cifs"])
def test_a_drive_of_another_machine(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(machine, "_kind_of_drive", lambda _: kind)
    told = fact("drive", tmp_path)
    assert told.state == "note"
    assert told.found.startswith(kind)
    assert "copy the course" in told.cure


def test_the_kind_of_a_drive_is_read_from_its_mount(tmp_path):
    assert machine._kind_of_drive(machine.Path("/proc")) == "proc"
    assert machine._kind_of_drive(tmp_path) not in ("", "proc")


def test_small_limits_are_named_with_their_commands(tmp_path, monkeypatch):
    small = {resource.RLIMIT_NOFILE: 64, resource.RLIMIT_NPROC: 5, resource.RLIMIT_AS: 1 << 30}
    monkeypatch.setattr(machine.resource, "getrlimit", lambda one: (small[one], small[one]))
    told = fact("limits", tmp_path)
    assert told.state == "bad"
    assert told.found == "open files 64, processes 5, memory 1.0 GB"
    assert told.cure == (
        "Allow more: `ulimit -n 1024` and `ulimit -u 500` and `ulimit -v unlimited`."
    )


def test_a_full_disk(tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)._replace(free=1 << 20)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: usage)
    assert fact("disk", tmp_path).state == "note"


def test_programs_that_are_not_there(tmp_path, monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda _: None)
    assert fact("git", tmp_path).found == "not found"
    assert fact("browser", tmp_path).state == "note"


def test_a_git_that_does_not_run(tmp_path, monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda _: shutil.os.path.realpath("/bin/false"))
    assert fact("git", tmp_path).found == "found, but does not run"


def test_a_git_that_never_answers(tmp_path, monkeypatch):
    def wait(words, **_):
        raise machine.subprocess.TimeoutExpired(words, 10)

    monkeypatch.setattr(machine.subprocess, "run", wait)
    assert fact("git", tmp_path).found == "found, but gives no answer"


def test_a_look_that_the_system_refuses_stops_no_other(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(machine.shutil, "disk_usage", refuse)
    told = {one.name: one for one in machine.facts(tmp_path)}
    assert told["disk"].found == "could not be looked at: Permission denied"
    assert told["python"].state == "good"


def test_another_system(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert fact("kernel", tmp_path).state == "bad"
