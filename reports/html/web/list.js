// The list of cases: filtered, grouped, walked through.

// Everything the filter asks for, once.
function rowOf(element) {
    const { verdict, us, rule = "", tags = "", cause = "" } = element.dataset;
    const article = document.getElementById(element.hash.slice(1));
    const known = "known" in element.dataset;
    const id = element.querySelector("code").textContent;
    const level = element.querySelector("small").textContent;
    const says = article.querySelector(".says")?.textContent ?? "";
    return {
        element, article, verdict, level, known, cause: cause.toLowerCase(), name: id, id: id.toLowerCase(),
        item: element.parentElement, group: element.closest(".group"), rule: rule.toLowerCase(),
        us: Number(us), tags: [...tags.trim().toLowerCase().split(/\s+/), ...(known ? ["@known"] : [])], section: id.split("/")[0].toLowerCase(),
        clause: rule.split("/")[1] ?? "", text: `${id} ${says} ${rule} ${tags} ${cause} ${level} ${verdict}`.toLowerCase(),
    };
}

const list = {
    element: document.getElementById("list"),
    rows: [...document.querySelectorAll("#list .row")].map(rowOf),
    sections: [...document.querySelectorAll("#list > .group")],
    grouping: "section",
    shown: [],

    names: {
        section: (row) => row.section,
        cause: (row) => row.element.dataset.cause || `no cause: ${row.verdict}`,
        level: (row) => row.level,
        rule: (row) => row.element.dataset.rule || "no rule",
        verdict: (row) => row.verdict,
    },

    // Moves the rows into groups of another kind, the larger troubles first; or back home.
    groupBy(kind) {
        if (!(kind in list.names)) kind = "section";
        if (kind === list.grouping) return;
        list.grouping = kind;
        document.querySelectorAll("#list > .made").forEach((group) => group.remove());
        const isHome = kind === "section";
        for (const section of list.sections) section.classList.toggle("away", !isHome);
        if (isHome) list.rows.forEach((row) => row.home.append(row.item));
        else list.element.append(...list.made(kind));
    },

    made(kind) {
        const groups = new Map();
        for (const row of list.rows) {
            const name = list.names[kind](row);
            if (!groups.has(name)) groups.set(name, []);
            groups.get(name).push(row);
        }
        const grave = (rows) => rows.filter((row) => row.isGrave).length;
        return [...groups].sort(([, a], [, b]) => grave(b) - grave(a)).map(([name, rows]) => {
            const failed = grave(rows) ? `, ${grave(rows)} failed` : "";
            const group = make("details", { class: "group made" },
                make("summary", {}, make("b", {}, name), make("span", {}, `${rows.length} case${rows.length === 1 ? "" : "s"}${failed}`)),
                make("ol", {}, ...rows.map((row) => row.item)));
            group.open = grave(rows) > 0;
            return group;
        });
    },

    filter(text) {
        const matches = parseQuery(text);
        list.shown = [];
        for (const row of list.rows) {
            const fitting = matches(row);
            if (row.item.hidden === fitting) row.item.hidden = !fitting;
            if (fitting) list.shown.push(row);
        }
        const alive = new Set(list.shown.map((row) => row.item.parentElement));
        const few = text && list.shown.length <= 400;
        for (const group of list.element.children) {
            group.hidden = !alive.has(group.lastElementChild) || group.matches(".away");
            if (few && !group.hidden) group.open = true;
        }
        list.shown = list.inOrder(list.shown);
        return list.shown.length;
    },

    // As they stand on the page: groups may have changed it.
    inOrder(rows) {
        if (list.grouping === "section") return rows;
        return rows.sort((a, b) => (a.item.compareDocumentPosition(b.item) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    },

    gravest() {
        return list.shown.find((row) => row.isGrave) ?? list.shown[0];
    },

    mark(row) {
        list.element.querySelector("[aria-current]")?.removeAttribute("aria-current");
        row?.element.setAttribute("aria-current", "true");
    },

    // What is off the screen is laid out by guess: the second look finds the row where it is.
    reveal(row) {
        row.item.closest(".group").open = true;
        const look = () => row.element.scrollIntoView({ block: "nearest" });
        look();
        requestAnimationFrame(() => requestAnimationFrame(look));
    },

    // The next one that is shown, before or behind.
    beside(row, step, wanted = () => true) {
        const at = list.shown.indexOf(row);
        for (let next = at < 0 && step < 0 ? list.shown.length - 1 : at + step; next >= 0 && next < list.shown.length; next += step)
            if (wanted(list.shown[next])) return list.shown[next];
        return null;
    },
};
for (const row of list.rows) {
    row.home = row.item.parentElement;
    row.isGrave = (row.verdict === "fail" && !row.known) || row.verdict === "broken";
}
