// Single keys, and one after another ("g i"). They do nothing while something is typed or a dialog is open, with a
// modifier, or where the reader has switched them off (WCAG 2.1.4).

const PATIENCE = 1200; // milliseconds between the two keys of a sequence
const bound = new Map();
let before = "";
let since = -PATIENCE;

/** Bind keys to functions: `shortcuts({j: next, "g i": incidents})`. Later ones stand in for earlier ones. */
export function shortcuts(keys) {
  for (const [key, does] of Object.entries(keys)) bound.set(key, does);
}

// Boxes that are ticked take no letters.
const TYPED = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]";

function typing(target) {
  return target instanceof Element && target.closest(TYPED) !== null;
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (document.body.dataset.shortcuts === "off" || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const pair = event.timeStamp - since < PATIENCE ? `${before} ${event.key}` : "";
  const does = bound.get(pair) ?? bound.get(event.key);
  before = event.key;
  since = event.timeStamp;
  if (does) {
    event.preventDefault();
    before = "";
    does(event);
  }
}

/** From here on keys do something at once; first those that early.js has kept. */
function begin() {
  const early = window.earlyKeys ?? [];
  window.earlyKeys = null;
  document.addEventListener("keydown", pressed);
  early.forEach(pressed);
}

// Each module of the page has bound its keys by then: modules run before this event.
if (document.readyState === "complete") begin();
else document.addEventListener("DOMContentLoaded", begin);
