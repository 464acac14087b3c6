// Dropping a file anywhere, saying that a text is being coded, following the sample stream.
import { shortcuts } from "./shortcuts.js";

const form = document.querySelector("[data-code]");
if (form) {
  const file = form.querySelector("input[type=file]");
  form.querySelector("[data-can-drop]").hidden = false;
  const take = (files) => {
    if (!files.length) return;
    const one = new DataTransfer();
    one.items.add(files[0]);
    file.files = one.files;
    form.requestSubmit();
  };
  let over = 0;
  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  addEventListener("dragenter", (event) => {
    if (!carries(event)) return;
    over += 1;
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", () => {
    over = Math.max(0, over - 1);
    if (!over) document.body.classList.remove("dropping");
  });
  addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    document.body.classList.remove("dropping");
    take(event.dataTransfer.files);
  });
  addEventListener("paste", (event) => take(event.clipboardData?.files ?? []));
  form.addEventListener("submit", () => {
    form.querySelector("[data-busy]").hidden = false;
    form.querySelector("button[type=submit]").setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", () => { // back from the page of a draft
    form.querySelector("[data-busy]").hidden = true;
    form.querySelector("button[type=submit]").removeAttribute("aria-disabled");
  });
}

const samples = document.querySelector("[data-samples=running]");
if (samples) {
  const bar = samples.querySelector("[data-bar]");
  const done = samples.querySelector("[data-done]");
  const total = samples.querySelector("[data-total]");
  const follow = async () => {
    try {
      const answer = await fetch("/samples/progress", { headers: { Accept: "application/json" } });
      const now = await answer.json();
      if (now.state !== "running") {
        location.reload();
        return;
      }
      bar.max = now.total || 1;
      bar.value = now.done;
      done.textContent = now.done.toLocaleString(document.documentElement.lang);
      total.textContent = now.total.toLocaleString(document.documentElement.lang);
    } catch {
      // the desk may be busy: ask again
    }
    setTimeout(follow, 700);
  };
  setTimeout(follow, 400);
}

const keep = document.querySelector("[data-key=y]");
if (keep) shortcuts({ y: () => keep.click() });
