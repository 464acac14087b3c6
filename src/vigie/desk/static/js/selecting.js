// Words chosen in the text become a value: by mouse as any text is chosen, by keyboard with s and the arrows. The form
// comes from the server, filled in from the words; without this script it is a page of its own.
import { byKeyboard, offsets } from "./choosing.js";
import { shortcuts } from "./shortcuts.js";

const text = document.querySelector("[data-text]");
const bar = document.querySelector("[data-selection]");
const dialog = document.getElementById("value-dialog");
let chosen = null; // offsets in code points, as the server counts

function chose() {
  chosen = offsets(text);
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
    chosen = offsets(text) ?? chosen; // the event that tells of a choice comes a little later than a quick hand
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

  const start = byKeyboard(text, use, (words) => (document.querySelector("[data-said]").textContent = words));

  function begin() {
    const from = document.activeElement.closest("[data-marks]") ?? text.querySelector(".lit");
    if (!from) return start();
    const range = document.createRange();
    range.selectNodeContents(text);
    range.setEnd(from, 0);
    start(range.toString().length);
  }

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
