// Small pictures as SVG: lines over time, and numbers as coloured fields.

const SVG = "http://www.w3.org/2000/svg";

export function element(name, attributes = {}, ...children) {
  const found = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value);
  found.append(...children);
  return found;
}

const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

function range(rows) {
  const values = rows.flat().filter(isNumber);
  if (!values.length) return null;
  const low = Math.min(...values), high = Math.max(...values);
  return low === high ? [low - 1, high + 1] : [low, high];
}

function path(values, [low, high], width, height, top = 0, left = 0) {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  let pen = "M";
  return values.map((value, place) => {
    if (!isNumber(value)) { pen = "M"; return ""; }
    const part = `${pen}${(left + place * step).toFixed(1)} ${(top + height * (1 - (value - low) / (high - low))).toFixed(1)}`;
    pen = "L";
    return part;
  }).join("");
}

export function sparkline(values, label) {
  const found = element("svg", { viewBox: "0 0 100 24", preserveAspectRatio: "none", role: "img", "aria-label": label });
  const bounds = range([values]);
  if (bounds) found.append(element("path", { class: "line", d: path(values, bounds, 100, 20, 2) }));
  return found;
}

// lines: {name, kind, values}; kind is a class of the style sheet.
export function chart(lines, label, width) {
  const height = 200, left = 56, top = 8, floor = 18;
  const found = element("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  const bounds = range(lines.map((line) => line.values));
  if (!bounds) return found;
  const room = height - top - floor;
  for (const share of [0, 0.5, 1]) {
    const y = top + room * (1 - share), value = bounds[0] + share * (bounds[1] - bounds[0]);
    found.append(element("line", { class: "grid", x1: left, x2: width, y1: y, y2: y }));
    found.append(element("text", { class: "axis", x: left - 6, y: y + 4, "text-anchor": "end" }, brief(value)));
  }
  for (const line of lines) {
    found.append(element("path", { class: `line ${line.kind}`, d: path(line.values, bounds, width - left, room, top, left) }));
  }
  return found;
}

// A field for each number: blue below zero, orange above, stronger the further away.
export function fields(rows, label, width) {
  const columns = Math.max(1, ...rows.map((row) => row.length)), size = width / Math.max(columns, 16);
  const high = Math.max(6, Math.min(size, 20));
  const found = element("svg", { viewBox: `0 0 ${width} ${(high * rows.length).toFixed(1)}`, role: "img", "aria-label": label });
  const largest = Math.max(1e-9, ...rows.flat().filter(isNumber).map(Math.abs));
  rows.forEach((row, y) => row.forEach((value, x) => {
    if (!isNumber(value)) return;
    const field = element("rect", {
      class: value < 0 ? "below" : "above", x: (x * size).toFixed(2), y: (y * high).toFixed(2),
      width: (size * 0.94).toFixed(2), height: (high * 0.9).toFixed(2), "fill-opacity": (0.06 + 0.94 * Math.abs(value) / largest).toFixed(3),
    });
    field.append(element("title", {}, `${x}: ${brief(value)}`));
    found.append(field);
  }));
  return found;
}

export function brief(value) {
  if (value === null || value === undefined) return "–";
  if (!isNumber(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-3)) return value.toExponential(2);
  return value.toLocaleString("en", { maximumFractionDigits: size >= 100 ? 0 : size >= 1 ? 2 : 4 });
}
