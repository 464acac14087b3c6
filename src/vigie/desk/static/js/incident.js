// The page of one incident: the map of its place, forms that open where they are asked for, copying, printing.
import { shortcuts } from "./shortcuts.js";
import { say } from "./messages.js";

const map = document.getElementById("place-map");
if (map) {
  map.hidden = false;
  import("./place.js").then(({ drawPlace }) => drawPlace(map));
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const told = [...document.getElementById(button.dataset.copy).querySelectorAll("[data-said]")]; // not the notes
    await navigator.clipboard.writeText(told.map((sentence) => sentence.textContent.trim()).join(" "));
    say(button.dataset.said);
  });
}

/** The form of a value comes from the server and opens in a dialog; without this script it is a page of its own. */
const dialog = document.getElementById("value-dialog");
async function open(link) {
  const asked = new URL(link.href);
  asked.searchParams.set("fragment", "true");
  const answer = await fetch(asked, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) {
    location.href = link.href; // the page says what is wrong
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  dialog.replaceChildren(...page.body.childNodes);
  dialog.showModal();
  dialog.querySelector("[name=why], .value-inputs input:not([type=hidden]), .value-inputs select")?.focus();
  dialog.addEventListener("close", () => link.focus(), { once: true });
}
if (dialog) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-form]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link);
  });
}

const to = (id) => () => {
  const section = document.getElementById(id);
  section?.scrollIntoView({ block: "start" });
  section?.focus({ preventScroll: true });
};
shortcuts({ v: to("record"), c: to("accounts"), l: to("decisions") });
