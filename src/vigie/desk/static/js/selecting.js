// Words chosen in the text become a value: by mouse as any text is chosen, by keyboard with s and the arrows. The form
// comes from the server, filled in from the words; without this script it is a page of its own.
import { shortcuts } from "./shortcuts.js";

const text = document.querySelector("[data-text]");
const bar = document.querySelector("[data-selection]");
const dialog = document.getElementById("value-dialog");
let chosen = null; // offsets in code points, as the server counts

/** Offsets of what is chosen in the text, white space at the ends left out; null for nothing. */
function offsets() {
  const selection = getSelection();
  if (!text || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const start = [...before.toString()].length + [...words].length - [...words.trimStart()].length;
  const length = [...words.trim()].length;
  return length ? { start, end: start + length, words: words.trim() } : null;
}

function chose() {
  chosen = offsets();
  if (!bar) return;
  bar.hidden = chosen === null;
  if (chosen) bar.querySelector("[data-selection-words]").textContent = chosen.words;
}

async function open(url) {
  const asked = new URL(url, location.href);
  asked.searchParams.set("fragment", "true");
  const answer = await fetch(asked, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) {
    location.href = url; // let the page say what is wrong
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = dialog.contains(document.activeElement) ? document.activeElement.id : null;
  dialog.replaceChildren(...page.body.childNodes);
  prepare(dialog);
  if (!dialog.open) dialog.showModal();
  (document.getElementById(focused) ?? dialog.querySelector(".value-inputs input:not([type=hidden]), .value-inputs select, textarea"))?.focus();
}

/** Another incident or field: ask for its form at once. */
function prepare(place) {
  const which = place.querySelector("[data-value-which]");
  if (!which) return;
  which.querySelector(".value-which-go").hidden = true;
  which.addEventListener("change", () => {
    const url = `/values/new?${new URLSearchParams(new FormData(which))}`;
    if (dialog) open(url);
    else location.href = url;
  });
}

if (text && dialog) {
  document.addEventListener("selectionchange", chose);
  const use = () => {
    if (!chosen) return false;
    open(`${dialog.dataset.base}&start=${chosen.start}&end=${chosen.end}`);
    return true;
  };
  bar.querySelector("[data-selection-use]").addEventListener("click", use);
  // A click on the bar must not undo the choice that it is about.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-form]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.href);
  });
  dialog.addEventListener("close", () => before?.focus());

  let before = null;
  const remember = () => (before = document.activeElement);
  dialog.addEventListener("beforetoggle", remember);

  // --- choosing by keyboard: words are counted in the text as it stands -------------------------------------------
  const words = [...text.textContent.matchAll(/[\p{L}\p{N}]+(?:[’'.,/-][\p{L}\p{N}]+)*/gu)].map((found) => [found.index, found.index + found[0].length]);
  let first = 0; // of the chosen words, by number
  let last = 0;

  /** The place in the page of a character of the text. */
  function place(offset) {
    const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let left = offset;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (left <= node.length) return [node, left];
      left -= node.length;
    }
    return [text, text.childNodes.length];
  }

  function select() {
    const [low, high] = [Math.min(first, last), Math.max(first, last)];
    getSelection().setBaseAndExtent(...place(words[low][0] + 0), ...place(words[high][1]));
    const range = getSelection().getRangeAt(0);
    const box = range.getBoundingClientRect();
    if (box.top < 90 || box.bottom > innerHeight - 110) range.startContainer.parentElement.scrollIntoView({ block: "center" });
    document.querySelector("[data-said]").textContent = range.toString();
  }

  function begin() {
    if (!words.length) return;
    const from = document.activeElement.closest("[data-marks]") ?? text.querySelector(".lit");
    let at = 0;
    if (from) {
      const range = document.createRange();
      range.selectNodeContents(text);
      range.setEnd(from, 0);
      at = range.toString().length;
    }
    first = last = Math.max(0, words.findIndex(([, end]) => end > at));
    document.body.dataset.choosing = "on";
    text.focus({ preventScroll: true });
    select();
  }

  function end() {
    delete document.body.dataset.choosing;
  }

  text.addEventListener("keydown", (event) => {
    if (!document.body.dataset.choosing || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      last = Math.min(words.length - 1, Math.max(0, last + by));
      if (!event.shiftKey) first = last;
      select();
    } else if (event.key === "Enter") {
      event.preventDefault();
      end();
      use();
    } else if (event.key === "Escape") {
      event.preventDefault();
      end();
      getSelection().removeAllRanges();
    }
  });
  text.addEventListener("blur", end);

  shortcuts({
    s: begin,
    c: () => {
      if (use()) return;
      const value = document.activeElement.closest("[data-value]") ?? document.querySelector(".value.lit");
      const link = value?.querySelector("a[data-form]") ?? document.querySelector("a[data-form]");
      if (link) open(link.href);
    },
  });
} else {
  prepare(document);
}
