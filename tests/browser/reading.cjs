// What can be read without a script, on paper, and beside a strict policy.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");

const failure = "case-closing_2freserved-code-not-sent_231005";
const wanted = [
    "1 must failure, 1 standing rule broken", "Breaks the gate at level must", "the peer sent the reserved code itself", "37 fa 21 3d",
    "needs-capability:", "RFC coverage", "What passing does not prove",
];

// innerText leaves out what is not rendered: what is folded away or shown by a script alone.
async function tells(page, words) {
    const text = await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
        return document.body.innerText;
    });
    assert.deepEqual(words.filter((each) => !text.includes(each)), []);
}

exports.verdictsAndFailuresNeedNoScript = async (browser) => {
    for (const name of ["ordinary.html", "ordinary-none.html", "ordinary-external.html"])
        await browser.open(name, async (page) => {
            for (const width of [1280, 375]) {
                await page.setViewportSize({ width, height: 900 });
                await tells(page, wanted);
                assert.ok(await page.locator(`#${failure}`).isVisible());
                assert.ok(!await page.locator("#tools").isVisible());
            }
        }, { script: false });
};

exports.linksOpenQuietCasesWithoutScript = async (browser) => {
    const quiet = "case-control_2fquiet";
    await browser.open("quiet-none.html", async (page) => {
        assert.ok(!await page.locator(`#${quiet}`).isVisible());
        await page.evaluate((id) => { location.hash = id; }, quiet);
        assert.ok(await page.locator(`#${quiet}`).isVisible());
        assert.match(await page.locator(`#${quiet}`).innerText(), /HTTP\/1\.1 101/);
    }, { script: false });
};

// The policy that Jenkins sends by default; no script runs, no style of the page counts.
exports.externalAssetsPassAStrictPolicy = async (browser) => {
    const policy = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';";
    await browser.open("control.html", async (page) => {
        await page.route("http://reports.test/**", (route) => {
            const file = path.join(browser.folder, path.basename(new URL(route.request().url()).pathname));
            const type = { ".css": "text/css", ".js": "text/javascript", ".html": "text/html" }[path.extname(file)];
            return route.fulfill({ body: fs.readFileSync(file), headers: { "content-type": `${type}; charset=utf-8`, "content-security-policy": policy } });
        });
        await page.goto("http://reports.test/ordinary-external.html");
        await page.waitForLoadState();
        assert.ok(await page.locator(`#${failure} .ruler`).first().isVisible());
        assert.equal(await page.locator(".results").evaluate((element) => getComputedStyle(element).display), "grid", "it has no style");
        assert.ok(!await page.locator("#tools").isVisible(), "a script ran in the sandbox");
    });
};

exports.externalAssetsWorkFromFiles = async (browser) => {
    await browser.open("ordinary-external.html", async (page) => {
        assert.ok(await page.locator("#tools").isVisible());
        assert.deepEqual(page.complaints, []);
        assert.deepEqual(page.requests.map((address) => path.extname(address)), [".html", ".css", ".js"]);
    });
};

exports.paperShowsAllFailures = async (browser) => {
    await browser.open("ordinary.html", async (page) => {
        await page.evaluate(() => { location.hash = "case-control_2fping-answered"; });
        await page.locator("#case-control_2fping-answered.chosen").waitFor();
        await page.emulateMedia({ media: "print" });
        assert.ok(await page.locator(`#${failure} .ruler`).first().isVisible(), "a failure is not printed");
        for (const hidden of ["#tools", ".tabs", "#theme", "#list", `#${failure} .actions`])
            assert.ok(!await page.locator(hidden).first().isVisible(), `${hidden} is printed`);
        for (const shown of ["#target", "#coverage", "#timing", "#skipped"]) assert.ok(await page.locator(shown).isVisible(), shown);
        assert.ok((await page.pdf()).length > 10000);
    }, { theme: "dark" });
};

exports.findingsStandWithTheirProof = async (browser) => {
    await browser.open("secured.html", async (page) => {
        const found = await page.evaluate(() => [...document.querySelectorAll("details.finding[id]")].map((each) => [each.id, each.open]));
        assert.deepEqual(found, [["finding-WS-ORIGIN-PREFIX", true], ["finding-WS-ORIGIN-STATUS", false]]);
        await tells(page, ["It lets in https://app.example; origins that begin with", "CWE-1385", "Compare the whole origin",
            "https://app.example.evil.example", "seen again after the run"]);
        assert.equal(await page.locator(".finding b b").count(), 0, "words of a hook became markup");
    }, { hash: "#security" });
};

exports.campaignsLeadToTheirBytes = async (browser) => {
    await browser.open("campaign.html", async (page) => {
        const text = await page.locator("#fuzzing").innerText();
        for (const words of ["17,418 sessions, 48,920 exchanges in 20.0 s; 1,762 states; 2 findings.", "first in session 17, 12 sessions came to it",
            "echoes-reserved-codes, accepts-code-1005", "Not seen again: not counted", "\\x1b[2J",
            "wsproof replay wsproof-report/findings/F-3a91c07e.jsonc"]) assert.ok(text.includes(words), words);
        const links = await page.evaluate(() => [...document.querySelectorAll("#fuzzing a")]
            .map((each) => [each.textContent, Boolean(document.querySelector(`${each.getAttribute("href")} .ruler`))]));
        assert.deepEqual(links, [["F-3a91c07e", true], ["F-00c0ffee", false]]);
        await page.locator("#fuzzing a").first().click();
        assert.ok(await page.locator("article.chosen .ruler").first().isVisible());
        assert.equal(await page.locator("#skipped, #coverage").count(), 0, "a campaign plans no cases");
    });
};
