#!/usr/bin/env python3
"""Whoever ran Autobahn runs wsproof with the same spec file, and the scripts around it go on working."""
import json
import os
import unittest

import gates
from kit import CliTest, serving, unused_port

FEW = ["1.1.1", "1.2.*", "2.1", "3.1", "4.2.*", "7.1.*"]


class AutobahnTest(CliTest):
    def spec(self, name="fuzzingclient.json", **keys):
        return self.write(name, json.dumps({"cases": FEW, "exclude-cases": [""], **keys}, indent=3))

    def index(self, folder="reports/servers"):
        with open(self.path(folder + "/index.json"), encoding="utf-8") as file:
            return json.load(file)


class SpecFiles(AutobahnTest):
    def test_two_servers_run_one_after_another(self):
        with self.echo() as good, self.echo("--fault", "never-answers-pings") as bad:
            self.spec(outdir="./reports/servers", options={"failByDrop": False},
                      servers=[{"agent": "helpers/low", "url": good, "options": {"version": 18}},
                               {"agent": "Helpers Low", "url": bad}])
            run = self.run_wsproof("test", "-c", "fuzzingclient.json")
        self.assert_exit(run, 1)
        self.assert_one_line(run.stderr.splitlines()[0], "no effect here: options.failByDrop", "wsproof init --from")
        self.assertIn("2 servers: helpers/low exit 0, Helpers Low exit 1; exit 1", run.stdout)
        index = self.index()
        self.assertEqual(set(index), {"helpers/low", "Helpers Low"})
        self.assertEqual(set(index["helpers/low"]), set(index["Helpers Low"]))
        self.assertIn("1.2.8", index["helpers/low"])
        self.assertNotIn("1.1.2", index["helpers/low"])
        self.assertEqual(index["Helpers Low"]["2.1"]["behavior"], "FAILED")
        for part in ("helpers_low", "helpers_low_2"):
            self.assertTrue(os.path.exists(self.path("wsproof-report/%s/report.html" % part)), part)
            self.assertTrue(os.path.exists(self.path("reports/servers/%s_case_2_1.json" % part)), part)
        with open(self.path("reports/servers/index.html"), encoding="utf-8") as file:
            self.assertIn('href="../../wsproof-report/helpers_low/report.html"', file.read())

    def test_a_refused_server_does_not_keep_the_others_from_their_turn(self):
        with self.echo() as good:
            self.spec(servers=[{"agent": "gone", "url": "ws://127.0.0.1:%d" % unused_port()},
                               {"agent": "there", "url": good}])
            run = self.run_wsproof("test", "-c", "fuzzingclient.json")
        self.assert_exit(run, 3)
        self.assertIn("refused", run.stderr)
        index = self.index()
        self.assertEqual({entry["behavior"] for entry in index["gone"].values()}, {"FAILED"})
        self.assertEqual(set(index["gone"]), set(index["there"]))
        self.assertEqual(index["there"]["2.1"]["behavior"], "OK")

    def test_a_url_stands_in_for_missing_servers(self):
        self.spec()
        run = self.run_wsproof("test", "-c", "fuzzingclient.json")
        self.assert_exit(run, 2)
        self.assertIn("it names no servers: give a URL", run.stderr)
        with self.echo() as url:
            self.assert_exit(self.run_wsproof("test", "-c", "fuzzingclient.json", url), 0)
            self.assert_exit(self.run_wsproof("-c", "fuzzingclient.json", url, "--name", "bandit"), 0)
        self.assertIn("bandit", self.index())

    def test_a_server_without_agent_is_called_as_it_calls_itself(self):
        with self.echo() as url:
            self.spec(servers=[{"url": url}])
            self.assert_exit(self.run_wsproof("test", "-c", "fuzzingclient.json"), 0)
        (name,) = self.index()
        self.assertTrue(name, name)

    def test_exclusions_leave_cases_out_of_the_report(self):
        with self.echo() as url:
            self.spec(servers=[{"agent": "gobwas/x", "url": url}], **{
                "exclude-cases": ["1.2.8", "8.*", ""], "exclude-agent-cases": {"gobwas/*": ["3.*", "11.*", "2.1"]}})
            self.assert_exit(self.run_wsproof("test", "-c", "fuzzingclient.json"), 0)
        numbers = set(self.index()["gobwas/x"])
        self.assertIn("1.2.7", numbers)
        self.assertFalse(numbers & {"1.2.8", "2.1", "3.1"}, numbers)

    def test_origin_and_protocols_are_sent(self):
        heads = []

        def record(connection):
            heads.append(connection.recv(65536).decode())
            connection.sendall(b"HTTP/1.1 403 Forbidden\r\nServer: strict\r\nContent-Length: 0\r\n\r\n")

        with serving(record) as port:
            self.spec(servers=[{"url": "ws://127.0.0.1:%d/path?query" % port, "origin": "https://app.example",
                                "protocols": ["chat", "v2"]}])
            self.assert_exit(self.run_wsproof("test", "-c", "fuzzingclient.json"), 3)
        self.assertTrue(heads)
        for head in heads:
            self.assertIn("GET /path?query HTTP/1.1", head)
            self.assertIn("Origin: https://app.example\r\n", head)
            self.assertIn("Sec-WebSocket-Protocol: chat, v2\r\n", head)
        self.assertEqual({entry["behavior"] for entry in self.index()["strict"].values()}, {"FAILED"})

    def test_a_hostname_is_verified_and_its_lack_is_trust(self):
        with self.echo("--tls") as url:
            self.spec(cases=["1.1.1"], servers=[{"agent": "tls", "url": url}])
            self.assert_exit(self.run_wsproof("test", "-c", "fuzzingclient.json"), 0)
            self.spec(cases=["1.1.1"], servers=[{"agent": "tls", "url": url, "hostname": "localhost"}])
            run = self.run_wsproof("test", "-c", "fuzzingclient.json")
            self.assert_exit(run, 3)
            self.assertIn("certificate", run.stderr)

    def test_nothing_selected_is_incomplete(self):
        self.spec(cases=["8.*", "11.*"], servers=[{"url": "ws://127.0.0.1:9/"}])
        run = self.run_wsproof("test", "-c", "fuzzingclient.json")
        self.assert_exit(run, 7)
        self.assertIn("leave no case to play", run.stderr)
        self.assertFalse(os.path.exists(self.path("reports")))
        self.assert_exit(self.run_wsproof("test", "-c", "fuzzingclient.json", "--allow-empty"), 0)

    def test_a_bad_spec_is_one_clear_line(self):
        for text, says in (('{"cases": ["*"],}', "fuzzingclient.json:1:"), ('{"cases": ["1.1.77"]}', "no case '1.1.77'"),
                           ('{"servers": []}', '"cases"'), ('{"cases": ["*"], "servers": [{"url": 1}]}', "servers[0].url")):
            self.write("fuzzingclient.json", text)
            run = self.run_wsproof("test", "-c", "fuzzingclient.json")
            self.assert_exit(run, 2)
            self.assert_one_line(run.stderr, "fuzzingclient.json", says)
        run = self.run_wsproof("doctor", "-c", "fuzzingclient.json")
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, "`wsproof test` takes")

    def test_flags_win_over_the_spec(self):
        with self.echo() as url:
            self.spec(servers=[{"agent": "a", "url": url}, {"agent": "b", "url": url}])
            self.assert_exit(self.run_wsproof("test", "-c", "fuzzingclient.json", "--target", "b", "-r", "autobahn=out",
                                              "-s", "autobahn:1.1.2"), 0)
            wrong = self.run_wsproof("test", "-c", "fuzzingclient.json", "--target", "c")
            self.assert_exit(wrong, 2)
            twice = self.run_wsproof("test", "-c", "fuzzingclient.json", "-r", "json=-")
            self.assert_exit(twice, 2)
        self.assertIn("1.1.2", self.index("out")["b"])
        self.assertFalse(os.path.exists(self.path("reports")))


class Gates(AutobahnTest):
    def run_against(self, *faults):
        options = [word for fault in faults for word in ("--fault", fault)]
        with self.echo(*options) as url:
            self.spec(servers=[{"agent": "echo", "url": url}])
            run = self.run_wsproof("test", "-c", "fuzzingclient.json", "--exit-zero")
        self.assert_exit(run, 0)
        return self.path("reports/servers")

    def test_they_are_content_with_an_honest_server(self):
        folder = self.run_against()
        for gate in gates.ALL:
            self.assertTrue(gate(folder), gate.__name__)
        first = gates.stored(folder)
        self.assertEqual(gates.stored(self.run_against()), first)

    def test_they_notice_a_faulty_one(self):
        folder = self.run_against("never-answers-pings")
        for gate in gates.ALL:
            if gate is not gates.close_only:
                self.assertFalse(gate(folder), gate.__name__)
        honest = gates.stored(self.run_against())
        self.assertNotEqual(gates.stored(self.run_against("never-answers-pings")), honest)


class Output(AutobahnTest):
    def test_it_is_written_from_a_report_too(self):
        with self.echo() as url:
            self.spec(servers=[{"agent": "echo", "url": url}])
            self.assert_exit(self.run_wsproof("test", "-c", "fuzzingclient.json"), 0)
        run = self.run_wsproof("report", "wsproof-report/report.json", "-r", "autobahn=again")
        self.assert_exit(run, 0)
        strip = lambda index: {number: {key: entry[key] for key in ("behavior", "behaviorClose", "remoteCloseCode")}
                               for number, entry in index["echo"].items()}
        again = strip(self.index("again"))
        for number, entry in strip(self.index()).items():
            self.assertEqual(again[number], entry, number)

    def test_an_ordinary_run_writes_it_when_asked(self):
        with self.echo() as url:
            run = self.run_wsproof(url, "-s", "autobahn:2.*", "-r", "autobahn=out", "-r", "html=out/ours.html", "--name", "mine")
        self.assert_exit(run, 0)
        self.assertEqual({number.split(".")[0] for number in self.index("out")["mine"]}, {"2"})
        with open(self.path("out/index.html"), encoding="utf-8") as file:
            self.assertIn('href="ours.html"', file.read())
        self.assert_exit(self.run_wsproof("ws://127.0.0.1:9/", "-r", "autobahn=-"), 2)

    def test_a_place_that_cannot_be_written_is_said_before_the_run(self):
        self.write("out", "a file")
        with self.echo() as url:
            self.spec(servers=[{"url": url}])
            run = self.run_wsproof("test", "-c", "fuzzingclient.json", "-r", "autobahn=out")
        self.assert_exit(run, 7)
        self.assertIn("nothing was run", run.stderr)


class Init(AutobahnTest):
    def test_what_it_writes_runs(self):
        with self.echo() as url:
            self.spec(servers=[{"agent": "helpers/low", "url": url, "protocols": ["chat"]}, {"agent": "b", "url": url}],
                      outdir="reports/servers", **{"exclude-cases": ["1.2.8"], "exclude-agent-cases": {"helpers/*": ["2.1"]}})
            run = self.run_wsproof("init", "--from", "fuzzingclient.json")
            self.assert_exit(run, 0)
            self.assertIn("wrote wsproof.toml", run.stdout)
            self.assertIn("wrote .wsproof/baseline.toml", run.stdout)
            self.assertIn("wsproof test --target helpers/low", run.stdout)
            self.assert_exit(self.run_wsproof("test", "--target", "helpers/low"), 0)
            numbers = set(self.index()["helpers/low"])
            self.assert_exit(self.run_wsproof("test", "-c", "fuzzingclient.json", "--target", "helpers/low",
                                              "-r", "autobahn=spec"), 0)
        self.assertEqual(numbers, set(self.index("spec")["helpers/low"]))
        self.assertFalse(numbers & {"1.2.8", "2.1"})
        with open(self.path(".wsproof/baseline.toml"), encoding="utf-8") as file:
            baseline = file.read()
        self.assertIn('[[known]]\ntarget    = "helpers/low"\ncase      = "autobahn:2.1"', baseline)
        self.assertIn('why       = "was excluded in Autobahn"', baseline)

    def test_it_replaces_nothing_unasked(self):
        self.spec()
        self.write("wsproof.toml", "format = 1\n")
        run = self.run_wsproof("init", "--from", "fuzzingclient.json")
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, "wsproof.toml is there already", "--force")
        self.assertFalse(os.path.exists(self.path(".wsproof")))
        self.assert_exit(self.run_wsproof("init", "--from", "fuzzingclient.json", "--force"), 0)
        self.assert_exit(self.run_wsproof("init"), 2)
        self.assert_exit(self.run_wsproof("init", "--from", "nothing.json", "--force"), 2)


if __name__ == "__main__":
    unittest.main()
