#!/usr/bin/env python3
"""Plays the whole suite against servers that others wrote: departures_test.py [--repeat N] [NAME ...]

Every departure that is reported has to stand in departures/NAME.json, with the section and the reason why it is
true, and the other way round. A departure that depends on how TCP cuts what is sent is marked "sometimes". With
--repeat the suite is played N times, and every variant must have the same verdict each time."""
import argparse
import fnmatch
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "peers"))
from peers import IN_CI, PEERS, options_for, running  # noqa: E402

RELEASE = os.path.join(HERE, "..", "..", "build", "release")
WSPROOF = os.environ.get("WSPROOF", os.path.join(RELEASE, "wsproof"))
BUILD = os.environ.get("WSPROOF_PEERS_BUILD", os.path.join(RELEASE, "peers"))
WORK = os.environ.get("WSPROOF_INTEROP_WORK", os.path.join(RELEASE, "tests", "interop", "work"))
TELLING = ("fail", "lenient", "inconclusive", "broken")


def report_on(name, attempts=3):
    """The JSON report of a run against the peer, and the seconds that it took. A peer that is known to abort gets
    another chance (exit code 4): what is compared is how it behaves while it lives."""
    os.makedirs(WORK, exist_ok=True)
    path = os.path.join(WORK, name + ".json")
    with running(name, BUILD) as url:
        begin = time.monotonic()
        run = subprocess.run([WSPROOF, "test", url, "--no-config", "--progress", "none", "-q", "--report-dir",
                              os.path.join(WORK, name), "-r", "json=" + path, "--exit-zero", *options_for(PEERS[name])],
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300, check=False)
        seconds = time.monotonic() - begin
    if run.returncode == 4 and PEERS[name].get("aborts") and attempts > 1:
        return report_on(name, attempts - 1)
    if run.returncode != 0:
        raise SystemExit("wsproof ended with %d against %s:\n%s" % (run.returncode, name, run.stdout))
    with open(path, encoding="utf-8") as file:
        return json.load(file), seconds


def departures_in(report):
    """What the report holds against the peer: case and verdict, rule and "breach"."""
    found = {(result["case"], result["verdict"]): result.get("reason", "") for result in report["results"]
             if result["verdict"] in TELLING}
    for result in report["results"]:
        for breach in result.get("breaches", []):
            found.setdefault((breach["rule"], "breach"), "%s: %s" % (result["case"], breach["reason"]))
    return found


def explained_departures(name):
    file_name = PEERS[name].get("departures", name) + ".json"
    with open(os.path.join(HERE, "departures", file_name), encoding="utf-8") as file:
        entries = json.load(file)["departures"]
    for entry in entries:
        if not entry["section"] or len(entry["why"]) <= 20:
            raise SystemExit("%s: an entry without a reason: %r" % (name, entry))
    return entries


def fits(entry, case, verdict):
    return entry["verdict"] == verdict and any(fnmatch.fnmatchcase(case, pattern) for pattern in entry["cases"])


def complaints_about(found, entries):
    """Departures nobody has explained, and explanations of departures that are gone."""
    complaints = ["not explained: %-12s %s: %s" % (verdict, case, reason) for (case, verdict), reason in sorted(found.items())
                  if not any(fits(entry, case, verdict) for entry in entries)]
    for entry in entries:
        complaints += ["explained, but gone: %-12s %s" % (entry["verdict"], pattern) for pattern in entry["cases"]
                       if not entry.get("sometimes") and not any(verdict == entry["verdict"] and fnmatch.fnmatchcase(case, pattern)
                                                                 for case, verdict in found)]
    return complaints


def verdicts_in(report):
    return {result["case"]: result["verdict"] for result in report["results"]}


def differences_between(first, other, entries):
    """Variants whose verdict changed from one run to the next; those that TCP decides are left out."""
    at_times = [entry for entry in entries if entry.get("sometimes")]
    return ["not the same in every run: %s: %s, then %s" % (case, first.get(case), other.get(case))
            for case in sorted(first.keys() | other.keys()) if first.get(case) != other.get(case)
            and not any(fits(entry, case, verdict) for entry in at_times for verdict in (first.get(case), other.get(case)))]


def report_that_learned(name, entries, attempts=3):
    """A busy machine may keep a peer from answering an opening handshake in time. Such a run has learned nothing of
    that case (inconclusive) and is played again; one that finds a departure is not."""
    report, seconds = report_on(name)
    unexplained = [verdict for case, verdict in departures_in(report)
                   if not any(fits(entry, case, verdict) for entry in entries)]
    if attempts > 1 and unexplained and set(unexplained) == {"inconclusive"}:
        return report_that_learned(name, entries, attempts - 1)
    return report, seconds


def check(name, repeat):
    entries = explained_departures(name)
    complaints = []
    first = None
    for _ in range(repeat):
        report, seconds = report_that_learned(name, entries)
        found = departures_in(report)
        passed = sum(result["verdict"] == "pass" for result in report["results"])
        print("%s: %d variants, %d passed, %d departures, %.1f s" % (name, len(report["results"]), passed, len(found), seconds))
        complaints += complaints_about(found, entries)
        first = first or verdicts_in(report)
        complaints += differences_between(first, verdicts_in(report), entries)
    for complaint in dict.fromkeys(complaints):
        print("  " + complaint)
    return not complaints


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=1, metavar="N")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in PEERS]
    if unknown:
        parser.error("no such peer: %s; there are %s" % (" ".join(unknown), " ".join(PEERS)))
    return 0 if all([check(name, options.repeat) for name in options.names or IN_CI]) else 1


if __name__ == "__main__":
    sys.exit(main())
