"""Code that was written for remove.bg, made to ask here: its address replaced, its library pointed."""

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"https?://api\.remove\.bg\b")
# What a piece of code is, by what it says first; the order decides.
LANGUAGES = (
    ("curl", re.compile(r"(?m)^\s*(?:\$ )?curl\b")),
    ("PHP", re.compile(r"<\?php|Mtownsend\\|\$\w+\s*=|Guzzle")),
    ("Go", re.compile(r"(?m)^\s*(?:package \w+|func )|http\.NewRequest|:=")),
    ("C#", re.compile(r"\busing System|HttpClient\s*\(|MultipartFormDataContent|\bvar \w+ = new ")),
    ("Java", re.compile(r"\bimport java|HttpRequest|OkHttp|public static void")),
    ("Ruby", re.compile(r"(?m)^\s*require ['\"]|RemoveBg\.|\.new\(|\bdo \|")),
    ("Node", re.compile(r"\brequire\(|\bfetch\(|\bconst |\blet |=>|axios")),
    ("Python", re.compile(r"(?m)^\s*(?:import|from) \w+|requests\.|\bdef ")),
)


@dataclass(frozen=True)
class Library:
    """A client that has the address inside: how its use is seen, and the line that comes after it."""

    name: str
    language: str
    used: re.Pattern[str]
    line: str


LIBRARIES = (
    Library(
        "removebg",
        "Python",
        re.compile(r"(?m)^(?P<indent>[ \t]*)(?:from removebg\b.*|import removebg\b(?!\.).*)$"),
        'import removebg.removebg; removebg.removebg.API_ENDPOINT = "{here}/v1.0/removebg"',
    ),
    Library(
        "remove-bg-api",
        "Python",
        re.compile(r"(?m)^(?P<indent>[ \t]*)(?:from|import) remove_bg_api\b.*$"),
        'import remove_bg_api; remove_bg_api.API_URL = "{here}/v1.0"',
    ),
    Library(
        "remove_bg",
        "Ruby",
        re.compile(r"(?m)^(?P<indent>[ \t]*)require ['\"]remove_bg['\"].*$"),
        'RemoveBg::Api.send(:remove_const, :URL); RemoveBg::Api::URL = "{here}"',
    ),
    Library(
        "mtownsend/remove-bg",
        "PHP",
        re.compile(
            r"(?m)^(?P<indent>[ \t]*)(?P<name>\$\w+)\s*=\s*new \\?(?:[\w\\]+\\)?RemoveBg\(.*\);.*$"
        ),
        "{name}->endpoint = '{here}/v1.0/removebg';",
    ),
)
# Those whose address nothing but a shim can change.
FIXED = (
    re.compile(r"(?:require\(|from )\s*['\"]remove\.bg['\"]"),
    re.compile(r"(?m)^\s*(?:\$ )?removebg(?:-cli)?\s"),
)


@dataclass(frozen=True)
class Rewritten:
    """The code for here, the language that it is in, and whether it needs the shim beside it."""

    code: str
    language: str
    needs_shim: bool = False


def rewrite_snippet(text: str, here: str) -> Rewritten | None:
    """The code with this site's address; None where nothing in it asks remove.bg for anything."""
    language = next((name for name, seen in LANGUAGES if seen.search(text)), "")
    code, replaced = ADDRESS.subn(here, text)
    for library in LIBRARIES:
        found = library.used.search(code)
        if found is None:
            continue
        said = {**found.groupdict(), "here": here}
        line = f"{said['indent']}{library.line.format(**said)}"
        code = f"{code[: found.end()]}\n{line}{code[found.end() :]}"
        language, replaced = library.language, replaced + 1
    needs_shim = any(seen.search(text) for seen in FIXED)
    if not replaced and not needs_shim:
        return None
    return Rewritten(code, language, needs_shim)
