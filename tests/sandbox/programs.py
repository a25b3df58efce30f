"""Mounted in the sandbox as the module `programs`: runs the code of a test as a program would."""

import json
import os


def run(arguments, fds):
    """Run `code`, which may `say` things; write all of it, or the error, as JSON."""
    from _inside.lockdown import deny_new_processes

    if arguments["deny"]:
        deny_new_processes()
    said = []

    def report(error=None):
        os.write(fds[0], json.dumps({"said": said, "error": error}).encode())

    try:
        exec(arguments["code"], {"say": said.append, "fds": fds, "report": report})
    except Exception as error:
        report(f"{type(error).__name__}: {error}")
        raise
    report()
