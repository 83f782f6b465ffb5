/** The page beside its form: sent as it stands a moment after the last key, shown in a frame. */

const PAUSE = 500

/** @param {HTMLFormElement} form */
export function followForm(form) {
    const frame = document.querySelector("[data-preview]")
    const state = document.querySelector("[data-state]")
    let timer = 0
    let place = 0

    const show = async () => {
        snippet(form)
        const body = new FormData(form)
        body.delete("act")
        const answer = await fetch(form.dataset.sketch, { method: "POST", body }).catch(() => null)
        state.textContent = answer?.ok ? "The page as it stands in the form." : "No preview: the server did not answer."
        if (!answer?.ok) return
        const { url, ...widths } = await answer.json()
        count(form, widths)
        place = frame.contentWindow.scrollY || place
        frame.contentWindow.location.replace(url)
    }
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, place))
    form.addEventListener("input", () => {
        clearTimeout(timer)
        timer = setTimeout(show, PAUSE)
    })
    for (const button of document.querySelectorAll("[data-wide]")) button.addEventListener("click", () => widen(button, frame))
    addEventListener("resize", () => fit(frame))
    fit(frame)
    show()
}

/** How wide title and description are, where results are listed. */
function count(form, widths) {
    for (const output of form.querySelectorAll("[data-count]")) {
        const wide = widths[output.dataset.count]
        output.textContent = `${wide} of ${output.dataset.most} px`
        output.toggleAttribute("data-over", wide > Number(output.dataset.most))
    }
}

/** The page as a list of results shows it. */
function snippet(form) {
    const told = (name) => form.elements[name]?.value ?? ""
    const locale = told("locale")
    const path = [locale === "en" ? "" : locale, told("slug")].filter(Boolean).join(" › ")
    form.querySelector("[data-where]").textContent = `${location.host} › ${path}`
    form.querySelector("[data-title]").textContent = told("title")
    form.querySelector("[data-words]").textContent = told("description")
}

function widen(chosen, frame) {
    for (const button of document.querySelectorAll("[data-wide]")) button.setAttribute("aria-pressed", String(button === chosen))
    frame.dataset.wide = chosen.dataset.wide
    fit(frame)
}

/** The frame is as wide as a screen and shrunk into its place. */
function fit(frame) {
    const glass = frame.parentElement
    const wide = Number(frame.dataset.wide ?? 1280)
    const scale = Math.min(1, glass.clientWidth / wide)
    frame.style.width = `${wide}px`
    frame.style.height = `${glass.clientHeight / scale}px`
    frame.style.transform = `scale(${scale})`
}
