// The filter: words that all have to fit. An id or a glob (closing/*), a tag (@must), rfc:5.5.1,
// autobahn:7.9.*, s:fail,lenient, level:must, rule:…, cause:…, >100ms; "-" or "!" turns a word around.

const unitsInMicroseconds = { us: 1, ms: 1e3, s: 1e6, "": 1e3 };

function globPattern(glob) {
    const literal = glob.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*");
    return new RegExp(`^${literal}$`);
}

// Exactly, or with a star.
function fits(value, wanted) {
    return wanted.includes("*") ? globPattern(wanted).test(value) : value === wanted;
}

const keyedTests = {
    s: (value) => (row) => value.split(",").some((one) => row.verdict.startsWith(one)),
    level: (value) => (row) => value.split(",").includes(row.level),
    section: (value) => (row) => fits(row.section, value),
    rule: (value) => (row) => fits(row.rule, value) || row.rule.startsWith(value),
    rfc: (value) => (row) => fits(row.clause, value) || row.clause.startsWith(`${value}.`),
    autobahn: (value) => (row) => row.tags.some((tag) => fits(tag, `autobahn:${value}`)),
    cause: (value) => (row) => row.cause.includes(value),
};
keyedTests.verdict = keyedTests.s;

function testOf(word) {
    const time = /^([<>])(\d+(?:\.\d+)?)(us|ms|s|)$/.exec(word);
    if (time) {
        const bound = Number(time[2]) * unitsInMicroseconds[time[3]];
        return (row) => (time[1] === ">" ? row.us > bound : row.us < bound);
    }
    const [, key, value] = /^([a-z]+):(.*)$/.exec(word) ?? [];
    if (key in keyedTests) return value ? keyedTests[key](value) : () => true;
    if (word.startsWith("@")) return (row) => row.tags.includes(word) || row.level === word.slice(1);
    if (word.includes("*")) return (row) => fits(row.id, word) || fits(row.id.split("#")[0], word);
    return (row) => row.text.includes(word);
}

// A predicate over rows.
function parseQuery(text) {
    const words = text.toLowerCase().match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
    const tests = words.map((word) => {
        const turned = /^[-!]./.test(word);
        const test = testOf(word.slice(turned ? 1 : 0).replaceAll('"', ""));
        return turned ? (row) => !test(row) : test;
    });
    return (row) => tests.every((test) => test(row));
}

// Puts a verdict into the word s:… or takes it out.
function toggleVerdict(text, verdict) {
    const words = text.split(/\s+/).filter(Boolean);
    const at = words.findIndex((word) => word.startsWith("s:"));
    const chosen = new Set(at < 0 ? [] : words[at].slice(2).split(",").filter(Boolean));
    if (!chosen.delete(verdict)) chosen.add(verdict);
    const word = chosen.size ? [`s:${[...chosen].join(",")}`] : [];
    words.splice(at < 0 ? words.length : at, at < 0 ? 0 : 1, ...word);
    return words.join(" ");
}

function chosenVerdicts(text) {
    return /(?:^|\s)s:(\S*)/.exec(text)?.[1].split(",") ?? [];
}
