// A filter over the cases. Without it the page is whole: every case is there and opens.
(() => {
    const tools = document.getElementById("tools");
    const box = document.getElementById("filter");
    const shown = document.getElementById("shown");
    const chips = [...tools.querySelectorAll("button[data-verdict]")];
    const cases = [...document.querySelectorAll(".group details.case")].map((element) => ({
        element,
        verdict: element.dataset.verdict,
        text: element.querySelector("summary").textContent.toLowerCase(),
    }));
    const groups = [...document.querySelectorAll("section.group")];

    function apply() {
        const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
        const wanted = chips.filter((chip) => chip.getAttribute("aria-pressed") === "true")
            .map((chip) => chip.dataset.verdict);
        let count = 0;
        for (const one of cases) {
            const fits = words.every((word) => one.text.includes(word)) &&
                (wanted.length === 0 || wanted.includes(one.verdict));
            one.element.hidden = !fits;
            if (fits) count += 1;
        }
        for (const group of groups)
            group.hidden = !group.querySelector("details.case:not([hidden])");
        shown.textContent = `${count} of ${cases.length} cases`;
    }

    function openTarget() {
        const target = document.getElementById(location.hash.slice(1));
        if (target instanceof HTMLDetailsElement) target.open = true;
    }

    for (const chip of chips)
        chip.addEventListener("click", () => {
            const pressed = chip.getAttribute("aria-pressed") === "true";
            chip.setAttribute("aria-pressed", String(!pressed));
            apply();
        });
    box.addEventListener("input", apply);
    document.addEventListener("keydown", (event) => {
        if (event.key !== "/" || event.target === box) return;
        event.preventDefault();
        box.focus();
    });
    window.addEventListener("hashchange", openTarget);
    tools.hidden = false;
    apply();
    openTarget();
})();
