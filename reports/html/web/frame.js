"use strict";
// What every page has: elements from data, what was packed, copying, the theme, state in the fragment.

// The only way in for data: it becomes text, never markup.
function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
}

// A tree as the program packs it: ["p", {"class": "x"}, "text", ["b", {}, "more"]].
function build([tag, attributes, ...children]) {
    return make(tag, attributes, ...children.map((child) => (typeof child === "string" ? child : build(child))));
}

// Raw DEFLATE in base64, inside a template, where nothing parses it.
async function unpack(template) {
    const bytes = Uint8Array.from(atob(template.content.textContent.trim()), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await new Response(stream).text());
}

function copyWithSelection(text) {
    const area = make("textarea", { class: "unseen", readonly: "" });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
}

// Says on the button how it went.
async function copy(text, button) {
    const copied = await Promise.resolve(navigator.clipboard?.writeText(text))
        .then(() => Boolean(navigator.clipboard)).catch(() => false) || copyWithSelection(text);
    if (!button) return;
    button.dataset.name ??= button.textContent;
    button.textContent = copied ? "Copied" : "Not copied";
    button.classList.toggle("done", copied);
    setTimeout(() => {
        button.textContent = button.dataset.name;
        button.classList.remove("done");
    }, 1400);
}

function button(name, act) {
    const element = make("button", { type: "button" }, name);
    element.addEventListener("click", () => act(element));
    return element;
}

const fragment = {
    // {case, q, …} of "#case=…&q=…"; of "#id" {id}.
    read() {
        const text = location.hash.slice(1);
        if (text.includes("=")) return Object.fromEntries(new URLSearchParams(text));
        try {
            return text ? { id: decodeURIComponent(text) } : {};
        } catch {
            return {};
        }
    },
    write(state, method = "replaceState") {
        const readable = (value) => encodeURIComponent(value).replace(/%2F/g, "/").replace(/%3A/g, ":").replace(/%20/g, "+");
        const words = Object.entries(state).filter(([, value]) => value)
            .map(([name, value]) => `${name}=${readable(value)}`).join("&");
        history[method](null, "", words ? `#${words}` : location.pathname + location.search);
    },
};

// Follows the system until it is chosen; the choice lasts as long as the page.
const theme = {
    isDark() {
        const chosen = document.documentElement.dataset.theme;
        return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    },
    toggle() {
        document.documentElement.dataset.theme = theme.isDark() ? "light" : "dark";
        theme.name();
    },
    name() {
        theme.button.textContent = theme.isDark() ? "Light theme" : "Dark theme";
    },
};
theme.button = button("", theme.toggle);
theme.button.id = "theme";
theme.name();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", theme.name);
document.getElementById("page-actions")?.append(theme.button);
