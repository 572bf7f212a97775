// What the script adds: filter, groups, keys, links into the page, packed transcripts, copies.
"use strict";
const assert = require("node:assert/strict");

const failure = "closing/reserved-code-not-sent#1005";
const passing = "control/ping-answered";

const shownRows = (page) => page.evaluate(() => [...document.querySelectorAll("#list .row")]
    .filter((row) => !row.closest("[hidden]")).map((row) => row.querySelector("code").textContent));
const chosen = (page) => page.locator("article.chosen h3 code").innerText();
const state = (page) => page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
const isShown = async (page, id) => page.waitForFunction((name) => document.querySelector("article.chosen h3 code")?.textContent === name, id);

exports.theGravestCaseIsShownFirst = async (browser) => {
    await browser.open("ordinary.html", async (page) => {
        assert.equal(await chosen(page), failure);
        assert.equal((await shownRows(page)).length, 4);
        assert.deepEqual(await state(page), {});
    });
};

exports.theFilterKnowsWordsAndKeys = async (browser) => {
    await browser.open("ordinary.html", async (page) => {
        const all = await shownRows(page);
        const expected = {
            "ping answered": [passing], "s:fail": [failure], "-s:fail": all.filter((id) => id !== failure), "closing/*": [failure],
            "control/*": all.filter((id) => id.startsWith("control/")), "level:should": all.filter((id) => id.startsWith("deflate/")),
            "rfc:7.4.1": [failure], "rfc:7.4": [failure], "!rfc:7 s:fail": [], "rule:6455/5.5.2/*": all.filter((id) => id.startsWith("control/")), ">1.5ms": [failure],
            "nothing has this": [],
        };
        for (const [query, ids] of Object.entries(expected)) {
            await page.fill("#filter", query);
            assert.deepEqual((await shownRows(page)).sort(), [...ids].sort(), query);
            assert.equal(await page.locator("#shown").innerText(), `${ids.length} of 4 cases`);
        }
    });
};

exports.chipsWriteIntoTheFilter = async (browser) => {
    await browser.open("ordinary.html", async (page) => {
        await page.locator("[data-chip=fail]").click();
        assert.equal(await page.inputValue("#filter"), "s:fail");
        assert.deepEqual(await shownRows(page), [failure]);
        await page.locator("[data-chip=pass]").click();
        assert.equal(await page.inputValue("#filter"), "s:fail,pass");
        assert.equal(await page.getAttribute("[data-chip=pass]", "aria-pressed"), "true");
        await page.goBack();
        assert.equal(await page.inputValue("#filter"), "s:fail");
        assert.deepEqual(await state(page), { q: "s:fail" });
    });
};

exports.keysDoWhatTheySay = async (browser) => {
    await browser.open("ordinary.html", async (page) => {
        const rows = await shownRows(page);
        await page.keyboard.press("j");
        await isShown(page, rows[rows.indexOf(failure) + 1]);
        await page.keyboard.press("k");
        await isShown(page, failure);
        await page.keyboard.press("j");
        await page.keyboard.press("Escape");
        await page.keyboard.press("/");
        assert.equal(await page.evaluate(() => document.activeElement.id), "filter");
        await page.keyboard.type("jkf s:fail");
        assert.equal(await page.inputValue("#filter"), "jkf s:fail", "keys act while somebody types");
        await page.fill("#filter", "");
        await page.keyboard.press("Escape");
        assert.notEqual(await page.evaluate(() => document.activeElement.id), "filter");
        await page.keyboard.press("c");
        assert.match((await page.evaluate(() => window.copied))[0], /^wsproof ws:\/\/localhost:9001\/ .* -s /);
        await page.keyboard.press("g");
        await page.keyboard.press("c");
        assert.equal(await page.inputValue("#grouping"), "cause");
        assert.equal((await state(page)).group, "cause");
        assert.ok(await page.locator(".group.made summary", { hasText: "closing/reserved-code-not-sent: Close 1005" }).isVisible());
        await page.keyboard.press("g");
        await page.keyboard.press("s");
        assert.equal(await page.locator(".group.made").count(), 0);
        assert.deepEqual(await shownRows(page), rows);
        await page.keyboard.press("?");
        assert.ok(await page.locator("#keys").isVisible());
        await page.keyboard.press("j");
        await page.keyboard.press("Escape");
        assert.ok(!await page.locator("#keys").isVisible());
        assert.deepEqual(page.complaints, []);
    });
};

exports.theNextFailureIsOneKeyAway = async (browser) => {
    await browser.open("ordinary.html", async (page) => {
        const rows = await shownRows(page);
        if (rows[0] !== failure) assert.fail("the sample begins with its failure");
        await page.keyboard.press("f");
        assert.equal(await chosen(page), failure, "there is no other failure");
        await page.locator("#list .row", { hasText: "ping-answered" }).evaluate((row) => { row.closest("details").open = true; });
        await page.locator("#list .row", { hasText: "ping-answered" }).click();
        await isShown(page, passing);
        await page.keyboard.press("k");
        await isShown(page, rows[rows.indexOf(passing) - 1]);
        await page.locator("#list .row").first().focus();
        await page.keyboard.press("Enter");
        await page.waitForFunction(() => document.activeElement.matches("article.chosen"));
    });
};

exports.theThemeTurns = async (browser) => {
    await browser.open("ordinary.html", async (page) => {
        const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        const light = await ground();
        await page.keyboard.press("t");
        assert.notEqual(await ground(), light);
        await page.locator("#theme").click();
        assert.equal(await ground(), light);
    });
};

exports.linksLeadIntoThePage = async (browser) => {
    const whole = `#case=${encodeURIComponent(passing)}&q=ping&group=level`;
    await browser.open("ordinary.html", async (page) => {
        assert.equal(await chosen(page), passing);
        assert.equal(await page.inputValue("#filter"), "ping");
        assert.equal(await page.inputValue("#grouping"), "level");
        assert.equal(await page.getAttribute("#list [aria-current]", "href"), "#case-control_2fping-answered");
    }, { hash: whole });
    await browser.open("ordinary.html", async (page) => {
        assert.equal(await chosen(page), passing);
        assert.deepEqual(await state(page), { case: passing });
    }, { hash: "#case-control_2fping-answered" });
};

exports.brokenLinksDoNoHarm = async (browser) => {
    await browser.open("ordinary.html", async (page) => {
        for (const broken of ["#%", "#case=no/such", "#tab=nowhere&group=nothing", "#q=%22*(", "#constructor", "#group=constructor"]) {
            await page.evaluate((hash) => { location.hash = hash; }, broken);
            await page.waitForTimeout(20);
            assert.ok(await page.locator("#results").isVisible(), broken);
            assert.deepEqual(page.complaints, [], broken);
        }
    }, { hash: "#%" });
};

exports.theBackButtonGoesBack = async (browser) => {
    await browser.open("ordinary.html", async (page) => {
        await page.locator(".tabs a", { hasText: "RFC coverage" }).click();
        assert.ok(await page.locator("#coverage").isVisible());
        assert.ok(!await page.locator("#results").isVisible());
        await page.locator(".tabs a", { hasText: "Skipped" }).click();
        await page.locator("#skipped summary").first().click();
        await page.locator("#skipped a").first().click();
        assert.ok(await page.locator("#results").isVisible());
        assert.match(await chosen(page), /^deflate\//);
        await page.goBack();
        assert.ok(await page.locator("#skipped").isVisible());
        await page.goBack();
        assert.ok(await page.locator("#coverage").isVisible());
        await page.goBack();
        assert.ok(await page.locator("#results").isVisible());
        assert.equal(await chosen(page), failure);
    });
};

exports.theRulerNamesEveryField = async (browser) => {
    await browser.open("ordinary.html", async (page) => {
        const fields = await page.locator("article.chosen .send.trigger .field").evaluateAll((all) => all.map((field) =>
            [field.className, ...[...field.querySelectorAll("code, small")].map((part) => part.textContent)]));
        assert.deepEqual(fields, [
            ["field first", "88", "FIN, close"], ["field length", "82", "MASK, length 2"], ["field key", "37 fa 21 3d", "masking key"],
            ["field payload", "34 17", "03 ed", "status code 1005"],
        ]);
        assert.deepEqual(await page.locator("article.chosen .wire li").evaluateAll((all) => all.map((line) => line.className.trim())),
            ["send", "recv", "send trigger", "recv violation", "recv", "local"]);
        const sides = await page.locator("article.chosen .trigger > div, article.chosen .violation > div").evaluateAll(
            (all) => all.map((side) => side.getBoundingClientRect().left));
        assert.ok(sides[0] < sides[1], "both sides stand on the same side");
        assert.ok(await page.locator("article.chosen .box", { hasText: "What was expected" }).isVisible());
    });
};

exports.everyCopyIsOfUse = async (browser) => {
    await browser.open("ordinary.html", async (page) => {
        for (const copy of await page.locator("article.chosen .actions button").all()) await copy.click();
        const [command, hex, c, python, markdown] = await page.evaluate(() => window.copied);
        assert.match(command, /^wsproof ws:\/\/localhost:9001\/ .*reserved-code-not-sent#1005' --seed 00c0ffee5eed0001/);
        assert.equal(hex, "88 82 37 fa 21 3d 34 17");
        assert.match(c, /unsigned char frame_1\[\] = \{\n {4}0x88, 0x82, 0x37, 0xfa, 0x21, 0x3d, 0x34, 0x17\n\};/);
        assert.match(python, /frame_1 = bytes\.fromhex\("88 82 37 fa 21 3d 34 17"\)/);
        for (const words of [`### ${failure}`, "the peer sent the reserved code itself", "-> Close 1005", "<- Close 1005", "fail at level must", command])
            assert.ok(markdown.includes(words), `${words} is not in ${markdown}`);
        await page.locator("#page-actions button").first().click();
        assert.match((await page.evaluate(() => window.copied)).at(-1), /^wsproof ws:\/\/localhost:9001\/ -H/);
    });
};

// Whatever a peer said ends no comment and no fence.
exports.copiesOfHostileTextAreInert = async (browser) => {
    await browser.open("hostile.html", async (page) => {
        const [c, markdown] = await page.evaluate(() => {
            const article = document.querySelector("article.chosen");
            article.querySelector(".send.trigger p").append("*/ system(1); /* ``` \n# x");
            return [asCArray(sentFrames(article)), asMarkdown(article)];
        });
        assert.equal(c.match(/\*\//g).length, 1, "a comment ends before its end");
        assert.match(markdown, /^````$/m);
    });
};

exports.narrowWindowsShowOneThingAtATime = async (browser) => {
    await browser.open("ordinary.html", async (page) => {
        assert.ok(!await page.locator("article.chosen").isVisible());
        await page.locator("#list .row").first().click();
        assert.ok(await page.locator("article.chosen").isVisible());
        assert.ok(!await page.locator("#list").isVisible());
        await page.locator(".back").click();
        assert.ok(await page.locator("#list").isVisible());
        await page.goBack();
        assert.ok(await page.locator("article.chosen").isVisible());
    }, { width: 375 });
};
