"""Wireshark reads -r pcapng: whole conversations, right checksums and sequence numbers, the frames of the transcripts:
pcap_test.py WSPROOF"""
import collections
import json
import pathlib
import signal
import subprocess
import sys
import tempfile

FIELDS = ("tcp.stream", "frame.comment", "ip.checksum.status", "tcp.checksum.status", "tcp.flags.syn", "tcp.flags.fin",
          "tcp.analysis.flags", "frame.cap_len", "frame.len", "websocket.opcode", "http.request.method", "http.response.code")
SELECTED = ("control/ping-answered", "framing/unmasked-frame", "messages/text-echoed", "opening/plain", "deflate/big-message")
TSHARK = ("tshark", "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-T", "fields", "-E", "separator=/t",
          "-E", "aggregator=,")


def packets(path):
    words = [*TSHARK, "-r", str(path)]
    for field in FIELDS:
        words += ["-e", field]
    out = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout
    return [dict(zip(FIELDS, line.split("\t"))) for line in out.splitlines()]


def record(wsproof, folder, *options):
    server = subprocess.Popen([wsproof, "echo", *options], stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().strip()
        words = [word for one in SELECTED for word in ("-s", one)]
        subprocess.run([wsproof, "test", url, "-k", "--no-config", *words, "-r", "pcapng=run.pcapng", "-r", "json=run.json",
                        "--keep-transcripts", "all"], cwd=folder, capture_output=True, timeout=120, check=False)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    return packets(folder / "run.pcapng"), json.loads((folder / "run.json").read_text(encoding="utf-8"))


def frames_of(report):
    """How many frames each case sent in one piece; none for those that left bytes or messages out."""
    frames = {}
    for result in report["results"]:
        entries = result.get("transcript") or []
        if entries and not any(entry.get("omitted") for entry in entries) and result.get("transcript_complete", True):
            frames[result["case"]] = sum(entry["kind"] == "frame" and bool(entry.get("hex")) for entry in entries)
    return frames


def check(found, report):
    assert len(found) > 200, len(found)
    streams = collections.defaultdict(list)
    for packet in found:
        assert packet["ip.checksum.status"] == "1", packet
        # What the report left out Wireshark cannot add up.
        is_whole = packet["frame.cap_len"] == packet["frame.len"]
        assert packet["tcp.checksum.status"] in ("1", "") if is_whole else packet["tcp.checksum.status"] == "2", packet
        streams[packet["tcp.stream"]].append(packet)
    played = [result for result in report["results"] if result.get("transcript")]
    assert len(streams) >= len(played), (len(streams), len(played))
    ids = {result["case"] for result in played}
    seen = collections.Counter()
    for stream in streams.values():
        case = stream[0]["frame.comment"].partition(": ")[0]
        assert case in ids, case
        assert stream[0]["frame.comment"].startswith(case + ": "), stream[0]
        assert [packet["tcp.flags.syn"] in ("1", "True") for packet in stream[:3]] == [True, True, False], case
        assert stream[0]["tcp.analysis.flags"] == "", stream[0]
        seen[case] += sum(len([word for word in packet["websocket.opcode"].split(",") if word]) for packet in stream)
    return seen


def main() -> int:
    wsproof = sys.argv[1]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        found, report = record(wsproof, folder)
        seen = check(found, report)
        wanted = frames_of(report)
        # One that breaks the framing on purpose is no frame to Wireshark either.
        for case in ("control/ping-answered#text", "framing/unmasked-frame#text", "messages/text-echoed#hello"):
            if case in wanted:
                assert seen[case] == wanted[case], (case, seen[case], wanted[case])
        legal = [case for case in wanted if case.startswith(("control/ping-answered#", "opening/plain"))]
        assert len(legal) > 3 and all(seen[case] == wanted[case] > 0 for case in legal), [(case, seen[case], wanted[case]) for case in legal]
        lost = [packet for packet in found if packet["tcp.analysis.flags"] and packet["frame.comment"].partition(": ")[0] in legal]
        assert not lost, lost[:3]
        again = subprocess.run([wsproof, "report", "run.json", "-r", "pcapng=again.pcapng"], cwd=folder, capture_output=True, check=False)
        assert again.returncode == 0, again.stderr
        assert len(packets(folder / "again.pcapng")) == len(found)
        secure, report = record(wsproof, folder, "--tls")
        assert sum(check(secure, report).values()) > 50  # in clear
    print(f"{len(found)} packets, {sum(seen.values())} frames")
    return 0


if __name__ == "__main__":
    sys.exit(main())
