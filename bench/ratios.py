#!/usr/bin/env python3
"""Prints how fast wsproof is beside the others and holds the figures to bench/aims.json.

usage: ratios.py [--aims FILE] [--noise PERCENT] RESULT.json...

A result is what a benchmark of this folder writes with
  --benchmark_out=FILE --benchmark_repetitions=9 --benchmark_enable_random_interleaving=true
The benchmarks are named area/who/size. Of the repetitions the median counts. The exit code is 1 when
an aim is missed by more than the noise (10 % unless told), 2 when it cannot be judged.
"""
import argparse
import json
import pathlib
import statistics
import sys

OURS = "wsproof"


def read_speeds(paths):
    """{(area, size): {who: speed}}; bytes or items a second, whichever the benchmark counts."""
    repetitions = {}
    for path in paths:
        for entry in json.loads(pathlib.Path(path).read_text())["benchmarks"]:
            if entry.get("run_type") == "aggregate" or entry.get("error_occurred"):
                continue
            area, who, size = (entry["run_name"].split("/") + ["0"])[:3]
            speed = entry.get("bytes_per_second") or entry.get("items_per_second") or 1e9 / entry["cpu_time"]
            repetitions.setdefault((area, int(size)), {}).setdefault(who, []).append(speed)
    return {
        row: {who: statistics.median(speeds) for who, speeds in by_who.items()}
        for row, by_who in repetitions.items()
    }


def print_table(speeds):
    print(f"{'':24}{'size':>8}  {OURS:>10}   times the speed of")
    for (area, size), by_who in sorted(speeds.items()):
        if OURS not in by_who:
            continue
        ours = by_who[OURS]
        others = sorted((who, speed) for who, speed in by_who.items() if who != OURS)
        ratios = "   ".join(f"{who} {ours / speed:.2f}" for who, speed in others)
        print(f"{area:24}{size:>8}  {in_words(ours):>10}   {ratios}")


def in_words(speed):
    for unit, factor in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if speed >= factor:
            return f"{speed / factor:.2f} {unit}/s"
    return f"{speed:.2f} /s"


def judge(aim, speeds, noise):
    """The outcome of one aim: (missed, lines)."""
    rows = [
        (size, by_who)
        for (area, size), by_who in sorted(speeds.items())
        if area == aim["area"] and aim.get("from", 0) <= size <= aim.get("to", size)
    ]
    if not rows:
        return None, [f"not measured: {aim['area']}"]
    missed = False
    lines = []
    for size, by_who in rows:
        against = {who: by_who[who] for who in aim["against"] if who in by_who}
        if OURS not in by_who or not against:
            return None, [f"not measured: {aim['area']}/{size}"]
        fastest = max(against, key=against.get)
        ratio = by_who[OURS] / against[fastest]
        if ratio < aim["at_least"] * (1 - noise):
            missed = True
            lines.append(
                f"missed: {aim['area']}/{size} is {ratio:.2f} times {fastest}, aim {aim['at_least']}"
            )
    return missed, lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--aims", default=pathlib.Path(__file__).with_name("aims.json"))
    parser.add_argument("--noise", type=float, default=10, help="percent by which an aim may be missed")
    parser.add_argument("--only-measured", action="store_true", help="ignore aims that were not measured")
    parser.add_argument("results", nargs="+")
    arguments = parser.parse_args()

    speeds = read_speeds(arguments.results)
    print_table(speeds)
    exit_code = 0
    for aim in json.loads(pathlib.Path(arguments.aims).read_text()):
        missed, lines = judge(aim, speeds, arguments.noise / 100)
        if missed is None:
            if not arguments.only_measured:
                print(*lines, sep="\n")
                exit_code = max(exit_code, 2)
            continue
        print(*lines or [f"reached: {aim['says']}"], sep="\n")
        if missed:
            exit_code = 1
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
