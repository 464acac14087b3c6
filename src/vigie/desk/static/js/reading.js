// Words and values: pointing at one, by mouse or by keyboard, shows the other; Enter goes from one to the other.
import { shortcuts } from "./shortcuts.js";

const text = document.querySelector("[data-text]");
const panel = document.querySelector("[data-values]");

if (text && panel) {
  const words = [...text.querySelectorAll("[data-marks]")];
  const links = [...text.querySelectorAll("a.mark")];
  const values = new Map([...document.querySelectorAll("[data-value]")].map((each) => [each.dataset.value, each]));
  const wordsOf = new Map();
  for (const piece of words) {
    for (const id of piece.dataset.marks.split(" ")) {
      if (!wordsOf.has(id)) wordsOf.set(id, []);
      wordsOf.get(id).push(piece);
    }
  }

  const idOf = (element) => element.closest("[data-value]")?.dataset.value;
  const goers = () => [...panel.querySelectorAll(".value-go")].filter((each) => each.offsetParent !== null);
  let lit = [];

  /** Show values and the words of the first of them as belonging together. */
  function show(ids) {
    for (const each of lit) each.classList.remove("lit");
    lit = [];
    for (const id of ids) {
      const value = values.get(id);
      if (value) lit.push(value);
    }
    const own = ids.length === 1 ? wordsOf.get(ids[0]) ?? [] : (wordsOf.get(ids[0]) ?? []);
    lit.push(...own);
    for (const each of lit) each.classList.add("lit");
  }

  function into(element, block = "center") {
    const box = element.getBoundingClientRect();
    if (box.top < 90 || box.bottom > innerHeight - 60) element.scrollIntoView({ block });
  }

  /** Bring a value into sight, if the values scroll by themselves beside the text. */
  function bring(value) {
    if (!value || getComputedStyle(panel).overflowY === "visible") return;
    const box = value.getBoundingClientRect();
    const frame = panel.getBoundingClientRect();
    if (box.top < frame.top) panel.scrollTop += box.top - frame.top - 20;
    else if (box.bottom > frame.bottom) panel.scrollTop += box.bottom - frame.bottom + 20;
  }

  // From values to words.
  for (const [id, value] of values) {
    value.addEventListener("mouseenter", () => show([id]));
    value.addEventListener("focusin", (event) => {
      show([id]);
      const first = wordsOf.get(id)?.[0];
      if (first && event.target.matches(":focus-visible") && getComputedStyle(panel).overflowY !== "visible") into(first);
    });
    value.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#e"]');
      if (!link) return;
      const anchor = document.getElementById(link.hash.slice(1));
      const piece = anchor ? after(anchor) : wordsOf.get(id)?.[0];
      if (!piece) return;
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      goTo(piece, id);
    });
  }

  /** The words that begin where an anchor stands. */
  function after(anchor) {
    let next = anchor.nextElementSibling;
    while (next && !next.matches("[data-marks]")) next = next.nextElementSibling;
    return next;
  }

  function goTo(piece, id) {
    if (!piece.matches("a")) piece.tabIndex = -1;
    piece.focus({ preventScroll: true });
    into(piece);
    if (id) show([id]);
    came = id;
  }

  // From words to values.
  let came; // the value that the reader came from: Enter leads back to it
  for (const piece of words) {
    const ids = piece.dataset.marks.split(" ");
    piece.addEventListener("mouseenter", () => show(ids));
    piece.addEventListener("focus", () => {
      show(ids);
      bring(values.get(ids[0]));
    });
    piece.addEventListener("blur", () => (came = undefined));
  }
  text.addEventListener("click", (event) => {
    const piece = event.target.closest("a.mark");
    if (!piece) return;
    event.preventDefault();
    if (String(getSelection())) return; // words are being chosen
    back(piece);
  });

  function back(piece) {
    const ids = piece.dataset.marks.split(" ");
    const id = came && ids.includes(came) ? came : ids.find((each) => values.has(each) && !each.startsWith("r")) ?? ids[0];
    const value = values.get(id);
    const goer = value?.querySelector(".value-go");
    if (!goer) return;
    value.closest("details")?.setAttribute("open", "");
    goer.focus({ preventScroll: true });
    bring(value);
    if (getComputedStyle(panel).overflowY === "visible") into(value);
  }
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-marks]:not(a)")) back(event.target);
  });

  // One stop for Tab in the text: arrows and j, k go from mark to mark.
  links.forEach((link, place) => (link.tabIndex = place === 0 ? 0 : -1));
  text.addEventListener("focusin", (event) => {
    if (!event.target.matches("a.mark")) return;
    for (const link of links) link.tabIndex = -1;
    event.target.tabIndex = 0;
  });

  function step(by) {
    const inText = text.contains(document.activeElement);
    const among = inText ? links : goers();
    let at = among.indexOf(document.activeElement);
    if (at < 0 && inText) {
      const here = document.activeElement;
      at = among.findLastIndex((link) => link.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (by < 0) at += 1;
    }
    const next = among[at < 0 ? (by > 0 ? 0 : among.length - 1) : at + by];
    if (!next) return;
    next.focus({ preventScroll: true });
    if (inText) into(next);
    else {
      bring(next.closest("[data-value]"));
      if (getComputedStyle(panel).overflowY === "visible") into(next);
    }
  }
  const arrows = { ArrowDown: 1, ArrowUp: -1 };
  for (const place of [panel, text]) {
    place.addEventListener("keydown", (event) => {
      if (!(event.key in arrows) || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.defaultPrevented || document.body.dataset.choosing) return;
      event.preventDefault();
      step(arrows[event.key]);
    });
  }

  const leftOut = document.querySelector("[data-left-out]");
  const showLeftOut = () => text.classList.toggle("show-out", leftOut.open);
  leftOut?.addEventListener("toggle", showLeftOut);

  shortcuts({
    j: () => step(1),
    k: () => step(-1),
    t: () => (links.find((link) => link.tabIndex === 0) ?? text).focus(),
    v: () => goers()[0]?.focus(),
    x: () => {
      if (!leftOut) return;
      leftOut.open = !leftOut.open;
      if (leftOut.open) leftOut.querySelector(".value-go")?.focus();
    },
  });

  // Kinds that can be hidden.
  const legend = document.querySelector("[data-legend]");
  for (const box of legend?.querySelectorAll("input") ?? []) {
    box.hidden = false;
    box.addEventListener("change", () => {
      const off = [...legend.querySelectorAll("input:not(:checked)")].map((each) => each.value);
      text.dataset.hide = off.join(" ");
    });
  }

  // Who comes to see certain words is taken to them: once the page is loaded, for the browser itself goes to what the
  // address names as soon as it is drawn, and takes the focus from whatever has it.
  const anchor = location.hash.startsWith("#e") ? document.getElementById(location.hash.slice(1)) : null;
  const piece = anchor ? after(anchor) : null;
  const value = values.get(location.hash.slice(1));
  const arrive = () => requestAnimationFrame(() => requestAnimationFrame(() => (piece ? goTo(piece) : value?.querySelector(".value-go")?.focus())));
  if (document.readyState === "complete") arrive();
  else addEventListener("load", arrive, { once: true });
}
