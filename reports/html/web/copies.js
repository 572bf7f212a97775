// What can be copied of a case: everything is read from its article, as it stands there.

function hexOf(line) {
    const dump = line.querySelector(".dump pre");
    if (dump) return [...dump.textContent.matchAll(/^[0-9a-f]{8} {2}((?:[0-9a-f]{2} ?)+)/gm)].map((row) => row[1].trim()).join(" ");
    return [...line.querySelectorAll(".field > code")].map((field) => field.textContent).join(" ");
}

// The frames that the case put to the peer: those that decided, or all.
function sentFrames(article) {
    const lines = [...article.querySelectorAll(".wire .send")].filter((line) => line.querySelector(".field"));
    const decisive = lines.filter((line) => line.matches(".trigger"));
    return (decisive.length ? decisive : lines).map((line) => ({
        name: line.querySelector("p")?.lastChild?.textContent ?? "",
        words: wordsOf(line),
        hex: hexOf(line).match(/\b[0-9a-f]{2}\b/g) ?? [],
    }));
}

// What a line of the wire says, without the words that the layout adds.
function wordsOf(line) {
    const paragraph = line.querySelector("p");
    return [...(paragraph?.childNodes ?? [])].filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.data).join("").trim();
}

// Comments of C end at */ and at the end of a line, whatever a peer wrote.
function commentWords(words) {
    return words.replace(/[^\x20-\x7e]/g, "?").replaceAll("*/", "* /");
}

function asCArray(frames) {
    return frames.map(({ words, hex }, index) => {
        const rows = hex.map((byte) => `0x${byte}`).join(", ").replace(/((?:0x.., ){12})/g, "$1\n    ").replace(/ +\n/g, "\n");
        return `/* ${commentWords(words)} */\nstatic const unsigned char frame_${index + 1}[] = {\n    ${rows}\n};`;
    }).join("\n\n");
}

function asPython(frames) {
    return frames.map(({ words, hex }, index) => `# ${commentWords(words)}\nframe_${index + 1} = bytes.fromhex("${hex.join(" ")}")`).join("\n\n");
}

function asHex(frames) {
    return frames.map(({ hex }) => hex.join(" ")).join("\n");
}

// A fence longer than any run of back-ticks in it: peers write back-ticks as well.
function fenced(text) {
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
    return `${"`".repeat(longest + 1)}\n${text}\n${"`".repeat(longest + 1)}`;
}

// Two columns of boxes and the wire, for an issue.
function asMarkdown(article) {
    const text = (selector) => article.querySelector(selector)?.textContent.trim() ?? "";
    const lines = [...article.querySelectorAll(".wire li")].map((line) => {
        const way = line.matches(".send") ? "->" : line.matches(".recv") ? "<-" : "  ";
        const hex = line.querySelector(".field") ? `\n             ${hexOf(line)}` : "";
        return `${line.querySelector(".time").textContent.padStart(9)} ${way} ${wordsOf(line)}${hex}`;
    });
    const boxes = [...article.querySelectorAll(".pair .box")].map((box) => {
        const items = [...box.querySelectorAll("p, li")].map((item) => item.textContent.trim());
        return `${box.querySelector("h4").textContent}:\n\n${fenced(items.join("\n"))}`;
    });
    const meta = [...article.querySelectorAll(".meta:first-of-type > *, .says + .meta > *")].map((item) => item.textContent);
    return [`### ${text("h3 code")}`, text(".says"), [...new Set(meta)].join(" · "), ...boxes,
        lines.length ? fenced(lines.join("\n")) : "", fenced(text("pre.command"))].filter(Boolean).join("\n\n");
}

function actionsOf(article) {
    const actions = make("div", { class: "actions" });
    const offer = (name, text) => actions.append(button(name, (self) => copy(text(), self)));
    offer("Copy command", () => article.querySelector("pre.command").textContent);
    if (sentFrames(article).length) {
        offer("Copy hex", () => asHex(sentFrames(article)));
        offer("Copy as C array", () => asCArray(sentFrames(article)));
        offer("Copy as Python", () => asPython(sentFrames(article)));
    }
    const source = article.querySelector(".source pre");
    if (source) offer("Copy case file", () => source.textContent);
    offer("Copy as Markdown", () => asMarkdown(article));
    return actions;
}
