// Pages in headless Chromium: opened from files, with everything noted that they ask for or complain of.
"use strict";
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const flags = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];

function program() {
    const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(path.delimiter)];
    const names = ["chromium", "chromium-browser", "google-chrome"];
    return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => fs.existsSync(file));
}

class Browser {
    static async launch(samples, modules) {
        const { chromium } = require(path.join(modules, "playwright-core"));
        const self = new Browser();
        self.axe = fs.readFileSync(path.join(modules, "axe-core", "axe.min.js"), "utf-8");
        self.folder = fs.mkdtempSync(path.join(os.tmpdir(), "wsproof-browser-"));
        execFileSync(samples, [self.folder]);
        self.chromium = await chromium.launch({ executablePath: program(), args: flags });
        return self;
    }

    async close() {
        await this.chromium.close();
        fs.rmSync(this.folder, { recursive: true });
    }

    text(name) {
        return fs.readFileSync(path.join(this.folder, name), "utf-8");
    }

    write(name, text) {
        fs.writeFileSync(path.join(this.folder, name), text);
        return name;
    }

    address(name) {
        return pathToFileURL(path.join(this.folder, name)).href;
    }

    // A new window with the page in it; `act` gets the page, which knows its requests and complaints.
    async open(name, act, { hash = "", width = 1280, height = 900, theme = "light", script = true } = {}) {
        const context = await this.chromium.newContext({
            viewport: { width, height }, colorScheme: theme, javaScriptEnabled: script, reducedMotion: "reduce",
        });
        try {
            await context.addInitScript(() => {
                window.copied = [];
                navigator.clipboard.writeText = async (text) => void window.copied.push(text);
            });
            const page = await context.newPage();
            page.requests = [];
            page.complaints = [];
            page.on("request", (request) => page.requests.push(request.url()));
            page.on("console", (message) => page.complaints.push(message.text()));
            page.on("pageerror", (error) => page.complaints.push(error.message));
            await page.goto(this.address(name) + hash);
            await act(page);
        } finally {
            await context.close();
        }
    }
}

// With everything unfolded, axe-core has nothing to say about it. `rules` chooses what it looks at: of a second
// theme the colours alone, since all else is the same.
async function findsNoFault(browser, page, where, rules = {}) {
    await page.evaluate(() => { for (const details of document.querySelectorAll("main details")) details.open = true; });
    await page.evaluate(browser.axe);
    const faults = await page.evaluate(async (given) => (await window.axe.run(document, { resultTypes: ["violations"], ...given })).violations
        .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`), rules);
    assert.deepEqual(faults, [], where);
}

function paintedAfter(page) {
    return page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
}

// What each filter took until it was painted, in milliseconds, the fastest first: the machine does other things as well.
function filterSteps(page, queries) {
    return page.evaluate(async (given) => {
        const box = document.getElementById("filter");
        const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        const times = [];
        for (const query of given) {
            box.value = query;
            const begin = performance.now();
            box.dispatchEvent(new Event("input"));
            await frame();
            times.push(performance.now() - begin);
        }
        return times.sort((a, b) => a - b);
    }, queries);
}

module.exports = { Browser, program, findsNoFault, paintedAfter, filterSteps };
