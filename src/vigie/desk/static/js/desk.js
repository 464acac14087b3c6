// What every page has: light or dark without a reload, the help on keys, keys that lead to pages.
import { shortcuts } from "./shortcuts.js";

for (const button of document.querySelectorAll("[data-open]")) {
  button.hidden = false; // of no use without this script
  button.addEventListener("click", () => document.getElementById(button.dataset.open).showModal());
}

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // the backdrop
  });
}

const themes = document.querySelector("[data-theme-switch]");
themes?.addEventListener("submit", (event) => {
  const chosen = event.submitter;
  if (!chosen) return;
  event.preventDefault();
  document.documentElement.dataset.theme = chosen.value;
  for (const each of themes.querySelectorAll("button")) each.setAttribute("aria-pressed", String(each === chosen));
  fetch(themes.action, { method: "POST", body: new FormData(themes, chosen), redirect: "manual" }).catch(() => {});
});

const keys = {
  "?": () => document.getElementById("keys-help").showModal(),
  "/": () => document.querySelector("input[type=search]")?.focus(),
};
for (const link of document.querySelectorAll(".pages a[data-keys]")) keys[link.dataset.keys] = () => link.click();
shortcuts(keys);
