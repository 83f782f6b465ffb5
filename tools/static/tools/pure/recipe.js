/** What makes the same result again, on this photo or on another. */

export function recipeOf(attempt) {
  if (!attempt) return null;
  const { tool, params, engines } = attempt;
  return { tool, params, engines };
}

/** The same as a command line of ours. */
export function commandOf({ tool, params, engines }) {
  const set = Object.entries(params)
    .filter(([, value]) => value !== null && value !== "" && !isEmpty(value))
    .map(([name, value]) => `--set ${quoted(`${name}=${plain(value)}`)}`);
  const chosen = Object.values(engines ?? {}).map((name) => `--engine ${quoted(name)}`);
  return ["manage.py apply", tool, "IN", "OUT", ...set, ...chosen].join(" ");
}

function isEmpty(value) {
  return Array.isArray(value) && value.length === 0;
}

function plain(value) {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** As a POSIX shell reads it back. */
function quoted(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
