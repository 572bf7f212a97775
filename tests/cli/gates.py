"""Gate scripts as projects have them around Autobahn's index.json, each with an idea of its own of what is good."""
import json
import os
import re
import subprocess

WORDS = {"OK", "NON-STRICT", "INFORMATIONAL", "UNIMPLEMENTED", "FAILED"}
CLOSE_WORDS = {"OK", "FAILED", "WRONG CODE", "UNCLEAN", "FAILED BY CLIENT", "INFORMATIONAL"}


def entries(folder):
    with open(os.path.join(folder, "index.json"), encoding="utf-8") as file:
        index = json.load(file)
    return [(agent, number, entry) for agent, cases in index.items() for number, entry in cases.items()]


def behavior_only(folder):
    return all(entry["behavior"] in ("OK", "INFORMATIONAL", "NON-STRICT") for _, _, entry in entries(folder))


def both_fields(folder):
    good = ("OK", "INFORMATIONAL", "NON-STRICT")
    return all(entry["behavior"] in good and entry["behaviorClose"] in good for _, _, entry in entries(folder))


def both_fields_unimplemented_too(folder):
    good = ("OK", "INFORMATIONAL", "UNIMPLEMENTED")
    return all(entry["behavior"] in good and entry["behaviorClose"] in good for _, _, entry in entries(folder))


def close_only(folder):
    return all(entry["behaviorClose"] in ("OK", "INFORMATIONAL") for _, _, entry in entries(folder))


def strictly_ok(folder):
    return all(entry["behavior"] == entry["behaviorClose"] == "OK" for _, _, entry in entries(folder))


def everything_but_failed(folder):
    return all(entry["behavior"] != "FAILED" for _, _, entry in entries(folder))


def grep(folder):
    return subprocess.run(["grep", "-q", "FAILED", os.path.join(folder, "index.json")], check=False).returncode == 1


def line_by_line(folder):
    """One field a line, as sed and grep -v read it."""
    with open(os.path.join(folder, "index.json"), encoding="utf-8") as file:
        lines = file.read().split("\n")
    found = [match[1] for match in (re.fullmatch(r' {9}"behavior": "([A-Z -]+)", ?', line) for line in lines) if match]
    assert len(found) == len(entries(folder)), "not one field a line"
    return not [word for word in found if word not in ("OK", "NON-STRICT", "INFORMATIONAL")]


def css_class(folder):
    """Two mentions stand in the page without any failure."""
    with open(os.path.join(folder, "index.html"), encoding="utf-8") as file:
        return file.read().count("case_failed") <= 2


def case_files(folder):
    """Reads what JUnit writers and nightly scripts take from the files of the cases."""
    good = True
    for agent, number, entry in entries(folder):
        with open(os.path.join(folder, entry["reportfile"]), encoding="utf-8") as file:
            case = json.load(file)
        assert case["agent"] == agent and case["id"] == number
        assert case["behavior"] in WORDS and case["behaviorClose"] in CLOSE_WORDS, case["behaviorClose"]
        assert all(isinstance(case[key], str) and case[key] for key in ("description", "expectation", "result"))
        assert isinstance(case["expected"], dict) and isinstance(case["received"], list)
        good = good and case["behavior"] in ("OK", "INFORMATIONAL", "UNIMPLEMENTED")
    return good


def stored(folder):
    """What a project keeps beside its sources to compare with: everything but the times."""
    return json.dumps([(agent, number, {key: value for key, value in entry.items() if key != "duration"})
                       for agent, number, entry in entries(folder)], sort_keys=True)


ALL = (behavior_only, both_fields, both_fields_unimplemented_too, close_only, strictly_ok, everything_but_failed, grep,
       line_by_line, css_class, case_files)
