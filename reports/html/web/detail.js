// The case that is read: its article beside the list, with what was packed, and what can be copied.

const packs = new Map([...document.querySelectorAll("template[data-pack]")].map((template) => [template.dataset.pack, template]));
const unpacked = new Map();

function packOf(name) {
    if (!unpacked.has(name) && packs.has(name)) unpacked.set(name, unpack(packs.get(name)));
    return unpacked.get(name);
}

const detail = {
    pane: document.getElementById("detail"),
    article: null,

    // Resolves when all of it can be seen.
    async show(article, group) {
        if (detail.article !== article) {
            detail.article?.classList.remove("chosen");
            detail.article = article;
            article?.classList.add("chosen");
            detail.pane.scrollTop = 0;
        }
        if (!article || article.dataset.whole) return;
        article.dataset.whole = "yes";
        const place = article.querySelector(".packed");
        if (place) {
            try {
                place.replaceWith(build((await packOf(group))[article.id]));
            } catch {
                place.textContent = "This browser cannot unpack the transcript.";
            }
        }
        article.querySelector("pre.command").after(actionsOf(article));
    },

    copyCommand() {
        const first = detail.article?.querySelector(".actions button");
        if (first) first.click();
    },
};
