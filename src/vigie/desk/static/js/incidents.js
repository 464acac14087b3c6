// The incidents page: the list, the map and the timeline always show one selection, and the address says which.
import { shortcuts } from "./shortcuts.js";
import { roving } from "./roving.js";

const filter = document.getElementById("filter");
const parts = ["files", "chosen", "over-time", "found-list"];
const narrow = matchMedia("(max-width: 70rem)");
let marks = null;
let asked = null;

/** Show another selection in place: fetch its page, put its parts where ours are. */
async function follow(address, { push = true, typed = false } = {}) {
  asked?.abort();
  asked = new AbortController();
  address = new URL(address, location.href);
  address = address.pathname + address.search;
  const body = document.querySelector(".finder");
  body.setAttribute("aria-busy", "true");
  let page;
  try {
    const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "text/html" } });
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector(".finder")) throw new Error("another page");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address); // the browser says what is wrong better than we can
    return;
  }
  if (push && address !== location.pathname + location.search) history.pushState(null, "", address);
  const place = placeOfFocus();
  for (const id of parts) swap(id, page);
  const wrong = page.querySelector("#filter .error") || filter.querySelector(".error");
  if (!typed || wrong) renewFilter(page);
  else renewCounts(page);
  // The region stays, its words change: that is what screen readers read out.
  document.getElementById("found").replaceChildren(...page.getElementById("found").childNodes);
  renewMap(page);
  ready();
  body.removeAttribute("aria-busy");
  giveFocus(place);
}

function swap(id, page) {
  const here = document.getElementById(id);
  const there = page.getElementById(id);
  if (here && there) here.replaceWith(document.adoptNode(there));
  else if (here) here.remove();
  else if (there) document.querySelector(".finder-head").append(document.adoptNode(there)); // the files
}

function renewFilter(page) {
  const open = [...filter.querySelectorAll("details")].map((details) => details.open);
  filter.replaceChildren(...document.adoptNode(page.getElementById("filter")).childNodes);
  filter.querySelectorAll("details").forEach((details, n) => {
    details.open = open[n] ?? details.open;
  });
}

function renewCounts(page) {
  const summaries = page.querySelectorAll("#filter summary");
  filter.querySelectorAll("summary").forEach((summary, n) => {
    if (summaries[n]) summary.replaceChildren(...document.adoptNode(summaries[n]).childNodes);
  });
  for (const hidden of filter.querySelectorAll('input[type="hidden"]')) hidden.remove();
  for (const hidden of page.querySelectorAll('#filter input[type="hidden"]')) filter.append(document.adoptNode(hidden));
}

function renewMap(page) {
  const here = document.getElementById("map");
  const there = page.getElementById("map");
  if (!here || !there) return;
  const moved = here.dataset.query !== there.dataset.query;
  here.dataset.query = there.dataset.query;
  here.dataset.extent = there.dataset.extent;
  if (moved) marks?.renew();
}

function placeOfFocus() {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const section = focused.closest("#chosen, #over-time, #found-list, #filter, #on-map");
  return section && { section: section.id, id: focused.id, name: focused.name, value: focused.value };
}

/** What had the focus has been replaced: the same control, else the head of its part of the page. */
function giveFocus(place) {
  if (!place || (document.activeElement && document.activeElement !== document.body)) return;
  const section = document.getElementById(place.section);
  const same = place.id
    ? document.getElementById(place.id)
    : place.name && [...section.querySelectorAll(`[name="${place.name}"]`)].find((control) => control.value === place.value);
  const target = same || (place.section === "chosen" && section.querySelector("a")) || document.getElementById("found");
  if (!target.matches("a, input, select, button, summary")) target.tabIndex = -1;
  target.focus({ preventScroll: place.section !== "found-list" });
  if (place.section === "found-list") document.getElementById("found-list").scrollIntoView({ block: "start" });
}

/** The address of the filter as it stands: what is empty is left out. */
function asAddress() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(filter)) if (value !== "") query.append(name, value);
  return query.size ? `/incidents?${query}` : "/incidents";
}

function ready() {
  for (const line of document.querySelectorAll(".line[data-lat]")) {
    const show = () => marks?.point(line.dataset.lat, line.dataset.lon);
    const hide = () => marks?.point();
    line.addEventListener("mouseenter", show);
    line.addEventListener("mouseleave", hide);
    line.addEventListener("focusin", show);
    line.addEventListener("focusout", hide);
  }
  const bars = document.querySelector("[data-bars]");
  if (bars) roving(bars, "a");
}

function step(by) {
  const links = [...document.querySelectorAll(".line-link")];
  const at = links.indexOf(document.activeElement?.closest(".line")?.querySelector(".line-link"));
  links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
}

filter.addEventListener("submit", (event) => {
  event.preventDefault();
  follow(asAddress());
});
document.addEventListener("change", (event) => {
  if (event.target.form === filter) follow(asAddress(), { typed: true });
});
document.querySelector(".finder").addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const address = new URL(link.getAttribute("href"), location.href);
  if (address.pathname !== "/incidents") return;
  event.preventDefault();
  follow(address.pathname + address.search);
});
window.addEventListener("popstate", () => follow(location.pathname + location.search, { push: false }));

const fold = filter.querySelector("[data-fold]");
const setFold = () => {
  filter.querySelector("[data-fold]").open = !narrow.matches;
};
if (fold) setFold();
narrow.addEventListener("change", setFold);

shortcuts({
  j: () => step(1),
  k: () => step(-1),
  m: () => marks?.enter(),
  t: () => document.querySelector('[data-bars] a[tabindex="0"]')?.focus(),
});
ready();

const map = document.getElementById("map");
if (map) {
  document.getElementById("on-map").hidden = false;
  import("./marks.js").then(({ Marks }) => {
    marks = new Marks(map, document.getElementById("mark"), document.getElementById("elsewhere"), follow);
    document.getElementById("only-view").addEventListener("click", () => {
      const query = new URLSearchParams(map.dataset.query);
      query.set("box", marks.view());
      follow(`/incidents?${query}`);
    });
  });
}
