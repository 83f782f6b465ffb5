import { toBoxPoint, fitBox } from "../../logic/geometry.js";

/** Draw strokes where they lie in a picture as it is looked at, and the brush that keys move. */
export function drawStrokes(canvas, strokes, { box, ratio, view }, cursor) {
  const dense = window.devicePixelRatio;
  const { width, height } = box;
  const pen = canvas.getContext("2d");
  // A canvas that is given a size is made anew, however equal the size.
  const [wide, high] = [width, height].map((length) => Math.round(length * dense));
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  pen.reset();
  const style = getComputedStyle(canvas);
  const colours = { true: style.getPropertyValue("--good"), false: style.getPropertyValue("--bad") };
  const shown = fitBox(box, ratio);
  const long = Math.max(shown.width, shown.height) * view.zoom;
  const place = ([x, y]) => toBoxPoint(view, { x, y }, box, ratio);
  pen.scale(dense, dense);
  pen.lineCap = pen.lineJoin = "round";
  for (const { keep, size, points, hard = 1 } of strokes) {
    pen.strokeStyle = colours[keep];
    pen.beginPath();
    points.map(place).forEach(({ x, y }, index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    // A dot is a line that goes nowhere.
    if (points.length === 1) pen.lineTo(place(points[0]).x, place(points[0]).y);
    // Where a soft one is not sure it is seen through.
    for (const [share, strength] of hard < 1 ? [[1, 0.35], [hard, 1]] : [[1, 1]]) {
      pen.globalAlpha = strength;
      pen.lineWidth = Math.max(1, size * long * share);
      pen.stroke();
    }
  }
  pen.globalAlpha = 1;
  if (cursor) circle(pen, place([cursor.at.x, cursor.at.y]), (cursor.size * long) / 2, colours[cursor.keep]);
}

function circle(pen, { x, y }, radius, colour) {
  for (const [width, style] of [[4, "#fff"], [2, colour]]) {
    pen.lineWidth = width;
    pen.strokeStyle = style;
    pen.beginPath();
    pen.arc(x, y, Math.max(4, radius), 0, 2 * Math.PI);
    pen.stroke();
  }
}
