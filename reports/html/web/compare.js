// The matrix with a filter, views, a detail of up to three columns, and all of it in the link.
const most = 3;
const matrix = {
    rows: [...document.querySelectorAll(".table .row")],
    groups: [...document.querySelectorAll(".table .group")],
    columns: [...document.querySelectorAll(".heads [role=columnheader]:not(.corner)")].map((head) => head.textContent),
    details: null,  // unpacked when first asked for
};
matrix.rows.forEach((row) => {
    row.number = Number(row.dataset.row);  // in the details, which stand in another order
    row.link = row.querySelector("a");
    row.words = row.textContent.toLowerCase();
    row.views = new Set(row.dataset.views.split(" "));
});
const rowNamed = (id) => matrix.rows.find((row) => row.dataset.case === id);
const cellsOf = (row) => row.querySelectorAll("i");

const state = { view: "all", q: "", level: "", reference: "", case: "", with: [] };
const byId = (id) => document.getElementById(id);

function referenceAloneFails(row) {
    const at = matrix.columns.indexOf(state.reference);
    const failing = row.querySelectorAll("i.f");
    return at >= 0 && failing.length === 1 && cellsOf(row)[at] === failing[0];
}

function isInView(row) {
    if (state.view === "all") return true;
    if (state.view === "reference-fails") return referenceAloneFails(row);
    return row.views.has(state.view);
}

// Every word has to be there; with - before it, must not.
function fits(row, words) {
    return words.every((word) => (word.startsWith("-") && word.length > 1 ? !row.words.includes(word.slice(1)) : row.words.includes(word)));
}

function show() {
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of matrix.rows) {
        const fine = isInView(row) && (!state.level || row.dataset.level === state.level) && fits(row, words);
        row.hidden = !fine;
        if (fine) ++shown;
    }
    for (const group of matrix.groups) group.hidden = !group.querySelector(".row:not([hidden])");
    byId("shown").textContent = `${shown} of ${matrix.rows.length} rows`;
    for (const one of document.querySelectorAll("[data-view]")) one.setAttribute("aria-pressed", String(one.dataset.view === state.view));
    byId("filter").value = state.q;
    byId("level").value = state.level;
    byId("reference").value = state.reference;
}

function remember() {
    fragment.write({ ...state, view: state.view === "all" ? "" : state.view, with: state.with.join(",") });
}

function change(changes) {
    Object.assign(state, changes);
    remember();
    show();
}

// ---- the detail of a case ----

// The clicked column, and one of each other verdict, the reference first.
function worthComparing(row, first) {
    const verdicts = [...cellsOf(row)].map((cell) => cell.className);
    const chosen = first === undefined ? [] : [first];
    const seen = new Set(chosen.map((at) => verdicts[at]));
    const reference = matrix.columns.indexOf(state.reference);
    for (const at of [reference, ...verdicts.keys()]) {
        if (at < 0 || chosen.length === most || seen.has(verdicts[at])) continue;
        chosen.push(at);
        seen.add(verdicts[at]);
    }
    return chosen.length ? chosen : [0];
}

function part(name, value) {
    return value && value.length ? [make("dt", {}, name), make("dd", {}, ...[value].flat().flatMap((word, at) => (at ? [make("br"), word] : [word])))] : [];
}

function columnOf(row, at) {
    const cell = cellsOf(row)[at];
    const known = matrix.details.cells[row.number]?.[at] ?? [];
    const text = (number) => matrix.details.texts[number];
    const [words = 0, sent = 0, got = 0, ...expected] = known;
    const rerun = row.dataset.kind === "case" ? matrix.details.reruns[at].replace("-s CASE", () => `-s ${quoted(row.dataset.case)}`) : "";
    const remove = button("×", () => choose(row, state.with.filter((one) => one !== at)));
    remove.setAttribute("aria-label", `Take ${matrix.columns[at]} away`);
    const section = make("section", {},
        make("h3", {}, matrix.columns[at], remove),
        make("dl", {}, ...part("verdict", cell.getAttribute("aria-label")), ...part("what", text(words)), ...part("sent", text(sent)),
            ...part("got", text(got)), ...part("accepted", expected.map(text))));
    if (rerun) section.append(make("pre", { class: "command" }, rerun), button("Copy command", (self) => copy(rerun, self)));
    return section;
}

// As a shell takes it.
function quoted(id) {
    return /^[\w@%+=:,./-]+$/.test(id) ? id : `'${id.replaceAll("'", "'\\''")}'`;
}

function adder(row) {
    const options = matrix.columns.map((name, at) => make("option", { value: at }, name));
    const select = make("select", { "aria-label": "Add an implementation" }, make("option", { value: "" }, "Add…"), ...options);
    select.addEventListener("change", () => select.value && choose(row, [...new Set([...state.with, Number(select.value)])].slice(-most)));
    return select;
}

async function openDetail() {
    const row = rowNamed(state.case);
    if (!row) return byId("detail").close();
    matrix.details ??= await unpack(byId("details"));
    for (const one of matrix.rows) one.toggleAttribute("aria-current", false);
    row.setAttribute("aria-current", "true");
    const close = button("Close", closeDetail);
    close.autofocus = true;
    byId("detail").replaceChildren(
        make("div", { class: "head" }, make("div", {}, make("h2", { id: "detail-name" }, row.dataset.case), make("p", { class: "meta" }, matrix.details.titles[row.number])),
            make("div", { class: "actions" }, adder(row), close)),
        make("div", { class: "beside" }, ...state.with.map((at) => columnOf(row, at))));
    byId("detail").show();
}

function closeDetail() {
    const row = rowNamed(state.case);
    byId("detail").close();
    for (const one of matrix.rows) one.removeAttribute("aria-current");
    change({ case: "", with: [] });
    row?.link.focus();
}

function choose(row, columns) {
    change({ case: row.dataset.case, with: columns });
    return columns.length ? openDetail() : closeDetail();
}

function clicked(event) {
    const row = event.target.closest(".row");
    if (!row) return;
    const cell = event.target.closest("i");
    if (cell) {
        const at = [...cellsOf(row)].indexOf(cell);
        const more = state.case === row.dataset.case && !state.with.includes(at);
        choose(row, more ? [...state.with, at].slice(-most) : worthComparing(row, at));
    } else if (event.target.closest("a")) {
        event.preventDefault();
        choose(row, worthComparing(row));
    }
}

// ---- keys ----

function step(by) {
    const shown = matrix.rows.filter((row) => !row.hidden);
    const at = shown.findIndex((row) => row.contains(document.activeElement) || row.dataset.case === state.case);
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))];
    if (!next) return;
    next.link.focus();
    next.scrollIntoView({ block: "nearest" });
    if (state.case) choose(next, worthComparing(next));
}

const keys = {
    "/": () => byId("filter").focus(),
    j: () => step(1),
    k: () => step(-1),
    d: () => change({ view: state.view === "differs" ? "all" : "differs" }),
    t: () => theme.toggle(),
    "?": () => byId("keys").showModal(),
    Escape: () => state.case && closeDetail(),
};

function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
    const typing = event.target.matches("input, select");
    if (typing && event.key === "Escape" && !state.case) return event.target.blur();
    if ((typing && event.key !== "Escape") || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
}

function isView(name) {
    return [...document.querySelectorAll("[data-view]")].some((one) => one.dataset.view === name);
}

// "#view=…&case=…" is a state; "#id" names a place, which may be a row that is hidden now.
function readLink() {
    const { id: place, view = "all", q = "", level = "", reference = "", case: id = "", with: chosen = "" } = fragment.read();
    const row = matrix.rows.find((one) => (place ? one.id === place : one.dataset.case === id));
    if (place && !row) return show();
    const columns = chosen.split(",").filter(Boolean).map(Number).filter((at) => at in matrix.columns).slice(0, most);
    Object.assign(state, { view: isView(view) ? view : "all", q, level, reference, case: row?.dataset.case ?? "", with: columns });
    show();
    if (!row) return;
    if (!columns.length) state.with = worthComparing(row);
    row.scrollIntoView({ block: "center" });
    openDetail();
}

byId("tools").hidden = false;
byId("filter").addEventListener("input", (event) => change({ q: event.target.value }));
byId("level").addEventListener("change", (event) => change({ level: event.target.value }));
byId("reference").addEventListener("change", (event) => change({ reference: event.target.value, view: event.target.value ? "reference-fails" : "all" }));
for (const one of document.querySelectorAll("[data-view]")) one.addEventListener("click", () => change({ view: one.dataset.view }));
document.querySelector(".table").addEventListener("click", clicked);
document.addEventListener("keydown", pressed);
window.addEventListener("hashchange", readLink);
readLink();
