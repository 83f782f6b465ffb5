"""Content checks: demands on what a version says and shows by itself."""

from seo.desk.checks import language, title_width
from seo.desk.checks.finding import Finding
from seo.desk.checks.live_pages import Around, words_of
from seo.models import Version
from seo.starter_pages import PROJECT
from tools.definition import registry
from tools.pipeline import engines
from tools.pipeline.errors import EngineUnavailableError
from tools.storage import samples

FEWEST_STEPS = 2
ADDRESSES = ("http://", "https://")
# The steps of a page are the site's own way of working; these are the page's own matter.
WORDS = {"title": "title", "h1": "heading", "lead": "line under it", "description": "description"}


def words_are_there(version: Version, _: Around) -> Finding:
    lacking = [name for field, name in WORDS.items() if not getattr(version, field).strip()]
    if len(version.steps) < FEWEST_STEPS:
        lacking.append("steps")
    for name, rows in (
        ("section", version.sections),
        ("question", version.questions),
        ("fact", version.facts),
    ):
        wanting = sum(not all(str(value).strip() for value in row.values()) for row in rows)
        lacking += [f"words of {wanting} {name}{'s' * (wanting > 1)}"] if wanting else []
    if not (version.sections or version.questions or version.facts):
        lacking.append("anything that only this page says")
    found = Finding(
        "words", "All words are there", "Title, heading, steps and a matter of its own."
    )
    if not lacking:
        return found
    return Finding(found.id, found.name, f"Not written: {', '.join(lacking)}.", "Write them.")


def title_fits(version: Version, _: Around) -> Finding:
    return fits("title", "The title fits", version.title, title_width.TITLE)


def description_fits(version: Version, _: Around) -> Finding:
    return fits("description", "The description fits", version.description, title_width.DESCRIPTION)


def fits(name: str, demand: str, text: str, place: title_width.Place) -> Finding:
    wide = title_width.measure_width(text, place)
    said = f"{wide} of {place.most} px in a list of results."
    if wide > place.most:
        mend = f"Shorten the {name} by about {letters(text, wide - place.most, wide)} characters."
    elif wide < place.least:
        mend = f"Say more: a {name} of {place.least} px or wider is worth its place."
    else:
        mend = ""
    return Finding(f"{name}-width", demand, said, mend)


def letters(text: str, pixels: int, wide: int) -> int:
    """About how many of the text's letters are so wide."""
    return max(1, round(len(text) * pixels / max(wide, 1)))


def language_is_the_pages(version: Version, _: Around) -> Finding:
    locale = version.page.locale
    parts = {
        "title": version.title,
        "heading": version.h1,
        "description": version.description,
        "text": words_of(version),
    }
    wrong = {name: language.tell(text) for name, text in parts.items() if text.strip()}
    wrong = {
        name: told
        for name, told in wrong.items()
        if not language.is_in_language(parts[name], locale)
    }
    if not wrong:
        return Finding(
            "language", "The words are in the page's language", f"They read as {locale}."
        )
    told = ", ".join(f"{name}: {tongue or 'another script'}" for name, tongue in wrong.items())
    return Finding(
        "language",
        "The words are in the page's language",
        f"The page is in {locale}, but {told}.",
        "Translate what is in another language; brands may stay.",
    )


def preset_works(version: Version, _: Around) -> Finding:
    demand = "The preset works on this server"
    tool = registry.load_tools().get(version.page.intent.tool)
    if tool is None:
        return Finding(
            "preset",
            demand,
            f"There is no tool {version.page.intent.tool}.",
            "Choose another tool.",
        )
    try:
        for settings in ({}, *(one["settings"] for one in version.presets)):
            params = tool.validated({**version.preset, **settings})
            engines.choose_engines(tool.kinds(params), version.engines)
    except registry.InvalidParamsError as error:
        return Finding("preset", demand, f"{tool.name} refuses it. {error}", "Correct the preset.")
    except EngineUnavailableError as error:
        return Finding(
            "preset",
            demand,
            f"This server cannot run it: {error}.",
            "Choose the embedded engine, or ask the operator to set the other one up.",
        )
    return Finding("preset", demand, f"{tool.name} takes it.")


def samples_are_there(version: Version, around: Around) -> Finding:
    demand = "It has samples of its own"
    there = samples.load_samples()
    chosen = [name for name in version.samples if name in there]
    unknown = sorted(set(version.samples) - set(chosen))
    if unknown:
        return Finding(
            "samples", demand, f"There is no sample {unknown[0]}.", "Take it out, choose another."
        )
    pairs = [row["name"] for row in version.examples if row.get("name") in around.examples]
    if not chosen and not pairs:
        return Finding(
            "samples",
            demand,
            "Neither a photo to try nor an example was chosen.",
            "Choose photos of this intent to try it on, or make an example.",
        )
    return Finding("samples", demand, f"{len(chosen)} to try, {len(pairs)} before and after.")


def examples_are_there(version: Version, around: Around) -> Finding:
    demand = "It shows an example, made here"
    gone = [
        row.get("name", "") for row in version.examples if row.get("name") not in around.examples
    ]
    if gone:
        return Finding(
            "examples", demand, f"There is no example {gone[0]}.", "Take it out, make another."
        )
    if not version.examples:
        return Finding(
            "examples",
            demand,
            "No picture shows what this preset does.",
            "Make one: upload a photo under Examples.",
            must=False,
        )
    unsaid = sum(not str(row.get("alt", "")).strip() for row in version.examples)
    if unsaid:
        return Finding(
            "examples",
            demand,
            f"{unsaid} without words for whoever does not see it.",
            "Say what each example shows.",
        )
    return Finding("examples", demand, "Its pictures are there, with words for them.")


def facts_have_sources(version: Version, _: Around) -> Finding:
    demand = "Facts have a source and a date"
    bare = [
        number
        for number, fact in enumerate(version.facts, 1)
        if not str(fact.get("source", "")).startswith(ADDRESSES) or not fact.get("date")
    ]
    if bare:
        said = ", ".join(map(str, bare))
        return Finding(
            "facts",
            demand,
            f"Without: fact {said}.",
            "Give the address it was read at and the day, or take it out.",
        )
    return Finding(
        "facts", demand, f"{len(version.facts)} of them." if version.facts else "It has none."
    )


def sources_answer(version: Version, around: Around) -> Finding:
    demand = "Links work"
    named = [str(fact.get("source", "")) for fact in version.facts]
    broken = [(address, around.links[address]) for address in named if around.links.get(address)]
    if broken:
        address, trouble = broken[0]
        return Finding(
            "links",
            demand,
            f"{address} did not answer as it should ({trouble}).",
            "Name another source; it is asked again within a week.",
        )
    waiting = sum(address not in around.links for address in named)
    said = (
        f"{waiting} not asked yet: a worker asks soon."
        if waiting
        else "None is known to be broken."
    )
    return Finding("links", demand, said)


def was_reviewed(version: Version, _: Around) -> Finding:
    demand = "Somebody else has reviewed it"
    reviewer, author = version.reviewer.strip(), version.author.strip()
    if not reviewer:
        return Finding(
            "review", demand, "Nobody has.", f"Ask somebody other than {author or 'its author'}."
        )
    if author != PROJECT and version.is_by(reviewer, version.reviewed_by_id):
        return Finding(
            "review", demand, f"{author} wrote it and reviewed it.", "Ask somebody else."
        )
    return Finding("review", demand, f"{reviewer} has.")
