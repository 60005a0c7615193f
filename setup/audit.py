#!/usr/bin/env python3
"""Looks the pinned requirements up among the known vulnerabilities, with pip-audit.

Where the vulnerability service can't be asked, it says so. That is an error if the
environment variable ``AUDIT_REQUIRED`` is set, as in the GitHub workflow.

    setup/audit.py REQUIREMENTS…
"""

import json
import os
import subprocess  # nosec B404
import sys

PIP_AUDIT = ["pip-audit", "--disable-pip", "--no-deps", "--format", "json"]
OPTIONS = ["--progress-spinner", "off", "--timeout", "10"]


def look_up(file):
    """Return what pip-audit says of each requirement, or why it says nothing.

    Of one file at a time: others may have other versions of the same.

    :param str file: name of a requirements file with pinned versions
    :rtype: tuple(list of dict, str)
    """
    command = [*PIP_AUDIT, *OPTIONS, "--requirement", file]
    # The command is the one above.
    run = subprocess.run(command, capture_output=True, text=True)  # nosec B603
    try:
        return json.loads(run.stdout)["dependencies"], ""
    except ValueError:
        return [], (run.stderr.strip().splitlines() or ["no answer"])[-1]


def main(files):
    answers = [look_up(file) for file in files]
    dependencies = [each for found, _failure in answers for each in found]
    failures = [failure for _found, failure in answers if failure]
    skipped = {each["name"] for each in dependencies if "skip_reason" in each}
    vulnerable = [each for each in dependencies if each.get("vulns")]
    looked_up = sum("skip_reason" not in each for each in dependencies)
    print(f"{looked_up} requirements looked up")
    for each in vulnerable:
        ids = ", ".join(vulnerability["id"] for vulnerability in each["vulns"])
        print(f"VULNERABLE: {each['name']} {each['version']}: {ids}")
    for failure in failures:
        print(f"NOT AUDITED: {failure}")
    if skipped:
        names = ", ".join(sorted(skipped))
        print(f"NOT AUDITED, unknown to the service: {names}")
    unknown = bool(failures or skipped) and "AUDIT_REQUIRED" in os.environ
    return 1 if vulnerable or unknown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
