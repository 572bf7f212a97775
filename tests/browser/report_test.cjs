// The HTML report in a browser: report_test.cjs SAMPLES NODE_MODULES [NAME]
"use strict";
const { Browser, program } = require("./browser.cjs");

const skipped = 77;

async function main([samples, modules, only = ""]) {
    if (!program()) {
        console.log("skipped: no chromium on this machine");
        return skipped;
    }
    const checks = Object.entries({ ...require("./safety.cjs"), ...require("./reading.cjs"), ...require("./working.cjs"), ...require("./looks.cjs"), ...require("./compare.cjs") });
    const browser = await Browser.launch(samples, modules);
    let failed = 0;
    try {
        for (const [name, check] of checks.filter(([each]) => each.includes(only))) {
            const begin = Date.now();
            try {
                await check(browser);
                console.log(`ok ${name} (${Date.now() - begin} ms)`);
            } catch (error) {
                failed += 1;
                console.log(`FAILED ${name}: ${error.stack}`);
            }
        }
    } finally {
        await browser.close();
    }
    console.log(failed ? `${failed} of ${checks.length} checks failed` : "the report holds in the browser");
    return failed ? 1 : 0;
}

main(process.argv.slice(2)).then((code) => { process.exitCode = code; });
