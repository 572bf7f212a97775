"""The HTML report in a browser: whole without script, no request leaves it, and nothing that a peer
sent runs, moves or colours anything."""
import pathlib
import subprocess
import sys
import tempfile
import time

import chromium

SKIPPED = 77
TITLE = "wsproof report: my echo server"

# Every element with text of its own against what lies behind it (WCAG 2.1, 1.4.3).
POOR_CONTRAST = """(() => {
    const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const channel = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    const poor = [];
    for (const element of document.body.querySelectorAll("*")) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!own || element.checkVisibility && !element.checkVisibility()) continue;
        const [light, dark] = [parse(getComputedStyle(element).color), behind(element)]
            .map(luminance).sort((a, b) => b - a);
        if ((light + 0.05) / (dark + 0.05) < 4.5) poor.push(element.outerHTML.slice(0, 120));
    }
    return poor;
})()"""


def expect(condition, words):
    if not condition:
        raise AssertionError(words)


def check_instruments(page, folder):
    """What the other checks rely on does see a request, a script and a violation."""
    control = folder / "control.html"
    control.write_text("<title>still</title><img src='http://127.0.0.1:9/x' "
                       "onerror=\"document.title='owned'\">", encoding="utf-8")
    page.open(control)
    expect("http://127.0.0.1:9/x" in page.requests(), "a request went unnoticed")
    expect(page.evaluate("document.title") == "owned", "a script went unnoticed")


def check_alone(page, path):
    page.open(path)
    expect(page.requests() == [path.resolve().as_uri()], f"{path.name} asked for {page.requests()}")
    expect(not page.complaints(), f"{path.name}: {page.complaints()}")
    expect(page.evaluate("document.title") == TITLE, page.evaluate("document.title"))


def check_policy(page, folder, path):
    """Our script runs by its hash alone: one byte more, and the browser refuses it."""
    page.open(path)
    expect(page.evaluate("!document.getElementById('tools').hidden"), "our own script did not run")
    changed = folder / "changed.html"
    text = path.read_text(encoding="utf-8")
    changed.write_text(text.replace("</script>", " </script>"), encoding="utf-8")
    page.open(changed)
    expect(page.evaluate("document.getElementById('tools').hidden"), "a foreign script ran")
    expect(page.complaints(), "the policy was not enforced")


def check_injection(page, folder, path):
    """Even markup that came in would not run, thanks to the policy."""
    injected = folder / "injected.html"
    text = path.read_text(encoding="utf-8")
    injected.write_text(text.replace("<main>", "<main><script>document.title='owned'</script>"
                                     "<img src='http://127.0.0.1:9/x' "
                                     "onerror=\"document.title='owned'\">"), encoding="utf-8")
    page.open(injected)
    expect(page.evaluate("document.title") == TITLE, "an injected script ran")
    expect(page.complaints(), "the policy did not object")


def check_hostile(page, path):
    check_alone(page, path)
    text = page.evaluate("document.body.textContent")
    expect("<script>document.title='owned'</script><img src=x onerror=" in text,
           "the peer's text is not shown as text")
    expect("\\x1b[2J" in text and "\\xe2\\x80\\xae" in text, "controls are not shown as escapes")
    expect(not any(ord(c) < 32 and c != "\n" for c in text), "a control character got through")
    expect(not any("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" for c in text),
           "a bidirectional control got through")
    expect(page.evaluate("document.querySelectorAll('img,svg,iframe,object,form').length") == 0,
           "the peer made elements")
    expect(page.evaluate("document.scripts.length") == 1, "the peer made a script")


def check_same_shape(page, ordinary, hostile):
    """The peer's text makes no elements: the same results give the same tree, but for texts that
    are empty in one of them."""
    shape = "[...document.querySelectorAll('details.case')].map(e => e.id).join(' ')"
    page.open(ordinary)
    expected = page.evaluate(shape)
    page.open(hostile)
    expect(page.evaluate(shape) == expected, "the cases are not the same")


def check_without_script(page, path):
    wanted = ("1 must failure, 1 standing rule broken", "Breaks the gate at level must",
              "the peer sent the reserved code itself", "37 fa 21 3d", "needs-capability:")
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.open(path, scripts=False)
        # What is off the screen is laid out a little later, and no script may wait for it.
        end = time.monotonic() + 10
        lacking = wanted
        while lacking and time.monotonic() < end:
            text = page.evaluate("document.body.innerText")
            lacking = [words for words in wanted if words not in text]
            time.sleep(0.05)
    finally:
        page.call("Emulation.setScriptExecutionDisabled", value=False)
    expect(not lacking, f"without script the page lacks: {lacking}")


def check_filter(page, path):
    page.open(path)
    shown = "document.querySelectorAll('main .group details.case:not([hidden])').length"
    total = page.evaluate(shown)
    expect(total == 4, f"expected 4 cases, found {total}")
    page.evaluate("{ const box = document.getElementById('filter'); box.value = 'ping answered';"
                  "box.dispatchEvent(new Event('input')); }")
    expect(page.evaluate(shown) == 1, "the filter does not filter")
    expect(page.evaluate("document.getElementById('shown').textContent") == "1 of 4 cases", "count")
    page.evaluate("{ const box = document.getElementById('filter'); box.value = '';"
                  "box.dispatchEvent(new Event('input'));"
                  "document.querySelector('[data-verdict=fail]').click(); }")
    expect(page.evaluate(shown) == 1, "the chips do not filter")


def check_failures_open(page, path):
    page.open(path)
    open_ids = page.evaluate("[...document.querySelectorAll('.group details.case[open]')]"
                             ".map(e => e.dataset.verdict)")
    expect(open_ids == ["fail"], f"open by default: {open_ids}")


def check_readable(page, path):
    for theme in ("light", "dark"):
        for width in (1000, 360):
            page.look(width=width, theme=theme)
            page.open(path)
            page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
            poor = page.evaluate(POOR_CONTRAST)
            expect(not poor, f"{theme}: poor contrast: {poor[:3]}")
            wide = page.evaluate("document.documentElement.scrollWidth")
            expect(wide <= width, f"{width} pixels wide, the page needs {wide}")


def check_security(page, path):
    """Findings stand first, the grave ones open; each leads to its proof, and what a peer may have chosen is text."""
    page.open(path)
    found = page.evaluate("[...document.querySelectorAll('details.finding[id]')].map(e => [e.id, e.open])")
    expect(found == [["finding-WS-ORIGIN-PREFIX", True], ["finding-WS-ORIGIN-STATUS", False]], f"findings: {found}")
    text = page.evaluate("document.getElementById('security').parentElement.innerText")
    for words in ("It lets in https://app.example; origins that begin with", "CWE-1385", "Compare the whole origin",
                  "https://app.example.evil.example", "seen again after the run"):
        expect(words in text, f"the security section lacks: {words}")
    expect("s3cr3t" not in page.evaluate("document.documentElement.outerHTML"), "a secret stands in the page")
    expect(page.evaluate("document.querySelectorAll('.finding b b').length") == 0, "words of a hook became markup")
    order = page.evaluate("document.getElementById('security').compareDocumentPosition(document.getElementById('results'))")
    expect(order & 4, "the security section stands behind the results")


def check_campaign(page, path):
    """Findings stand first, in tables with headers; what came again leads to its bytes."""
    page.open(path)
    section = "document.getElementById('fuzzing').parentElement"
    text = page.evaluate(section + ".innerText")
    for words in ("17,418 sessions, 48,920 exchanges in 20.0 s; 1,762 states; 2 findings.", "first in session 17, 12 sessions came to it",
                  "echoes-reserved-codes, accepts-code-1005", "Not seen again: not counted", "\\x1b[2J",
                  "wsproof replay wsproof-report/findings/F-3a91c07e.jsonc"):
        expect(words in text, f"the section about the campaign lacks: {words}")
    links = page.evaluate("[..." + section + ".querySelectorAll('a')].map(e => [e.textContent, "
                          "!!document.querySelector(e.getAttribute('href') + ' .ruler')])")
    expect(links == [["F-3a91c07e", True], ["F-00c0ffee", False]], f"links to the bytes: {links}")
    tables = page.evaluate("[..." + section + ".querySelectorAll('table')].map(e => [!!e.caption, "
                           "e.tHead.querySelectorAll('th[scope=col]').length, [...e.tBodies[0].rows]"
                           ".every(row => row.cells[0].matches('th[scope=row]'))])")
    expect(tables == [[True, 2, True], [True, 2, True]], f"headers of the tables: {tables}")
    expect(page.evaluate("document.querySelectorAll('img,svg,iframe').length") == 0, "the peer made elements")
    expect("s3cr3t" not in page.evaluate("document.documentElement.outerHTML"), "a secret stands in the page")
    expect(not page.evaluate("!!document.getElementById('skipped')"), "a campaign skips nothing")
    order = page.evaluate("document.getElementById('fuzzing').compareDocumentPosition(document.getElementById('results'))")
    expect(order & 4, "the section about the campaign stands behind the results")


def main():
    if not chromium.program():
        print("skipped: no chromium on this machine")
        return SKIPPED
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([sys.argv[1], folder], check=True)
        ordinary, hostile, secured, campaign = (
            folder / (each + ".html") for each in ("ordinary", "hostile", "secured", "campaign"))
        with chromium.Chromium() as page:
            check_instruments(page, folder)
            check_alone(page, ordinary)
            check_policy(page, folder, ordinary)
            check_injection(page, folder, ordinary)
            check_hostile(page, hostile)
            check_same_shape(page, ordinary, hostile)
            check_without_script(page, ordinary)
            check_filter(page, ordinary)
            check_failures_open(page, ordinary)
            check_readable(page, ordinary)
            check_alone(page, secured)
            check_security(page, secured)
            check_readable(page, secured)
            check_readable(page, hostile)
            check_alone(page, campaign)
            check_campaign(page, campaign)
            check_readable(page, campaign)
            page.open(ordinary)
            expect(not page.evaluate("!!document.getElementById('fuzzing')"), "there was no campaign")
    print("the report holds in the browser")
    return 0


if __name__ == "__main__":
    sys.exit(main())
