/** The desk: a preview that follows the form, rows that can be added, and what is being made. */
import { followForm } from "./page_preview.js"
import { offerRows } from "./form_rows.js"

const form = document.querySelector("form[data-sketch]")
if (form) {
    offerRows(form)
    followForm(form)
}

document.querySelector("[data-tick-all]")?.addEventListener("change", (event) => {
    for (const box of document.querySelectorAll("input[name=pk]")) box.checked = event.target.checked
})

/** The theme writes a chosen file's name into the text field nearest to it, which here means something. */
const keepWords = (event) => event.target.matches(".desk input[type=file]") && event.stopImmediatePropagation()
document.addEventListener("change", keepWords, true)

/** What a worker makes is shown as soon as it is there. */
const making = document.querySelector("[data-making]")
if (making) {
    const wait = document.querySelectorAll("[data-making]").length
    const look = async () => {
        const answer = await fetch(making.dataset.making)
        if (answer.ok && (await answer.json()).open < wait) location.reload()
        else setTimeout(look, 1500)
    }
    setTimeout(look, 1500)
}
