// A row of many links that is one stop of the Tab key: arrows, Home and End lead along it.

/** Make the elements that `selector` finds in `row` such a row. */
export function roving(row, selector) {
  const all = () => [...row.querySelectorAll(selector)];
  const only = (chosen) => {
    for (const each of all()) each.setAttribute("tabindex", each === chosen ? "0" : "-1");
  };
  only(all().at(-1));
  row.addEventListener("keydown", (event) => {
    const items = all();
    const at = items.indexOf(document.activeElement);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const forward = document.documentElement.dir === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined || !items[to]) return;
    event.preventDefault();
    only(items[to]);
    items[to].focus();
  });
}
