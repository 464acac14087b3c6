// The marks of the incidents found: put together by the server, drawn as circles, reached by the arrow keys.
import { L, outlineMap, precisionCircle } from "./map.js";

/** The map of the incidents page. `follow(address)` shows another selection. */
export class Marks {
  constructor(element, card, elsewhere, follow) {
    Object.assign(this, { element, card, elsewhere, follow });
    this.words = JSON.parse(element.dataset.words);
    this.map = outlineMap(element);
    this.layer = L.layerGroup().addTo(this.map);
    this.shown = [];
    this.asked = null;
    this.fit();
    this.map.on("moveend", () => this.ask());
    element.addEventListener("keydown", (event) => this.key(event));
    L.DomEvent.disableScrollPropagation(element);
    this.map.scrollWheelZoom.disable(); // the page scrolls; with Ctrl, or once the map has the focus, the map does
    element.addEventListener("focusin", () => this.map.scrollWheelZoom.enable());
    element.addEventListener("focusout", () => this.map.scrollWheelZoom.disable());
    element.addEventListener("click", () => this.map.scrollWheelZoom.enable());
    this.ask();
  }

  /** Show another selection: its query and its extent are in the element's data. */
  renew() {
    this.card.replaceChildren();
    this.fit();
    this.ask();
  }

  fit() {
    const { extent } = this.element.dataset;
    if (!extent) return;
    const [west, south, east, north] = extent.split(",").map(Number);
    const wide = 0.6; // a single place is shown with its surroundings
    this.map.fitBounds([[south - wide, west - wide], [north + wide, east + wide]], { padding: [18, 18], maxZoom: 7, animate: false });
  }

  view() {
    const box = this.map.getBounds();
    const side = (degrees) => degrees.toFixed(4);
    return [box.getWest(), Math.max(-90, box.getSouth()), box.getEast(), Math.min(90, box.getNorth())].map(side).join(",");
  }

  async ask() {
    this.asked?.abort();
    this.asked = new AbortController();
    const query = new URLSearchParams(this.element.dataset.query);
    query.set("view", this.view());
    query.set("zoom", this.map.getZoom());
    try {
      const answer = await fetch(`/incidents/map?${query}`, { signal: this.asked.signal });
      if (answer.ok) this.draw(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  draw({ marks, elsewhere }) {
    const focused = this.element.contains(document.activeElement) && document.activeElement !== this.element;
    this.layer.clearLayers();
    this.shown = marks.map((mark) => this.mark(mark));
    for (const { element } of this.shown) element.tabIndex = -1;
    if (this.shown[0]) this.shown[0].element.tabIndex = 0;
    if (focused) (this.shown[0]?.element ?? this.element).focus();
    const line = this.elsewhere;
    line.hidden = elsewhere === 0;
    const told = elsewhere === 1 ? line.dataset.one : line.dataset.many.replace("NUM", elsewhere.toLocaleString(document.documentElement.lang));
    line.querySelector("span").textContent = told;
    line.querySelector("a").href = `/incidents?${this.without("drawn")}`;
    this.element.dataset.drawn = String(marks.length);
  }

  without(name) {
    const query = new URLSearchParams(this.element.dataset.query);
    query.delete(name);
    query.set(name, "no");
    return query;
  }

  mark(mark) {
    const one = mark.radius !== null;
    const layer = one ? precisionCircle(this.map, [mark.lat, mark.lon], mark.radius, mark) : this.cluster(mark);
    layer.addTo(this.layer);
    const element = one ? layer.circle.getElement() : layer.getElement();
    if (one && mark.incidents > 1) this.number(mark).addTo(this.layer);
    element.setAttribute("role", "button");
    const told = [mark.title, mark.what ?? (mark.title === mark.number ? null : mark.number), mark.rough && this.words.rough,
      mark.disputed && (mark.incidents === 1 ? this.words.disputed : `${mark.disputed} ${this.words.disputed}`)];
    element.setAttribute("aria-label", told.filter(Boolean).join(", "));
    const open = () => this.tell(mark);
    (one ? layer.circle : layer).on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      open();
    });
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      open();
      this.card.querySelector("a, button")?.focus();
    });
    return { element, mark };
  }

  cluster(mark) {
    const size = Math.round(22 + 5.5 * Math.log10(mark.incidents)); // no wider than the cells of the server's grid
    const icon = L.divIcon({ className: `cluster${mark.rough ? " cluster-rough" : ""}`, iconSize: [size, size], html: "" });
    const marker = L.marker([mark.lat, mark.lon], { icon, keyboard: false });
    marker.on("add", () => {
      marker.getElement().textContent = short(mark.incidents);
    });
    return marker;
  }

  number(mark) {
    const icon = L.divIcon({ className: "spot-number", iconSize: [40, 16], html: "" });
    const marker = L.marker([mark.lat, mark.lon], { icon, interactive: false, keyboard: false });
    marker.on("add", () => {
      marker.getElement().textContent = short(mark.incidents);
      marker.getElement().setAttribute("aria-hidden", "true");
    });
    return marker;
  }

  /** Say below the map what a mark is, with the ways on from it. */
  tell(mark) {
    const parts = [];
    const name = document.createElement("strong");
    name.textContent = mark.title;
    parts.push(name);
    const more = [mark.what ?? (mark.title === mark.number ? null : mark.number), mark.disputed ? (mark.incidents === 1 ? this.words.disputed : `${mark.disputed} ${this.words.disputed}`) : null];
    for (const said of more.filter(Boolean)) parts.push(` · ${said}`);
    const ways = document.createElement("span");
    ways.className = "ways";
    if (mark.id) {
      const link = document.createElement("a");
      link.href = `/incidents/${encodeURIComponent(mark.id)}`;
      link.textContent = this.words.open;
      ways.append(link);
    } else {
      const [west, south, east, north] = mark.box;
      if (east - west > 0.01 || north - south > 0.01) {
        const closer = document.createElement("button");
        closer.type = "button";
        closer.className = "small";
        closer.textContent = this.words.closer;
        closer.addEventListener("click", () => {
          this.map.fitBounds([[south, west], [north, east]], { padding: [30, 30], maxZoom: 10 });
          this.element.focus();
        });
        ways.append(closer);
      }
      const list = document.createElement("a");
      list.href = `/incidents?${mark.query}`;
      list.textContent = this.words.list;
      list.addEventListener("click", (event) => {
        event.preventDefault();
        this.follow(list.href);
      });
      ways.append(list);
    }
    this.card.replaceChildren(...parts, ways);
  }

  key(event) {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const at = this.shown.findIndex(({ element }) => element === document.activeElement);
    if (at < 0 || !(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.move(at, (at + steps[event.key] + this.shown.length) % this.shown.length);
  }

  move(from, to) {
    this.shown[from].element.tabIndex = -1;
    this.shown[to].element.tabIndex = 0;
    this.shown[to].element.focus({ preventScroll: true });
    this.tell(this.shown[to].mark);
  }

  /** Into the map: to the mark that can be reached by Tab. */
  enter() {
    const first = this.shown.find(({ element }) => element.tabIndex === 0);
    (first?.element ?? this.element).focus();
    if (first) this.tell(first.mark);
  }

  /** Show where an incident of the list is; without arguments, no longer. */
  point(lat, lon) {
    this.ring?.remove();
    this.ring = null;
    if (lat === undefined) return;
    const icon = L.divIcon({ className: "pointed", iconSize: [34, 34], html: "" });
    this.ring = L.marker([lat, lon], { icon, interactive: false, keyboard: false, zIndexOffset: 1000 }).addTo(this.map);
    this.ring.getElement().setAttribute("aria-hidden", "true");
  }
}

function short(number) {
  return number < 10000 ? String(number) : `${Math.round(number / 1000)}k`;
}
