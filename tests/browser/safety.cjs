// No request leaves the page, and nothing that a peer sent runs, moves or colours anything.
"use strict";
const assert = require("node:assert/strict");

const title = "wsproof report: my echo server";
const attack = "<script>document.title='owned'</script><img src='http://127.0.0.1:9/x' onerror=\"document.title='owned'\">";

exports.theInstrumentsSee = async (browser) => {
    browser.write("control.html", `<title>still</title>${attack}`);
    await browser.open("control.html", async (page) => {
        assert.ok(page.requests.includes("http://127.0.0.1:9/x"), "a request went unnoticed");
        assert.equal(await page.title(), "owned", "a script went unnoticed");
    });
};

exports.nothingIsAskedFor = async (browser) => {
    for (const name of ["ordinary", "hostile", "secured", "campaign", "everything", "empty"])
        await browser.open(`${name}.html`, async (page) => {
            assert.deepEqual(page.requests, [browser.address(`${name}.html`)]);
            assert.deepEqual(page.complaints, []);
        });
};

exports.onlyOurScriptAndStyleCount = async (browser) => {
    const isLive = () => document.body.classList.contains("live");
    const ground = () => getComputedStyle(document.body).backgroundColor;
    let styled = "";
    await browser.open("ordinary.html", async (page) => {
        assert.ok(await page.evaluate(isLive));
        styled = await page.evaluate(ground);
    });
    const text = browser.text("ordinary.html");
    for (const [tag, probe] of [["script", isLive], ["style", async () => false]]) {
        browser.write("changed.html", text.replace(`</${tag}>`, ` </${tag}>`));
        await browser.open("changed.html", async (page) => {
            assert.equal(await page.evaluate(probe), false);
            assert.ok(page.complaints.some((words) => words.includes("Content Security Policy")), page.complaints.join());
            if (tag === "style") assert.notEqual(await page.evaluate(ground), styled);
        });
    }
};

exports.injectedMarkupDoesNotRun = async (browser) => {
    browser.write("injected.html", browser.text("ordinary.html").replace(/<main[^>]*>/, (tag) => tag + attack));
    await browser.open("injected.html", async (page) => {
        assert.equal(await page.title(), title);
        assert.ok(page.complaints.length > 0, "the policy did not object");
    });
};

// The same results give the same elements, whatever the peer has said.
exports.peersMakeNoElements = async (browser) => {
    const shape = () => [...document.querySelectorAll("article")].map((article) => article.id).join(" ");
    let expected = "";
    await browser.open("ordinary.html", async (page) => { expected = await page.evaluate(shape); });
    await browser.open("hostile.html", async (page) => {
        assert.equal(await page.evaluate(shape), expected);
        assert.equal(await page.title(), title);
        assert.equal(await page.evaluate(() => document.querySelectorAll("img, iframe, object, main form, main script").length), 0);
        assert.equal(await page.evaluate(() => document.scripts.length), 1);
        const text = await page.evaluate(() => document.body.textContent);
        assert.ok(text.includes("<script>document.title='owned'</script><img src=x onerror="), "the text is not shown as text");
        assert.ok(text.includes("\\x1b[2J") && text.includes("\\xe2\\x80\\xae"), "controls are not shown as escapes");
        assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]/);
    });
};

// What was packed comes back as text as well.
exports.packedTextStaysText = async (browser) => {
    await browser.open("quiet.html", async (page) => {
        const quiet = await page.evaluate(() => [...document.querySelectorAll("article:has(.packed)")].map((article) => article.id));
        assert.ok(quiet.length > 0, "nothing was packed");
        for (const id of quiet) {
            await page.evaluate((hash) => { location.hash = hash; }, id);
            await page.locator(`#${id} .wire`).waitFor();
        }
        assert.equal(await page.title(), title);
        assert.equal(await page.evaluate(() => document.querySelectorAll("article img, article script, article svg").length), 0);
        assert.deepEqual(page.complaints, []);
    });
};

exports.noSecretIsTold = async (browser) => {
    for (const name of ["ordinary", "secured", "campaign"])
        for (const mode of ["", "-external", "-none"])
            assert.ok(!browser.text(`${name}${mode}.html`).includes("s3cr3t"), `${name}${mode}`);
};
