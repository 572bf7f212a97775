// The page as a whole: tabs, keys, and the state, which stands in the fragment: tab, case, q, group.

const tabs = [...document.querySelectorAll("main > .tab")];
const byName = new Map(list.rows.map((row) => [row.name, row]));
const byAnchor = new Map(list.rows.map((row) => [row.article.id, row]));
const box = document.getElementById("filter");
const grouping = document.getElementById("grouping");
const chips = [...document.querySelectorAll("[data-chip]")];
const wide = matchMedia("(min-width: 901px)");
let state = {};
let current = null;  // the row of the case that is shown

// A link within the page changes what it names and leaves the rest.
function stateOfFragment() {
    const read = fragment.read();
    if (!("id" in read)) return read;
    const row = byAnchor.get(read.id);
    if (row) return { ...state, tab: "", case: row.name };
    const element = document.getElementById(read.id);
    const tab = element?.closest(".tab");
    return tab ? { ...state, tab: tab.id === firstTab() ? "" : tab.id, at: element === tab ? "" : read.id } : state;
}

function firstTab() {
    return document.getElementById("fuzzing") ? "fuzzing" : "results";
}

function showTab(name) {
    const chosen = tabs.find((tab) => tab.id === name) ?? document.getElementById(state.case ? "results" : firstTab());
    for (const tab of tabs) tab.classList.toggle("chosen", tab === chosen);
    for (const link of document.querySelectorAll(".tabs a")) {
        if (link.hash === `#${chosen.id}`) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
    }
}

function showFilter(text) {
    if (box.value !== text) box.value = text;
    const count = list.filter(text);
    const verdicts = chosenVerdicts(text);
    for (const chip of chips) chip.setAttribute("aria-pressed", String(verdicts.includes(chip.dataset.chip)));
    document.getElementById("shown").textContent = `${count} of ${list.rows.length} cases`;
}

function showCase(name) {
    const row = byName.get(name);
    document.body.classList.toggle("reading", Boolean(row));
    current = row ?? (wide.matches ? list.gravest() : null) ?? null;
    list.mark(current);
    if (row) list.reveal(row);
    return detail.show(current?.article ?? null, current?.group.querySelector("b").textContent);
}

// Resolves when it can be seen.
async function show(next) {
    const { at, ...lasting } = next;
    state = lasting;
    showTab(state.tab);
    if (!list.rows.length) return;
    const kind = state.group in list.names ? state.group : "section";
    grouping.value = kind;
    list.groupBy(kind);
    showFilter(state.q ?? "");
    await showCase(state.case);
    if (at) document.getElementById(at)?.scrollIntoView();
}

// `method` pushState: the back button comes back to what is shown now.
function go(changes, method = "pushState") {
    const next = { ...state, ...changes };
    fragment.write(next, method);
    return show(next);
}

async function followFragment() {
    const next = stateOfFragment();
    if ("id" in fragment.read()) {
        const { at, ...lasting } = next;
        fragment.write(lasting);
    }
    await show(next);
    if (!wide.matches && state.case) detail.pane.scrollIntoView();
}

function step(direction, wanted) {
    const row = list.beside(current, direction, wanted);
    if (!row) return;
    const moved = go({ tab: "", case: row.name }, "replaceState");
    row.element.focus({ preventScroll: true });
    return moved;
}

function leave() {
    const row = current;
    if (document.activeElement === box) return box.blur();
    go({ case: "" });
    row?.element.focus();
}

const afterG = { s: "section", c: "cause", l: "level", r: "rule", v: "verdict" };
let waitsForGroup = 0;  // until when a letter names a grouping

const keys = {
    "/": () => { go({ tab: "" }, "replaceState"); box.focus(); box.select(); },
    j: () => step(1),
    k: () => step(-1),
    f: () => step(1, (row) => row.isGrave),
    c: () => detail.copyCommand(),
    t: () => theme.toggle(),
    g: () => { waitsForGroup = performance.now() + 1500; },
    "?": () => document.getElementById("keys").showModal(),
    Escape: leave,
};

function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const typing = event.target.closest?.("input, select, textarea");
    if (typing && event.key !== "Escape") return;
    if (event.key === "Enter" && event.target.closest?.(".row")) return void setTimeout(() => detail.article?.focus());
    const kind = performance.now() < waitsForGroup ? afterG[event.key] : null;
    waitsForGroup = 0;
    const act = kind ? () => go({ group: kind === "section" ? "" : kind }) : keys[event.key];
    if (!act || (!list.rows.length && event.key !== "t" && event.key !== "?")) return;
    event.preventDefault();
    act();
}

function start() {
    document.body.classList.add("live");
    const actions = document.getElementById("page-actions");
    const command = document.getElementById("command");
    if (command) actions.prepend(button("Copy rerun command", (self) => copy(command.textContent, self)));
    actions.append(button("Keys", keys["?"]));
    if (list.rows.length) {
        document.getElementById("tools").hidden = false;
        detail.pane.tabIndex = 0;
        detail.pane.setAttribute("role", "region");
        detail.pane.setAttribute("aria-label", "Case");
        const back = button("← All cases", leave);
        back.className = "back";
        detail.pane.prepend(back);
        box.addEventListener("input", () => go({ q: box.value, case: "" }, "replaceState"));
        grouping.addEventListener("change", () => go({ group: grouping.value === "section" ? "" : grouping.value }));
        for (const chip of chips) chip.addEventListener("click", () => go({ q: toggleVerdict(box.value, chip.dataset.chip), case: "" }));
        wide.addEventListener("change", () => showCase(state.case));
    }
    document.addEventListener("keydown", onKey);
    addEventListener("hashchange", followFragment);
    addEventListener("popstate", followFragment);
    return followFragment();
}
start();
