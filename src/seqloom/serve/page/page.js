// What the server says of itself, asked every second; nothing is loaded from anywhere else.

import { brief, chart, fields, sparkline } from "/assets/draw.js";

const EVERY = 1000, KEPT = 90, SHOWN = 60, READINGS = 120;
const at = (id) => document.getElementById(id);
const history = new Map();
let before = null, looked = null;

class Refused extends Error {}

async function ask(path, kind = "json") {
  const secret = sessionStorage.getItem("token");
  const headers = secret ? { authorization: `Bearer ${secret}` } : {};
  const answer = await fetch(path, { headers, cache: "no-store" });
  if (answer.status === 401 || answer.status === 403) throw new Refused((await answer.json()).error.expected);
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${answer.status}`);
  return kind === "text" ? answer.text() : answer.json();
}

function text(tag, content, attributes = {}) {
  const found = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value);
  found.append(content);
  return found;
}

// Prometheus' text as {name: [[labels, value], …]}.
function samples(page) {
  const found = new Map();
  for (const line of page.split("\n")) {
    const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line);
    if (!match) continue;
    if (!found.has(match[1])) found.set(match[1], []);
    found.get(match[1]).push([match[2] ?? "", match[3] === "+Inf" ? Infinity : Number(match[3])]);
  }
  return found;
}

const total = (found, name, having = "") =>
  (found.get(name) ?? []).filter(([labels]) => labels.includes(having)).reduce((sum, [, value]) => sum + value, 0);

// Counts of requests by the border of their time, those that read streams only.
function times(found) {
  const borders = new Map();
  for (const [labels, count] of found.get("seqloom_request_seconds_bucket") ?? []) {
    if (!/path="[^"]*\/(readings|stream|predict|infer)"/.test(labels)) continue;
    const border = /le="([^"]*)"/.exec(labels)[1];
    const value = border === "+Inf" ? Infinity : Number(border);
    borders.set(value, (borders.get(value) ?? 0) + count);
  }
  return borders;
}

// The time within which this share was answered since the last look; between two borders, proportionally.
function quantile(now, then, share) {
  const borders = [...now.keys()].sort((a, b) => a - b);
  const counts = borders.map((border) => now.get(border) - (then.get(border) ?? 0));
  const wanted = (counts.at(-1) ?? 0) * share;
  if (!wanted) return null;
  const place = counts.findIndex((count) => count >= wanted), low = place ? borders[place - 1] : 0;
  if (borders[place] === Infinity) return low;
  const under = place ? counts[place - 1] : 0;
  return low + (borders[place] - low) * (wanted - under) / Math.max(1e-9, counts[place] - under);
}

function remembered(name, value) {
  const values = [...(history.get(name) ?? []), value].slice(-KEPT);
  history.set(name, values);
  return values;
}

function numbers(found, streams) {
  const now = {
    moment: performance.now(), times: times(found),
    readings: total(found, "seqloom_readings_total"), refused: total(found, "seqloom_calls_refused_total"),
    failed: total(found, "seqloom_commits_failed_total"),
    wrong: total(found, "seqloom_requests_total", 'status="5'),
  };
  const seconds = before ? (now.moment - before.moment) / 1000 : 0;
  const since = (name) => (seconds ? (now[name] - before[name]) / seconds : null);
  const milliseconds = (share) => {
    const found = before && quantile(now.times, before.times, share);
    return found === null ? null : 1000 * found;
  };
  const cards = [
    ["Streams", streams.count, ""],
    ["Readings per second", since("readings"), ""],
    ["Half answered within", milliseconds(0.5), " ms"],
    ["99 % answered within", milliseconds(0.99), " ms"],
    ["Calls that wait", total(found, "seqloom_calls_waiting"), ""],
    ["Refused per second", since("refused"), ""],
    ["Commits that failed", now.failed, ""],
    ["Errors of the server", now.wrong, ""],
  ];
  at("numbers").replaceChildren(...cards.map(([name, value, unit]) => {
    const card = text("div", text("span", name, { class: "muted" }), { class: "card" });
    card.append(text("b", value === null ? "–" : brief(value) + unit), sparkline(remembered(name, value), `${name}, lately`));
    return card;
  }));
  before = now;
}

function model(found) {
  const named = /digest="([^"]*)",task="([^"]*)"/.exec((found.get("seqloom_model_info") ?? [["", 1]])[0][0]);
  if (named) at("model").textContent = `${named[2]} · model ${named[1].slice(0, 12)}`;
}

function watched(standing) {
  const state = standing?.state ?? "ok";
  at("connection").className = `pill ${state}`;
  at("connection").textContent = { ok: "all well", drift: "drift", insufficient: "too little seen yet" }[state] ?? state;
  if (!standing) {
    at("watched").textContent = "Nothing is watched: the server keeps no records.";
    return;
  }
  const active = standing.alerts.active.map((alert) => text("li", alert.text, { class: "poor" }));
  const over = standing.alerts.latest.filter((alert) => alert.event === "cleared").slice(-3);
  const rest = over.map((alert) => text("li", `${alert.time} ${alert.text}`, { class: "muted" }));
  at("alerts").replaceChildren(...(active.length || rest.length ? [...active, ...rest] : [text("li", "None.", { class: "muted" })]));
  at("signals").tBodies[0].replaceChildren(...standing.signals.map((signal) => {
    const row = text("tr", text("td", `${signal.kind}: ${signal.name}`));
    const state = text("td", signal.state, { class: `state ${signal.state}`, title: signal.reason ?? "" });
    const kind = "mean" in (signal.usual ?? {}) ? "mean" : "level"; // of hits and misses the level is their share
    row.append(state, text("td", shown(signal.usual, kind), { class: "number" }), text("td", shown(signal.now, kind), { class: "number" }));
    const lately = document.createElement("td");
    lately.append(sparkline(signal.history?.mean ?? [], `${signal.name}, lately`));
    row.append(lately);
    return row;
  }));
  const left = standing.counts.left_out ? `, ${brief(standing.counts.left_out)} left out` : "";
  at("watched").textContent = `${brief(standing.counts.records)} predictions seen${left}.`;
}

// Of labels the most frequent one, of numbers the mean.
const SHARE = "share of ";
function shown(values, kind) {
  const shares = Object.entries(values ?? {}).filter(([name, share]) => name.startsWith(SHARE) && typeof share === "number");
  if (!shares.length) return brief(values?.[kind]);
  const [name, share] = shares.reduce((most, one) => (one[1] > most[1] ? one : most));
  return `${name.slice(SHARE.length)} ${brief(100 * share)} %`;
}

function listed(names) {
  const buttons = names.map((name) => {
    const button = text("button", name, { type: "button", "aria-pressed": String(name === looked) });
    button.addEventListener("click", () => look(name));
    return text("li", button);
  });
  at("streams").replaceChildren(...buttons);
  at("names").replaceChildren(...names.map((name) => text("option", "", { value: name })));
}

function look(name) {
  looked = name;
  at("stream").value = name;
  at("one").hidden = false;
  at("one-title").textContent = name;
  refresh();
}

async function stream() {
  if (looked === null) return;
  const found = await ask(`/v1/streams/${encodeURIComponent(looked)}/recent?limit=${READINGS}`);
  if (found === null) {
    at("one-standing").textContent = "There is no such stream.";
    for (const id of ["readings", "memory", "readings-caption", "memory-caption"]) at(id).replaceChildren();
    at("latest").tBodies[0].replaceChildren();
    return;
  }
  at("one-standing").textContent = `epoch ${found.epoch}, ${brief(found.acknowledged)} readings acknowledged`;
  readings(found.readings);
  memory(found.memory);
  at("latest").tBodies[0].replaceChildren(...found.readings.slice(-10).reverse().map((one) => {
    const row = text("tr", text("td", String(one.seq), { class: "number" }));
    row.append(text("td", String(one.time ?? "")), text("td", written(one.values), { class: "values" }));
    row.append(text("td", written(one.prediction), { class: "values" }));
    return row;
  }));
}

// The first column that is predicted, as it was sent and as it was answered; else the first columns that were sent.
function readings(rows) {
  const first = (value) => (Array.isArray(value) ? value[0] : value);
  const numeric = (name, part) => rows.some((one) => typeof first(one[part]?.[name]) === "number");
  const sent = [...new Set(rows.flatMap((one) => Object.keys(one.values ?? {})))].filter((name) => numeric(name, "values"));
  const said = [...new Set(rows.flatMap((one) => Object.keys(one.prediction ?? {})))].filter((name) => numeric(name, "prediction") && name !== "step");
  const both = said.find((name) => sent.includes(name));
  const lines = both
    ? [line(both, "sent", "truth", rows.map((one) => one.values?.[both])),
       line(both, "forecast for it", "", [null, ...rows.slice(0, -1).map((one) => first(one.prediction?.[both]))])]
    : [...said.slice(0, 1).map((name) => line(name, "answered", "", rows.map((one) => first(one.prediction?.[name])))),
       ...sent.slice(0, 2).map((name, place) => line(name, "sent", ["second", "third"][place], rows.map((one) => one.values?.[name])))];
  at("readings").replaceChildren(...(rows.length ? [chart(lines, "The latest readings", wide("readings"))] : []));
  const caption = at("readings-caption");
  caption.replaceChildren(rows.length ? `The latest ${rows.length} readings` : "No readings are recorded.");
  for (const one of rows.length ? lines : []) caption.append(text("span", "", { class: `key ${one.kind}` }), one.name);
}

const wide = (id) => Math.max(240, at(id).clientWidth);
const line = (name, what, kind, values) => ({ name: `${name}, ${what}`, kind, values: values.map((value) => value ?? null) });

function memory(found) {
  const rows = [];
  for (let first = 0; first < found.carried.length; first += 64) rows.push(found.carried.slice(first, first + 64)); // 64 in a row
  if (rows.length) {
    at("memory-caption").textContent = `What the network carries: ${found.carried.length} numbers, orange above zero, blue below`;
    at("memory").replaceChildren(fields(rows, "The state of the network", wide("memory")));
    return;
  }
  const kept = Object.entries(found.kept.columns).map(([name, values]) => ({ name, values }));
  at("memory-caption").textContent = found.kept.steps ? `The network looks back at ${found.kept.steps} steps of ${kept.map((one) => one.name).join(", ")}` : "Nothing is remembered yet.";
  at("memory").replaceChildren(...(kept.length ? [fields(kept.map(({ values }) => centred(values)), "The steps that are kept", wide("memory"))] : []));
}

function centred(values) {
  const known = values.filter((value) => typeof value === "number");
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length)) || 1;
  return values.map((value) => (typeof value === "number" ? (value - mean) / spread : null));
}

function written(values) {
  const parts = Object.entries(values ?? {}).map(([name, value]) => `${name} ${Array.isArray(value) ? value.slice(0, 3).map(brief).join(" ") + (value.length > 3 ? " …" : "") : brief(value)}`);
  return parts.slice(0, 8).join(", ") + (parts.length > 8 ? ", …" : "");
}

async function refresh() {
  try {
    const [page, streams, standing] = await Promise.all([ask("/metrics", "text"), ask(`/v1/streams?limit=${SHOWN}`), ask("/v1/monitor")]);
    const found = samples(page);
    model(found);
    numbers(found, streams);
    watched(standing);
    if (document.activeElement?.closest("#streams") === null || !at("streams").children.length) listed(streams.streams);
    await stream();
    at("main").hidden = false;
    at("token").hidden = true;
  } catch (error) {
    const asked = error instanceof Refused;
    at("connection").className = "pill away";
    at("connection").textContent = asked ? "a token is needed" : "the server does not answer";
    if (asked) {
      at("refusal").textContent = sessionStorage.getItem("token") ? "That token is none of this server." : "";
      at("main").hidden = true;
      at("token").hidden = false;
    }
  }
}

at("token").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem("token", at("secret").value);
  refresh();
});
at("find").addEventListener("submit", (event) => {
  event.preventDefault();
  if (at("stream").value) look(at("stream").value);
});

async function forever() {
  if (!document.hidden) await refresh();
  setTimeout(forever, EVERY);
}
forever();
