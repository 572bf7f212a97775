"""The pages of docs/comparison/ that are made of its reports and of the explanations in tests/interop/departures/."""
from collections import Counter

from departures_test import departures_in, explained_departures, fits
from peers import PEERS

VERDICTS = ("pass", "lenient", "fail", "note", "inconclusive", "skipped")
WORDS = {"fail": "fails", "lenient": "lenient", "inconclusive": "not judged", "breach": "standing rule"}
SHOWN = 4  # patterns of cases in a row; the file of the departures has them all


def label_of(name):
    return "%s %s" % (PEERS[name]["library"], PEERS[name]["version"])


def by_label(reports):
    return sorted(reports, key=lambda name: label_of(name).lower())


def escaped(text):
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def row(*cells):
    return "| %s |\n" % " | ".join(str(cell) for cell in cells)


def suite_of(reports):
    tool = next(iter(reports.values()))["tool"]
    days = sorted(report["started"][:10] for report in reports.values())
    span = days[0] if days[0] == days[-1] else "%s to %s" % (days[0], days[-1])
    return "wsproof %s, case set `%s`, measured %s." % (tool["version"], tool["suite"]["digest"], span)


def servers_page(reports):
    text = "# Servers and sums\n\nWritten by `tools/comparison pages`. %s\n\n" % suite_of(reports)
    text += ("Sorted by name; nobody is ranked, and sums do not rank either: servers that lack permessage-deflate skip its cases, a "
             "habit that many\nvariants meet counts as often as they are. Columns count variants; \"must\" are those that break a rule "
             "of that level.\n[departures.md](departures.md) tells what stands behind each number.\n\n")
    text += row("library", "language", "deflate", *VERDICTS[:2], "fail", "of these must", *VERDICTS[3:], "standing rules broken")
    text += row(*["---"] * 3, *["---:"] * 8)
    for name in by_label(reports):
        results = reports[name]["results"]
        sums = Counter(result["verdict"] for result in results)
        must = sum(result["verdict"] == "fail" and result["level"] == "must" for result in results)
        rules = {breach["rule"] for result in results for breach in result.get("breaches", [])}
        deflate = reports[name]["extension"].startswith("permessage-deflate")
        text += row("[%s](departures.md#%s)" % (label_of(name), name), PEERS[name]["language"], "yes" if deflate else "no",
                    sums["pass"], sums["lenient"], sums["fail"], must, *(sums[verdict] for verdict in VERDICTS[3:]), len(rules))
    return text


def entry_row(entry, found):
    count = sum(fits(entry, case, verdict) for case, verdict in found)
    shown = ["`%s`" % pattern for pattern in entry["cases"][:SHOWN]]
    more = len(entry["cases"]) - len(shown)
    return row(WORDS[entry["verdict"]], count, ", ".join(shown) + (" and %d more" % more if more else ""), entry["section"],
               escaped(entry["why"]))


def departures_page(reports):
    text = "# Every departure, explained\n\nWritten by `tools/comparison pages`. %s\n\n" % suite_of(reports)
    text += ("For each server what wsproof reported that is not a pass, with the section that decides and what the server does.\n"
             "\"Lenient\" breaks no rule that binds a server; \"standing rule\" is one that is watched through all the cases; \"not "
             "judged\" says that the set-up or\nthe legal neighbour of the case did not work. The name of a server leads to the file "
             "with all cases.\n")
    for name in by_label(reports):
        found = departures_in(reports[name])
        file_name = "../../tests/interop/departures/%s.json" % name
        text += "\n<a id=\"%s\"></a>\n\n## [%s](%s)\n\n" % (name, label_of(name), file_name)
        text += row("verdict", "variants", "cases", "section", "what it does") + row("---", "---:", "---", "---", "---")
        entries = [entry for entry in explained_departures(name) if any(fits(entry, case, verdict) for case, verdict in found)]
        for entry in sorted(entries, key=lambda entry: list(WORDS).index(entry["verdict"])):
            text += entry_row(entry, found)
    return text
