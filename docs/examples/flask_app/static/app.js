/* SPDX-License-Identifier: MIT */
/* The page: starts a narration, follows its news, plays its chunks in order as they arrive. */
"use strict";

const $ = (id) => document.getElementById(id);
const WORDS = {
  waiting: "waiting", passed: "passed", not_passed: "not passed", failed: "failed",
  silent: "nothing to say", again: "making it again",
};
const CHARS_PER_S = 15; // of a chunk that has not arrived

let key = null; // of the narration
let news = null; // its EventSource
let chunks = [];
let state = "idle"; // idle, running, ready, cancelled, failed
let current = -1; // the chunk that plays, or is waited for
let wanted = false; // whether it is to play

const url = (path = "") => `narrations/${key}${path}`;
const isOver = () => state !== "running";
const isBad = (chunk) => chunk.status === "not_passed" || chunk.status === "failed";

/* --- starting and stopping ------------------------------------------------------------------- */

function complain(message) {
  $("error").textContent = message || "";
  $("error").hidden = !message;
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error("The server cannot be reached. Is it still running?");
  }
  const said = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error || `The server answered ${answer.status}.`);
  return said;
}

async function start(event) {
  event.preventDefault();
  complain();
  $("start").disabled = true;
  try {
    const given = Object.fromEntries(new FormData($("form")));
    const said = await ask("narrations", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given),
    });
    key = said.id;
    history.replaceState(null, "", `#${key}`); // for who loads the page again
    follow();
  } catch (problem) {
    complain(problem.message);
    $("start").disabled = false;
  }
}

async function cancel() {
  try {
    await ask(url(), { method: "DELETE" });
  } catch (problem) {
    complain(problem.message);
  }
}

function follow() {
  if (news) news.close();
  stop();
  news = new EventSource(url("/events"));
  const on = (name, handle) => news.addEventListener(name, (e) => handle(JSON.parse(e.data)));
  on("begin", begin);
  on("chunk", arrived);
  on("redo_failed", redoFailed);
  on("ready", () => over("ready"));
  on("cancelled", () => over("cancelled"));
  on("failed", (said) => { over("failed"); complain(said.error); });
  news.onerror = () => {
    if (news.readyState !== EventSource.CLOSED) return; // it connects again by itself
    complain("The narration is no longer there. Start it again.");
    over("failed");
  };
}

/* --- news ------------------------------------------------------------------------------------ */

function begin(said) {
  state = "running";
  chunks = said.chunks.map((each) => ({
    ...each, status: "waiting", pieces: [{ text: each.text }], peaks: [], candidates: [], bars: [],
    duration_s: 0, version: 0,
  }));
  for (const id of ["work", "text-part", "schedule", "cancel"]) $(id).hidden = false;
  $("download").hidden = true;
  $("chunks").replaceChildren(...chunks.map((chunk) => (chunk.item = makeItem(chunk.index))));
  chunks.forEach(showChunk);
  showAll();
}

function arrived(said) {
  const chunk = chunks[said.index];
  const bars = said.bars || chunk.bars;
  Object.assign(chunk, said, { bars, version: chunk.version + 1 });
  showChunk(chunk);
  showAll();
  if (wanted && current === said.index && $("audio").paused) playChunk(current);
}

function redoFailed(said) {
  const chunk = chunks[said.index];
  chunk.status = chunk.before;
  chunk.error = said.error;
  showChunk(chunk);
  showAll();
}

function over(how) {
  state = how;
  $("start").disabled = false;
  $("cancel").hidden = true;
  $("download").hidden = how !== "ready";
  $("download").href = url(`/audio.wav?${chunks.reduce((sum, each) => sum + each.version, 0)}`);
  if (wanted && $("audio").paused) playNext(current);
  chunks.forEach(showChunk);
  showAll();
}

async function redo(chunk) {
  chunk.before = chunk.status;
  chunk.status = "again";
  showChunk(chunk);
  showAll();
  try {
    await ask(url(`/chunks/${chunk.index}/redo`), { method: "POST" });
  } catch (problem) {
    redoFailed({ index: chunk.index, error: problem.message });
  }
}

/* --- chunks ---------------------------------------------------------------------------------- */

function makeItem(index) {
  const item = $("chunk").content.firstElementChild.cloneNode(true);
  item.dataset.index = index;
  item.querySelector(".number").textContent = index + 1;
  const [listen, again] = item.querySelectorAll("button");
  listen.setAttribute("aria-label", `Listen to chunk ${index + 1}`);
  again.setAttribute("aria-label", `Redo chunk ${index + 1}`);
  listen.addEventListener("click", () => playChunk(index));
  again.addEventListener("click", () => redo(chunks[index]));
  return item;
}

function element(tag, classes, text) {
  const made = document.createElement(tag);
  made.className = classes;
  made.textContent = text;
  return made;
}

function pieceNode(piece) {
  if (!piece.kind) return document.createTextNode(piece.text);
  const mark = element("mark", piece.kind, piece.text || "+");
  mark.title = piece.note;
  return mark;
}

function takeNode(take) {
  const classes = `take${take.selected ? " selected" : ""}${take.passed ? "" : " bad"}`;
  const node = element("span", classes, take.score === null ? "-" : take.score.toFixed(0));
  node.title = `round ${take.round}, ${take.passed ? "passed" : "not passed"}`
    + (take.selected ? ", chosen" : "");
  return node;
}

function notesOf(chunk) {
  const notes = chunk.pieces.filter((each) => each.kind).map((each) => `${each.kind}: ${each.note}`);
  if (chunk.error) notes.push(chunk.error);
  if (isBad(chunk) && chunk.heard) notes.push(`heard: ${chunk.heard}`);
  return notes;
}

function fill(item, chunk) {
  item.className = `chunk ${chunk.status}${chunk.index === current && wanted ? " playing" : ""}`;
  item.querySelector(".verdict").textContent = WORDS[chunk.status];
  const score = chunk.score === null || chunk.score === undefined ? "" : `score ${chunk.score}`;
  item.querySelector(".score").textContent = score;
  item.querySelector(".takes").replaceChildren(...chunk.candidates.map(takeNode));
  item.querySelector(".words").replaceChildren(...chunk.pieces.map(pieceNode));
  item.querySelector(".notes").replaceChildren(
    ...notesOf(chunk).map((note) => element("li", "", note)));
  item.querySelector(".listen").disabled = !chunk.duration_s;
  const arrivedAtAll = !["waiting", "again", "silent"].includes(chunk.status);
  item.querySelector(".redo").disabled = state !== "ready" || !arrivedAtAll;
}

function showChunk(chunk) {
  fill(chunk.item, chunk);
  const needs = isBad(chunk) || (chunk.status === "again" && chunk.listed);
  if (needs && !chunk.listed) {
    chunk.listed = makeItem(chunk.index);
    const after = [...$("attention-list").children].find((e) => e.dataset.index > chunk.index);
    $("attention-list").insertBefore(chunk.listed, after || null);
  } else if (!needs && chunk.listed) {
    chunk.listed.remove();
    chunk.listed = null;
  }
  if (chunk.listed) fill(chunk.listed, chunk);
}

function showAll() {
  const count = (status) => chunks.filter((each) => each.status === status).length;
  const done = chunks.length - count("waiting") - count("again");
  $("bar").max = chunks.length || 1;
  $("bar").value = done;
  const parts = [`${done} of ${chunks.length} chunks`];
  if (count("not_passed")) parts.push(`${count("not_passed")} not passed`);
  if (count("failed")) parts.push(`${count("failed")} failed`);
  const seconds = chunks.reduce((sum, each) => sum + each.duration_s, 0);
  if (seconds) parts.push(`${seconds.toFixed(1)} s of speech`);
  const ends = { ready: "Done: ", cancelled: "Cancelled: ", failed: "Failed: " };
  $("status").textContent = (ends[state] || "") + parts.join(", ");
  $("attention").hidden = !$("attention-list").children.length;
  $("play").disabled = !chunks.some((each) => each.duration_s);
  drawSoon();
}

/* However many chunks arrive at once, a frame is drawn once. */
let isDue = false;
function drawSoon() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    drawWave();
    drawGantt();
  });
}

/* --- playing --------------------------------------------------------------------------------- */

function playChunk(index) {
  const chunk = chunks[index];
  const before = current;
  current = index;
  wanted = true;
  if (chunk.duration_s) {
    $("audio").src = url(`/chunks/${index}.wav?${chunk.version}`);
    $("audio").play().catch(() => { stop(); });
  }
  $("play").textContent = "Pause";
  $("now").textContent = chunk.duration_s ? `chunk ${index + 1}` : `waiting for chunk ${index + 1}`;
  for (const each of [chunks[before], chunk]) if (each) showChunk(each);
  drawWave();
}

/* The next chunk that has a sound, or one that may still get one. */
function playNext(index) {
  const next = chunks.findIndex((each, i) =>
    i >= index && (each.duration_s || (!isOver() && each.status === "waiting")));
  if (next < 0) stop();
  else playChunk(next);
}

function stop() {
  const before = chunks[current];
  wanted = false;
  $("audio").pause();
  $("play").textContent = "Play";
  $("now").textContent = "";
  if (before) showChunk(before);
  if (current === chunks.length - 1) current = -1;
  drawWave();
}

function togglePlay() {
  if (wanted) stop();
  else playNext(Math.max(current, 0));
}

/* --- waveform -------------------------------------------------------------------------------- */

const lengthOf = (chunk) => chunk.duration_s || Math.max(chunk.text.length / CHARS_PER_S, 0.5);

function drawWave() {
  const canvas = $("wave");
  const scale = window.devicePixelRatio || 1;
  const width = canvas.clientWidth, height = canvas.clientHeight;
  if (!width) return;
  canvas.width = width * scale;
  canvas.height = height * scale;
  const pen = canvas.getContext("2d");
  const colour = getComputedStyle(document.documentElement);
  pen.scale(scale, scale);
  const total = chunks.reduce((sum, each) => sum + lengthOf(each), 0) || 1;
  let x = 0;
  for (const chunk of chunks) {
    const wide = (lengthOf(chunk) / total) * width;
    if (chunk.index === current && wanted) {
      pen.fillStyle = colour.getPropertyValue("--line");
      pen.fillRect(x, 0, wide, height);
    }
    const name = { silent: "passed", again: "waiting" }[chunk.status] || chunk.status;
    pen.fillStyle = colour.getPropertyValue(`--${name}`);
    drawColumns(pen, chunk, x, wide, height);
    if (chunk.index === current && wanted && chunk.duration_s) {
      const at = x + Math.min($("audio").currentTime / chunk.duration_s, 1) * wide;
      pen.fillStyle = colour.getPropertyValue("--ink");
      pen.fillRect(at, 0, 2, height);
    }
    x += wide;
  }
}

function drawColumns(pen, chunk, x, wide, height) {
  const columns = Math.max(1, Math.floor(wide / 3));
  for (let i = 0; i < columns; i++) {
    const from = Math.floor((i / columns) * chunk.peaks.length);
    const to = Math.max(from + 1, Math.floor(((i + 1) / columns) * chunk.peaks.length));
    const peak = chunk.peaks.length ? Math.max(...chunk.peaks.slice(from, to)) : 3;
    const tall = Math.max(2, (peak / 100) * (height - 8));
    pen.fillRect(x + (i * wide) / columns, (height - tall) / 2, Math.max(1, wide / columns - 1), tall);
  }
}

function clickWave(event) {
  const box = $("wave").getBoundingClientRect();
  const total = chunks.reduce((sum, each) => sum + lengthOf(each), 0);
  let at = ((event.clientX - box.left) / box.width) * total;
  const chunk = chunks.find((each) => (at -= lengthOf(each)) < 0);
  if (chunk && chunk.duration_s) playChunk(chunk.index);
}

/* --- schedule -------------------------------------------------------------------------------- */

function drawGantt() {
  const bars = chunks.flatMap((chunk) => chunk.bars);
  const end = Math.max(1, ...bars.map((bar) => bar.to_ms));
  $("schedule").hidden = !bars.length;
  const axis = element("div", "lane axis", "");
  const marks = element("div", "track", "");
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    const tick = element("span", "tick", `${((end * part) / 1000).toFixed(end < 20000 ? 1 : 0)} s`);
    tick.style.left = `${part * 100}%`;
    marks.append(tick);
  }
  axis.append(element("span", "", ""), marks);
  $("gantt").replaceChildren(axis, ...chunks.filter((each) => each.bars.length).map((chunk) => {
    const lane = element("div", "lane", "");
    const track = element("div", "track", "");
    track.append(...chunk.bars.map((bar) => barNode(bar, chunk, end)));
    lane.append(element("span", "", chunk.index + 1), track);
    return lane;
  }));
}

function barNode(bar, chunk, end) {
  const span = element("span", `span ${chunk.status}`, "");
  const length = Math.max(1, bar.to_ms - bar.from_ms);
  span.style.left = `${(bar.from_ms / end) * 100}%`;
  span.style.width = `${(length / end) * 100}%`;
  span.title = `chunk ${chunk.index + 1}: ${(bar.from_ms / 1000).toFixed(2)} s to `
    + `${(bar.to_ms / 1000).toFixed(2)} s, ${(bar.queue_ms / 1000).toFixed(2)} s in the queue`;
  const queue = element("span", "queue", "");
  queue.style.width = `${Math.min(1, bar.queue_ms / length) * 100}%`;
  span.append(queue);
  return span;
}

if (/^#[0-9a-f]{32}$/.test(location.hash)) {
  key = location.hash.slice(1);
  follow();
}

$("form").addEventListener("submit", start);
$("cancel").addEventListener("click", cancel);
$("play").addEventListener("click", togglePlay);
$("wave").addEventListener("click", clickWave);
$("audio").addEventListener("ended", () => playNext(current + 1));
$("audio").addEventListener("timeupdate", drawWave);
$("audio").addEventListener("error", () => {
  if (wanted) { stop(); complain("The sound of this chunk cannot be played."); }
});
window.addEventListener("resize", drawWave);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawWave);
