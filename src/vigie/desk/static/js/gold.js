// Coding by hand: words chosen in the text fill a field by one key, rows are added where they are needed, and all that
// is typed is kept by the server as it is typed. Without this script the form does the same by its buttons.
import { byKeyboard, offsets, place } from "./choosing.js";
import { say } from "./messages.js";
import { shortcuts } from "./shortcuts.js";

const form = document.getElementById("gold-form");
const text = document.querySelector("[data-text]");
const bar = document.querySelector("[data-bar]");
const saidWords = bar.querySelector("[data-said]");
const state = form.querySelector("[data-state]");
const OF_REPORT = ["speakers", "totals"];
const LISTS = ["weapons", "actors", "targets"];
const MOST = { targets: 3 };
const KINDS = {
  type: "what", date: "when", place: "where", weapons: "weapon", killed: "toll", injured: "toll", attackers_killed: "toll",
  actors: "who", responsibility: "who", targets: "target", speakers: "source", totals: "toll",
};

// --- nothing is lost --------------------------------------------------------------------------------------------------

let waiting = null;
let leaving = false;

async function keep() {
  clearTimeout(waiting);
  waiting = null;
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), keepalive: true });
    if (!answer.ok) throw new Error(String(answer.status));
    form.dataset.kept = "true";
    state.textContent = "";
  } catch {
    state.textContent = form.dataset.lost;
  }
}

function changed() {
  if (leaving) return;
  form.dataset.kept = "false";
  clearTimeout(waiting);
  waiting = setTimeout(keep, 350);
  highlight();
}

form.addEventListener("input", changed);
form.addEventListener("submit", () => {
  leaving = true; // what is sent is what counts
  clearTimeout(waiting);
});
addEventListener("pagehide", () => waiting !== null && !leaving && keep());
addEventListener("pageshow", () => (leaving = false));

// --- rows -------------------------------------------------------------------------------------------------------------

const inputs = (row) => [...row.querySelectorAll("input, select, textarea")];
const given = (row) => inputs(row).some((each) => (each.type === "checkbox" ? each.checked : each.value && !["current", "unknown"].includes(each.value)));

/** The rows of a list: of the report or of an incident. */
function rowsOf(kind, place) {
  return [...place.querySelectorAll(`[data-row-of="${kind}"]`)];
}

/** One more row after the last one, empty, with the next number. */
function another(kind, place) {
  const rows = rowsOf(kind, place);
  if (rows.length >= (MOST[kind] ?? 60)) return null;
  const last = rows.at(-1);
  const row = last.cloneNode(true);
  const before = LISTS.includes(kind) ? `${place.dataset.prefix}.${rows.length - 1}.` : `${{ speakers: "s", totals: "t", incidents: "i" }[kind]}${rows.length - 1}.`;
  const after = before.replace(/\d+\.$/, `${rows.length}.`);
  for (const each of row.querySelectorAll("*")) {
    for (const name of ["name", "id", "for", "data-prefix"]) {
      const was = each.getAttribute(name);
      if (was?.startsWith(before)) each.setAttribute(name, after + was.slice(before.length));
      else if (was?.startsWith(`f-${before}`)) each.setAttribute(name, `f-${after}${was.slice(before.length + 2)}`);
    }
    for (const wrong of ["aria-invalid", "aria-describedby"]) each.removeAttribute(wrong);
  }
  row.removeAttribute("id");
  for (const each of row.querySelectorAll(".error")) each.remove();
  for (const list of LISTS) for (const extra of rowsOf(list, row).slice(1)) extra.remove();
  for (const each of inputs(row)) {
    if (each.type === "checkbox") each.checked = false;
    else if (each.tagName === "SELECT") each.selectedIndex = 0;
    else each.value = "";
  }
  const number = row.querySelector("[data-number]");
  if (number) number.textContent = String(rows.length + 1);
  last.after(row);
  return row;
}

/** The first empty row of a list, made where there is none. */
function free(kind, place) {
  return rowsOf(kind, place).find((row) => !given(row)) ?? another(kind, place);
}

for (const button of form.querySelectorAll("[data-more]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const row = free(button.dataset.more, form);
    if (!row) return;
    if (button.dataset.more === "incidents") take(row);
    inputs(row).find((each) => each.type !== "hidden")?.focus();
  });
}

// --- which incident ---------------------------------------------------------------------------------------------------

let current = rowsOf("incidents", form)[0];

function take(incident) {
  current = incident;
  for (const each of rowsOf("incidents", form)) each.classList.toggle("current", each === incident && rowsOf("incidents", form).length > 1);
}

form.addEventListener("focusin", (event) => {
  const incident = event.target.closest("[data-row-of=incidents]");
  if (incident) take(incident);
});
take(document.getElementById("more") ?? current);

function step(by) {
  const all = rowsOf("incidents", form);
  const next = all[all.indexOf(current) + by];
  if (!next) return;
  take(next);
  next.querySelector("select, input:not([type=hidden])").focus();
}

// --- words into fields ------------------------------------------------------------------------------------------------

let chosen = null;

document.addEventListener("selectionchange", () => {
  const now = offsets(text);
  if (now === null && bar.contains(document.activeElement)) return;
  chosen = now;
  bar.hidden = chosen === null;
  if (chosen) saidWords.textContent = chosen.words;
});
bar.addEventListener("mousedown", (event) => event.preventDefault()); // the choice stays
for (const button of bar.querySelectorAll("[data-field]")) button.addEventListener("click", () => fill(button.dataset.field));

const choose = byKeyboard(text, () => bar.querySelector("[data-field]").focus(), (words) => (saidWords.textContent = words));

/** Where a field is filled in: its group in the current incident, or the form for what is the report's. */
const groupOf = (field) => (OF_REPORT.includes(field) ? form : current.querySelector(`[data-group="${field}"]`));

async function fill(field) {
  if (!chosen) return;
  const { start, end, words } = chosen;
  const place = groupOf(field);
  const answer = await fetch(`${form.dataset.words}?${new URLSearchParams({ field: field === "responsibility" ? "quote" : field, start, end })}`);
  const rows = answer.ok ? await answer.json() : [];
  const found = rows.length ? rows : [{}];
  let nothing = true;
  for (const values of found) {
    const row = OF_REPORT.includes(field) || LISTS.includes(field) ? free(field, place) : place;
    if (!row) break;
    row.closest("details")?.setAttribute("open", "");
    for (const [name, value] of Object.entries(values)) {
      const input = row.querySelector(`[data-in="${name}"]`);
      if (!input || value === "" || value === undefined) continue;
      input.value = value;
      nothing = false;
    }
    for (const bound of ["lower", "upper"]) { // a number that is replaced leaves no bound behind
      const input = row.querySelector(`[data-in="${bound}"]`);
      if (input && Object.keys(values).length && !(bound in values)) input.value = "";
    }
    row.querySelector("[data-in=words]").value = `${start}-${end}`;
    if (field === "speakers") tellsOf(row);
    if (field === "responsibility" || field === "speakers" || nothing) {
      row.querySelector(field === "speakers" ? "[data-in=terms]" : "select, input:not([type=hidden])")?.focus();
    }
  }
  changed();
  if (nothing && field !== "responsibility") say(form.dataset.nothing, "bad");
  else say(form.dataset.told.replace("FIELD", bar.querySelector(`[data-field="${field}"]`).firstChild.textContent.trim()).replace("WORDS", words));
}

/** A source chosen while an incident is coded tells of it. */
function tellsOf(row) {
  const number = rowsOf("speakers", form).indexOf(row) + 1;
  const numbers = current.querySelector("[data-in=numbers]");
  const there = numbers.value.split(/\D+/).filter(Boolean);
  if (!there.includes(String(number))) numbers.value = [...there, number].join(" ");
}

/** To a field: with words chosen they fill it in. */
function go(field) {
  chosen = offsets(text); // the event that tells of a choice comes a little later
  if (chosen) {
    fill(field);
    return;
  }
  const place = groupOf(field);
  const row = OF_REPORT.includes(field) || LISTS.includes(field) ? free(field, place) ?? rowsOf(field, place).at(-1) : place;
  row.closest("details")?.setAttribute("open", "");
  const input = row.querySelector("select, input:not([type=hidden])");
  input?.focus();
}

const keys = { s: () => choose(0), n: () => form.querySelector("[data-more=incidents]").click(), "[": () => step(-1), "]": () => step(1) };
for (const button of bar.querySelectorAll("[data-field]")) keys[button.dataset.keyOf] = () => go(button.dataset.field);
shortcuts(keys);

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-save]"));
  } else if (event.key === "Escape" && form.contains(event.target) && !document.querySelector("dialog[open]")) {
    text.focus({ preventScroll: true });
  }
});

// --- the words that values rest on ------------------------------------------------------------------------------------

const characters = [...text.textContent];

/** A stretch of the text as a range of the page. */
function rangeOf(start, end) {
  const range = new Range();
  const from = characters.slice(0, start).join("").length;
  range.setStart(...place(text, from));
  range.setEnd(...place(text, from + characters.slice(start, end).join("").length));
  return range;
}

function highlight() {
  if (!globalThis.CSS?.highlights) return;
  const found = {};
  for (const input of form.querySelectorAll("[data-in=words]")) {
    const kind = KINDS[input.closest("[data-group]")?.dataset.group ?? input.closest("[data-row-of]")?.dataset.rowOf];
    for (const [, start, end] of input.value.matchAll(/(\d+)-(\d+)/g)) (found[kind] ??= []).push(rangeOf(Number(start), Number(end)));
  }
  for (const kind of new Set(Object.values(KINDS))) {
    if (found[kind]) CSS.highlights.set(`gold-${kind}`, new Highlight(...found[kind]));
    else CSS.highlights.delete(`gold-${kind}`);
  }
  form.dataset.highlighted = String(Object.values(found).flat().length);
}
highlight();
if (location.hash === "#more") document.getElementById("more")?.querySelector("select")?.focus();
const wrong = form.querySelector("[aria-invalid]");
wrong?.focus();
