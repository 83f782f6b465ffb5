/** The credits that the drop zone names for a photo of this size: `run` up to `included` megapixels. */
export function computeNamedPrice({ run, included, step, times = 1 }, { width, height }) {
  const more = Math.ceil(((width * height) / 1e6 - Number(included)) / Number(step));
  return Number(times) * (Number(run) + Math.max(0, more));
}
