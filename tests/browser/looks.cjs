// Everybody can read it: both themes, small windows, large type, readers of screens; and it is quick.
"use strict";
const assert = require("node:assert/strict");
const { findsNoFault, paintedAfter, filterSteps } = require("./browser.cjs");

exports.axeSeesItsOwnFaults = async (browser) => {
    browser.write("faulty.html", "<!doctype html><title>x</title><p style='color:#ccc;background:#fff'>pale</p>");
    await browser.open("faulty.html", async (page) => {
        await assert.rejects(findsNoFault(browser, page, "faulty"), /color-contrast/);
    });
};

exports.axeFindsNothing = async (browser) => {
    for (const theme of ["light", "dark"]) {
        const rules = theme === "dark" ? { runOnly: ["color-contrast"] } : {};
        await browser.open("everything.html", async (page) => {
            for (const tab of ["results", "standing-rules", "timing", "coverage", "skipped", "target"]) {
                await page.evaluate((hash) => { location.hash = hash; }, tab);
                await page.locator(`#${tab}.chosen`).waitFor();
                await findsNoFault(browser, page, `${theme}, ${tab}`, rules);
            }
        }, { theme });
        for (const [name, hash] of [["secured", "#security"], ["campaign", "#fuzzing"], ["hostile", ""], ["empty", ""]])
            await browser.open(`${name}.html`, (page) => findsNoFault(browser, page, `${theme}, ${name}`, rules), { theme, hash });
        await browser.open("ordinary-none.html", (page) => findsNoFault(browser, page, `${theme}, static`, rules), { theme });
        await browser.open("ordinary.html", async (page) => {
            await page.keyboard.press("?");
            await findsNoFault(browser, page, `${theme}, keys`, rules);
        }, { theme, width: 375 });
    }
};

// 640 pixels are 1280 at twice the size.
exports.nothingNeedsScrollingSideways = async (browser) => {
    for (const name of ["ordinary", "hostile", "secured", "campaign", "everything", "ordinary-none"])
        await browser.open(`${name}.html`, async (page) => {
            await page.evaluate(() => {
                for (const details of document.querySelectorAll("main details")) details.open = true;
                for (const shown of document.querySelectorAll(".tab, article")) shown.classList.add("chosen");
                document.body.classList.add("reading");
            });
            for (const width of [1280, 768, 640, 320]) {
                await page.setViewportSize({ width, height: 900 });
                const [needed, widest] = await page.evaluate((limit) => [document.documentElement.scrollWidth,
                    [...document.querySelectorAll("body *")].find((each) => each.getBoundingClientRect().right > limit + 1)?.outerHTML.slice(0, 200)], width);
                assert.ok(needed <= width, `${name} needs ${needed} of ${width} pixels: ${widest}`);
            }
        });
};

exports.whatIsPressedIsLargeEnough = async (browser) => {
    await browser.open("ordinary.html", async (page) => {
        const small = await page.evaluate(() => [...document.querySelectorAll("button, select, input, .row, .tabs a, main summary")]
            .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 24).map((each) => each.outerHTML.slice(0, 80)));
        assert.deepEqual(small, []);
        assert.equal(await page.locator("h1").count(), 1);
        for (const landmark of ["header", "main", "footer", "nav"]) assert.ok(await page.locator(landmark).count() > 0, landmark);
    });
};

// A thousand cases, all transcripts packed.
exports.aThousandCasesAreQuick = async (browser) => {
    await browser.open("large.html", async (page) => {
        const painted = await paintedAfter(page);
        const steps = await filterSteps(page, ["p", "pi", "s:pass", "level:must", "", "-ping", "rfc:5.5", "", "x", ""]);
        const begin = await page.evaluate(() => performance.now());
        await page.locator("#list .row[data-verdict=pass]").last().evaluate((row) => row.click());
        await page.locator("article.chosen .wire .ruler, article.chosen .wire pre").first().waitFor({ state: "attached" });
        const opened = await page.evaluate(() => performance.now()) - begin;
        const size = browser.text("large.html").length;
        console.log(`1,000 cases: ${(size / 1e6).toFixed(2)} MB, painted after ${Math.round(painted)} ms, a filter step ${steps[0].toFixed(1)} ms `
            + `(median ${steps[5].toFixed(1)}), a packed case ${Math.round(opened)} ms`);
        assert.ok(steps[0] < 100, `the fastest filter step took ${steps[0]} ms`);
        assert.ok(size < 6e6, `${size} bytes`);
    });
};
