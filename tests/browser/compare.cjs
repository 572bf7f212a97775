// The matrix of `wsproof compare`: whole without script, then filter, views, details beside each other, and quick.
"use strict";
const assert = require("node:assert/strict");
const { findsNoFault, paintedAfter, filterSteps } = require("./browser.cjs");

const small = "small.compare.html";
const shownRows = (page) => page.evaluate(() => [...document.querySelectorAll(".table .row:not([hidden])")].map((row) => row.dataset.case));
const state = (page) => page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
const details = (page) => page.evaluate(() => [...document.querySelectorAll("#detail[open] .beside section")].map((one) => one.innerText));

exports.theMatrixIsWholeWithoutScript = async (browser) => {
    await browser.open(small, async (page) => {
        assert.equal(await page.locator(".table .row").count(), 6);
        assert.equal(await page.locator(".table .row i").count(), 18);
        assert.ok(await page.locator("#tools").isHidden());
        const text = await page.locator("main").innerText();
        for (const words of ["second server", "standing rules/6455/5.1/server-never-masks", "5/5", "connection refused", "A: first server"])
            assert.ok(text.includes(words), words);
        assert.equal(await page.locator("[aria-label=fail]").count(), 2);
    }, { script: false });
};

exports.theMatrixAsksForNothing = async (browser) => {
    for (const name of [small, "hostile.compare.html"])
        await browser.open(name, async (page) => {
            assert.deepEqual(page.requests, [browser.address(name)]);
            assert.deepEqual(page.complaints, []);
            assert.match(await page.title(), /^wsproof compare: /);
            for (const link of await page.locator(".row a").all()) await link.evaluate((one) => one.click());
            assert.equal(await page.locator("#detail img, #detail script").count(), 0);
        });
};

exports.theMatrixHasViews = async (browser) => {
    await browser.open(small, async (page) => {
        assert.equal((await shownRows(page)).length, 6);
        await page.locator("[data-view=differs]").click();
        assert.deepEqual(await shownRows(page), ["control/case-1", "control/case-2", "control/case-4", "standing rules/6455/5.1/server-never-masks"]);
        assert.equal(await page.getAttribute("[data-view=differs]", "aria-pressed"), "true");
        assert.deepEqual(await state(page), { view: "differs" });
        await page.locator("[data-view=unsupported]").click();
        assert.deepEqual(await shownRows(page), ["control/case-3"]);
        await page.selectOption("#reference", "second server");
        assert.equal((await state(page)).view, "reference-fails");
        assert.deepEqual(await shownRows(page), ["control/case-1", "standing rules/6455/5.1/server-never-masks"]);
        await page.selectOption("#reference", "first server");
        assert.deepEqual(await shownRows(page), []);
        await page.locator("[data-view=all]").click();
        await page.fill("#filter", "control -case-1");
        assert.equal((await shownRows(page)).length, 4);
        assert.equal(await page.locator("#shown").innerText(), "4 of 6 rows");
        await page.selectOption("#level", "should");
        assert.deepEqual(await shownRows(page), []);
    });
};

exports.aCellOpensTheCaseBesideOthers = async (browser) => {
    await browser.open(small, async (page) => {
        await page.locator("[data-case='control/case-1'] i").nth(2).click();
        await page.waitForSelector("#detail[open]");
        const [first, second] = await details(page);
        assert.match(first, /^second server[^]*verdict\s+fail[^]*Pong 'Hello'[^]*Close 1002[^]*-s control\/case-1 /);
        assert.match(second, /^first server[^]*verdict\s+pass/);
        assert.deepEqual(await state(page), { case: "control/case-1", with: "2,0,1" });
        await page.locator("#detail .beside button", { hasText: "Copy command" }).first().click();
        assert.match((await page.evaluate(() => window.copied))[0], /^wsproof ws:.* -s control\/case-1 /);
        await page.locator("#detail h3 button").last().click();
        assert.equal((await details(page)).length, 2);
        await page.selectOption("#detail select", "1");
        assert.equal((await details(page)).length, 3);
        await page.keyboard.press("Escape");
        assert.deepEqual(await details(page), []);
        assert.deepEqual(await state(page), {});
    });
};

exports.aLinkIntoTheMatrixIsKept = async (browser) => {
    await browser.open(small, async (page) => {
        await page.waitForSelector("#detail[open]");
        assert.match((await details(page))[0], /^second server/);
        assert.equal((await shownRows(page)).length, 4);
    }, { hash: "#view=differs&case=control/case-2&with=2" });
    await browser.open(small, async (page) => assert.equal((await shownRows(page)).length, 6), { hash: "#view=nonsense&case=no/such&with=99,x" });
};

exports.theMatrixHasKeys = async (browser) => {
    await browser.open(small, async (page) => {
        await page.keyboard.press("j");
        await page.keyboard.press("j");
        assert.equal(await page.evaluate(() => document.activeElement.textContent), "control/case-1");
        await page.keyboard.press("Enter");
        await page.waitForSelector("#detail[open]");
        await page.keyboard.press("Escape");
        assert.equal(await page.evaluate(() => document.activeElement.textContent), "control/case-1");
        await page.keyboard.press("d");
        assert.equal((await shownRows(page)).length, 4);
        await page.keyboard.press("/");
        await page.keyboard.type("dj");
        assert.equal(await page.inputValue("#filter"), "dj");
    });
};

exports.axeFindsNothingInTheMatrix = async (browser) => {
    for (const theme of ["light", "dark"]) {
        const rules = theme === "dark" ? { runOnly: ["color-contrast"] } : {};
        for (const [name, hash] of [[small, ""], [small, "#case=control/case-1&with=2,0"], ["hostile.compare.html", ""]])
            await browser.open(name, async (page) => {
                if (hash) await page.waitForSelector("#detail[open]");
                await findsNoFault(browser, page, `${theme}, ${name}${hash}`, rules);
            }, { theme, hash });
    }
};

// 1,000 cases of 30 implementations.
exports.aLargeMatrixIsQuick = async (browser) => {
    const name = "large.compare.html";
    const paints = [];
    for (let n = 0; n < 2; ++n) await browser.open(name, async (page) => paints.push(await paintedAfter(page)));
    await browser.open(name, async (page) => {
        const painted = Math.min(...paints, await paintedAfter(page));
        assert.equal(await page.locator(".table .row i").count(), 30_000);
        const steps = await filterSteps(page, ["c", "ca", "case-10", "", "-folder-1", "folder-3", "", "x", ""]);
        const size = Buffer.byteLength(browser.text(name));
        console.log(`1,000 x 30: ${(size / 1e6).toFixed(2)} MB, painted after ${Math.round(painted)} ms, a filter step ${steps[0].toFixed(1)} ms `
            + `(median ${steps[4].toFixed(1)})`);
        assert.ok(size < 4e6, `${size} bytes`);
        assert.ok(painted < 1500, `painted after ${painted} ms`);
        assert.ok(steps[0] < 100, `the fastest filter step took ${steps[0]} ms`);
    });
};
