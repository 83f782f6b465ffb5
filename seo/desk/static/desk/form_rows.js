/** Lists of rows in a form: one more, and the controls of a tool that was chosen. */

/** @param {HTMLFormElement} form */
export function offerRows(form) {
    form.addEventListener("click", (event) => {
        const button = event.target.closest("[data-add]")
        if (button) add(button.closest("[data-rows]"))
    })
    for (const name of ["tool", "intent"]) form.elements[name]?.addEventListener("change", () => refit(form))
}

/** One more empty row, counted as Django counts them. */
function add(list) {
    const total = list.querySelector("[name$=TOTAL_FORMS]")
    const row = list.querySelector("template").content.cloneNode(true)
    for (const node of row.querySelectorAll("[name], [id], [for]"))
        for (const name of ["name", "id", "for"])
            if (node.hasAttribute(name)) node.setAttribute(name, node.getAttribute(name).replace("__prefix__", total.value))
    const first = row.querySelector("input, textarea")
    list.querySelector("template").before(row)
    total.value = Number(total.value) + 1
    first?.focus()
}

/** The settings of the tool that is chosen now, for the page and for its other beginnings. */
async function refit(form) {
    const asked = new URLSearchParams({ tool: form.elements.tool.value, intent: form.elements.intent.value })
    const answer = await fetch(`${form.dataset.settings}?${asked}`)
    if (!answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    for (const place of ["[data-preset]", "[data-rows=presets]"]) form.querySelector(place).replaceWith(page.querySelector(place))
    form.dispatchEvent(new Event("input"))
}
