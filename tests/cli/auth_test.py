#!/usr/bin/env python3
"""Authentication as an owner declares it: options, config, what is missing, and secrets that stay secret."""
import glob
import json
import os
import unittest

from kit import CliTest, answering

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ0ZXN0In0.c2VjcmV0LXNpZ25hdHVyZQ"
EXPIRED = "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.ZXhwaXJlZC1zaWduYXR1cmU"
CANARY = ("--canary-send", "who am I", "--canary-expect", "who am I")
QUIET = ("--progress", "none", "--no-config")


class AuthTest(CliTest):
    def results(self, url, *words, code=0):
        run = self.run_wsproof(url, *QUIET, "-r", "json=report.json", *words)
        self.assert_exit(run, code)
        with open(self.path("report.json"), encoding="utf-8") as file:
            return {result["case"]: result for result in json.load(file)["results"]}

    def verdicts(self, url, *words, code=0):
        return {case: result["verdict"] for case, result in self.results(url, *words, code=code).items()}


class Schemes(AuthTest):
    def check(self, scheme, *words, least, server=()):
        declared = ("--auth-scheme", scheme, "--auth-token", TOKEN)
        with self.echo(*declared, *server) as url:
            verdicts = self.verdicts(url, *declared, *CANARY, *words, "-s", "auth/**", "--strict", "--fail-on", "any")
        played = {case for case, verdict in verdicts.items() if verdict == "pass"}
        self.assertGreaterEqual(len(played), least, verdicts)
        self.assertEqual({case for case in played if not case.startswith("auth/" + scheme) and "cookie-of-" not in case}, set())

    def test_header(self):
        self.check("header", least=15)

    def test_cookie(self):
        self.check("cookie", "--auth-param", "__Host-sid", least=15, server=("--auth-param", "__Host-sid",
                                                                           "--allowed-origin", "https://app.example"))

    def test_query(self):
        self.check("query", least=14)

    def test_subprotocol(self):
        self.check("subprotocol", least=10)

    def test_first_message(self):
        self.check("first-message", "--auth-timeout", "1s", least=14, server=("--auth-timeout", "1s"))

    def test_the_token_is_found_where_it_stands_already(self):
        with self.echo("--auth-scheme", "query", "--auth-token", TOKEN, "--auth-param", "key") as url:
            verdicts = self.verdicts(url + "?key=" + TOKEN, "--auth-scheme", "query", "--auth-param", "key", "-s", "auth/**")
            self.assertEqual(verdicts["auth/query-accepted"], "pass")
        with self.echo("--auth-scheme", "header", "--auth-token", TOKEN) as url:
            verdicts = self.verdicts(url, "--auth-scheme", "header", "-H", "Authorization: Bearer " + TOKEN, "-s", "auth/**")
            self.assertEqual(verdicts["auth/header-required#none"], "pass")
        with self.echo("--auth-scheme", "cookie", "--auth-token", TOKEN, "--auth-param", "sid") as url:
            verdicts = self.verdicts(url, "--auth-scheme", "cookie", "-b", "sid=" + TOKEN, "-s", "auth/cookie-required")
            self.assertEqual(verdicts["auth/cookie-required#none"], "pass")

    def test_all_other_cases_run_authenticated(self):
        declared = ("--auth-scheme", "first-message", "--auth-token", TOKEN)
        with self.echo(*declared) as url:
            verdicts = self.verdicts(url, *declared, "-s", "messages/*", "--fail-on", "any")
        self.assertEqual(set(verdicts.values()), {"pass"})

    def test_an_expired_token_is_tried(self):
        declared = ("--auth-scheme", "header", "--auth-token", TOKEN)
        with self.echo(*declared) as url:
            results = self.results(url, *declared, "-s", "auth/header-required")
            self.assertEqual(results["auth/header-required#expired"]["verdict"], "skipped")
            verdicts = self.verdicts(url, *declared, "--auth-expired-token", EXPIRED, "-s", "auth/header-required")
            self.assertEqual(verdicts["auth/header-required#expired"], "pass")

    def test_the_form_of_the_first_message(self):
        form = ("--auth-message", '{"type":"auth","token":"{token}"}')
        declared = ("--auth-scheme", "first-message", "--auth-token", TOKEN)
        with self.echo(*declared, *form) as url:
            case = ("-s", "auth/first-message-accepted", *CANARY)
            self.assertEqual(self.verdicts(url, *declared, *form, *case)["auth/first-message-accepted"], "pass")
            self.assertEqual(self.verdicts(url, *declared, *case, code=7)["auth/first-message-accepted"], "inconclusive")

    def test_faults_are_found(self):
        declared = ("--auth-scheme", "header", "--auth-token", TOKEN)
        with self.echo(*declared, "--fault", "opens-without-token") as url:
            verdicts = self.verdicts(url, *declared, *CANARY, "-s", "auth/header-*")
        self.assertEqual({case for case, verdict in verdicts.items() if verdict == "fail"},
                         {"auth/header-required#none", "auth/header-required#empty", "auth/header-required#token-alone",
                          "auth/header-canary"})

    def test_the_login_page(self):
        declared = ("--auth-scheme", "cookie", "--auth-token", TOKEN)
        with self.echo(*declared, "--fault", "sets-cookies-without-http-only") as url:
            login = url.replace("ws://", "http://") + "login"
            verdicts = self.verdicts(url, *declared, "--login-url", login, "-s", "auth/cookie-of-login")
        self.assertEqual(verdicts["auth/cookie-of-login#http-only"], "fail")
        self.assertEqual(verdicts["auth/cookie-of-login#secure"], "pass")

    def test_tickets(self):
        with self.echo("--auth-scheme", "query", "--auth-token", TOKEN) as url:
            declared = ("--auth-scheme", "query", "--ticket-command", "echo " + TOKEN)
            verdicts = self.verdicts(url, *declared, "-s", "auth/query-*")
        self.assertEqual(verdicts["auth/query-accepted"], "pass")
        self.assertEqual(verdicts["auth/query-ticket-used-twice#behind"], "fail", "the server has no tickets, but one token")
        self.assertEqual(verdicts["auth/query-ticket-used-twice#beside"], "fail")


class Replay(AuthTest):
    def test_reports_without_secrets_are_judged_to_the_same(self):
        for scheme in ("header", "query", "cookie", "subprotocol", "first-message"):
            declared = ("--auth-scheme", scheme, "--auth-token", TOKEN, "--subprotocol", "chat")
            with self.subTest(scheme), self.echo(*declared, "--fault", "selects-the-token-as-subprotocol",
                                                 "--fault", "repeats-tokens-in-errors") as url:
                self.results(url, *declared, *CANARY, "-s", "auth/**", "--keep-transcripts", "all")
                run = self.run_wsproof("replay", "report.json")
                self.assert_exit(run, 0)
                self.assertIn(" 0 changed", run.stdout)


class Config(AuthTest):
    def test_a_section_of_its_own(self):
        with self.echo("--auth-scheme", "header", "--auth-token", TOKEN) as url:
            self.write("wsproof.toml", '[target.app]\nurl = "%s"\n[target.app.auth]\nscheme = "header"\ntoken = "${TOKEN}"\n' % url)
            run = self.run_wsproof("test", "-s", "auth/header-accepted", "--progress", "none", TOKEN=TOKEN)
            self.assert_exit(run, 0)
            self.assertIn("SHOULD 1/1", run.stdout)

    def test_an_unknown_key(self):
        self.write("wsproof.toml", '[target.app]\nurl = "ws://localhost:1"\n[target.app.auth]\ntokn = "x"\n')
        run = self.run_wsproof("test")
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, "wsproof.toml:4", "did you mean 'token'?")


class Missing(AuthTest):
    def wrong(self, *words, parts):
        run = self.run_wsproof("ws://127.0.0.1:1/", *QUIET, *words)
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, *parts)
        self.assertNotIn("hunter22", run.stderr)

    def test_one_line_each(self):
        self.wrong("--auth-scheme", "header", parts=["--auth-token", "Authorization"])
        self.wrong("--auth-scheme", "cookie", parts=["--auth-token", "-b session="])
        self.wrong("--auth-scheme", "first-message", parts=["--auth-token"])
        self.wrong("--auth-token", "hunter22", parts=["--auth-scheme"])
        self.wrong("--auth-scheme", "header", "--auth-token", "hunter22\x01", parts=["--auth-token", "0x01", "position 9"])
        self.wrong("--auth-scheme", "query", "--auth-token", "hunter22#", parts=["--auth-token", "query"])
        self.wrong("--auth-scheme", "subprotocol", "--auth-token", "hunter22=", parts=["--auth-token", "subprotocol"])
        self.wrong("--auth-scheme", "first-message", "--auth-token", "hunter22", "--auth-message", "hi", parts=["{token}"])
        self.wrong("--auth-scheme", "first-message", "--ticket-command", "true", parts=["--ticket-command"])
        self.wrong("--canary-send", "who", parts=["--canary-expect"])
        self.wrong("-b", "sid=hunter22\x07", parts=["--cookie", "sid", "0x07"])
        self.wrong("-b", "hunter22", parts=["--cookie", "NAME=VALUE"])
        self.wrong("-H", "Authorization hunter22", parts=["--header", "colon"])
        self.wrong("-H", "Authorization: hunter22\x02", parts=["--header", "Authorization", "0x02"])
        self.wrong("--login-url", "http://[", parts=["--login-url"])

    def test_a_target_that_needs_a_login_first(self):
        for status in (b"401 Unauthorized", b"403 Forbidden"):
            with answering(b"HTTP/1.1 " + status + b"\r\nWWW-Authenticate: Bearer\r\nContent-Length: 0\r\n\r\n") as port:
                run = self.run_wsproof("ws://127.0.0.1:%d/" % port, *QUIET)
                self.assert_exit(run, 3)
                self.assert_one_line(run.stderr, status.decode()[:3], "-b", "--auth-scheme")

    def test_what_is_not_declared_is_skipped_and_says_what_it_needs(self):
        with self.echo() as url:
            results = self.results(url, "-s", "auth/**", code=7)
            doctor = self.run_wsproof("doctor", url)
        self.assertEqual({result["verdict"] for result in results.values()}, {"skipped"})
        self.assertIn("--auth-scheme header", results["auth/header-required#none"]["reason"])
        self.assertIn("--login-url", results["auth/cookie-of-login#secure"]["reason"])
        for option in ("--auth-scheme cookie", "--auth-scheme first-message", "--login-url"):
            self.assertIn(option, doctor.stdout)

    def test_a_command_that_prints_no_ticket(self):
        with self.echo() as url:
            run = self.run_wsproof(url, *QUIET, "--auth-scheme", "query", "--ticket-command", "true")
        self.assert_exit(run, 3)
        self.assert_one_line(run.stderr, "--ticket-command")


class Secrets(AuthTest):
    """Every output, whichever way a secret came in."""
    FORMATS = ("-r", "json=out/report.json", "-r", "html=out/report.html", "-r", "text=out/report.txt", "-r", "sarif=out/report.sarif", "-r", "autobahn=out/autobahn")

    def outputs(self, *words, **variables):
        os.makedirs(self.path("out"), exist_ok=True)
        run = self.run_wsproof("test", *words, *self.FORMATS, "--journal", "out/journal.ndjson", "--keep-transcripts", "all",
                               "--progress", "plain", "-vv", "--exit-zero", **variables)
        self.assertIn(run.returncode, (0, 3), run.stderr)
        texts = {"stdout": run.stdout, "stderr": run.stderr}
        for path in glob.glob(self.path("out/**"), recursive=True):
            if os.path.isfile(path):
                with open(path, encoding="utf-8", errors="replace") as file:
                    texts[path] = file.read()
        if run.returncode == 0:
            self.assertGreater(len(texts), 6)
        return texts

    def check(self, texts, *secrets):
        for name, text in texts.items():
            for secret in secrets:
                self.assertNotIn(secret, text, name)

    def test_flags(self):
        for scheme in ("header", "query", "cookie", "subprotocol", "first-message"):
            declared = ("--auth-scheme", scheme, "--auth-token", TOKEN)
            with self.subTest(scheme), self.echo(*declared, "--fault", "repeats-tokens-in-errors") as url:
                words = (url, "--no-config", *declared, "--auth-expired-token", EXPIRED, "-s", "auth/**", "-s", "control/*")
                self.check(self.outputs(*words), TOKEN, EXPIRED, TOKEN[:-1], TOKEN.split(".")[2])
                printed = self.run_wsproof("test", *words, "--print-config")
                self.check({"--print-config": printed.stdout + printed.stderr}, TOKEN, EXPIRED)

    def test_the_beginning_of_a_long_one(self):
        token = "".join("secret%04d" % number for number in range(20))
        declared = ("--auth-scheme", "first-message", "--auth-token", token)
        with self.echo(*declared, "--fault", "serves-before-authentication") as url:
            texts = self.outputs(url, "--no-config", *declared, *CANARY, "-s", "auth/first-message*")
        self.check(texts, token, token[:20])

    def test_the_url(self):
        with self.echo("--auth-scheme", "query", "--auth-token", TOKEN, "--fault", "repeats-tokens-in-errors") as url:
            words = (url + "?token=" + TOKEN, "--no-config", "--auth-scheme", "query", "-s", "auth/**")
            self.check(self.outputs(*words), TOKEN)
            printed = self.run_wsproof("test", *words, "--print-config")
            self.check({"--print-config": printed.stdout + printed.stderr}, TOKEN)

    def test_the_url_of_a_target_that_cannot_be_reached(self):
        url = "ws://127.0.0.1:1/?token=" + TOKEN
        self.check(self.outputs(url, "--no-config", "--auth-scheme", "query"), TOKEN)

    def test_environment_and_config(self):
        with self.echo("--auth-scheme", "header", "--auth-token", TOKEN) as url:
            self.check(self.outputs(url, "--no-config", "--auth-scheme", "header", "-s", "auth/**", WSPROOF_AUTH_TOKEN=TOKEN), TOKEN)
            self.write("wsproof.toml", '[target.app]\nurl = "%s"\nfirst_messages = ["login %s"]\n[target.app.auth]\n'
                       'scheme = "header"\ntoken = "%s"\n' % (url, TOKEN, TOKEN))
            self.check(self.outputs("-s", "auth/**", "-s", "control/*"), TOKEN)
            printed = self.run_wsproof("test", "--print-config")
            self.check({"--print-config": printed.stdout + printed.stderr}, TOKEN)

    def test_cookies_and_authorization(self):
        with self.echo("--auth-scheme", "cookie", "--auth-token", TOKEN, "--auth-param", "sid") as url:
            self.check(self.outputs(url, "--no-config", "-b", "sid=" + TOKEN, "-b", "other=another-secret", "--auth-scheme", "cookie",
                                    "--auth-param", "sid", "-s", "auth/**"), TOKEN, "another-secret")
        with self.echo() as url:
            self.check(self.outputs(url, "--no-config", "-u", "me:my-password", "-H", "Cookie: a=a-cookie-of-mine", "-s", "control/*"),
                       "my-password", "a-cookie-of-mine")

    def test_tickets(self):
        with self.echo("--auth-scheme", "query", "--auth-token", TOKEN, "--fault", "repeats-tokens-in-errors") as url:
            self.write("ticket", TOKEN)
            self.check(self.outputs(url, "--no-config", "--auth-scheme", "query", "--ticket-command", "cat ticket", "-s", "auth/**"),
                       TOKEN)


if __name__ == "__main__":
    unittest.main(verbosity=2)
