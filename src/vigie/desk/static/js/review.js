// One key for each answer; a reason half typed is kept in this tab until it is sent.
import { shortcuts } from "./shortcuts.js";

const keys = {};
let sent = false; // one answer to one item, however often the key is hit
for (const each of document.querySelectorAll("main [data-key]")) {
  keys[each.dataset.key] ??= () => {
    if (sent) return;
    if (each.dataset.edit === undefined) sent = true;
    each.click();
  };
}

const edit = document.getElementById("edit");
document.querySelector("[data-edit]")?.addEventListener("click", (event) => {
  event.preventDefault();
  edit.open = true;
  edit.querySelector(".value-inputs input:not([type=hidden]), .value-inputs select")?.focus();
});
if (edit?.open) edit.querySelector("[aria-invalid], .value-inputs input:not([type=hidden])")?.focus();

const why = document.getElementById("f-why");
keys.w = () => why?.focus();
shortcuts(keys);

for (const form of document.querySelectorAll("form[data-draft]")) {
  const name = `draft ${form.dataset.draft}`;
  const inputs = [...form.elements].filter((each) => each.name && each.type !== "hidden" && each.type !== "submit");
  const kept = JSON.parse(sessionStorage.getItem(name) ?? "null");
  if (kept && !document.querySelector("[role=alert], .error")) {
    inputs.forEach((each, place) => {
      const was = kept[place];
      if (was === undefined) return;
      if (each.type === "checkbox" || each.type === "radio") each.checked = was;
      else if (was !== "") each.value = was;
    });
  }
  form.addEventListener("input", () => {
    const now = inputs.map((each) => (each.type === "checkbox" || each.type === "radio" ? each.checked : each.value));
    sessionStorage.setItem(name, JSON.stringify(now));
  });
  form.addEventListener("submit", () => sessionStorage.removeItem(name));
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches("input, textarea, select") && !document.querySelector("dialog[open]")) event.target.blur();
});
