// Maps of our own outlines: no tiles, nothing fetched from elsewhere. Marks are circles: how many, and how exactly.
import * as L from "../vendor/leaflet/leaflet.js";

const FINE_FROM = 4; // zoom from which the finer outlines are worth their size
const UNITS_FROM = 5; // and from which first-order units are drawn
const ANTARCTICA = "010"; // goes round the pole, and is at peace
const SMALLEST = 7; // pixels: a circle of five kilometres is not to be seen on a map of the world

const outlines = new Map(); // addresses already asked for

async function json(address) {
  if (!outlines.has(address)) {
    outlines.set(address, fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))));
  }
  return outlines.get(address);
}

/** A map in `element` with outlines of countries, their names and, close by, their units. `data-coarse`, `data-fine`
 * give the outlines, `data-words` the words of its buttons; `marked` is the number of a country that is to stand out. */
export function outlineMap(element, { small = false, marked = "" } = {}) {
  const words = JSON.parse(element.dataset.words);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: false,
    worldCopyJump: true,
    minZoom: 1,
    maxZoom: 11,
    zoomSnap: 0.25,
    zoomDelta: 1,
    wheelPxPerZoomLevel: 100,
    maxBounds: [[-85, -540], [85, 540]],
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    markerZoomAnimation: !calm,
    inertia: !calm,
    keyboard: !small,
  });
  L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out }).addTo(map);
  L.control.attribution({ prefix: false }).addAttribution(words.outlines).addTo(map);
  for (const [pane, level] of [["land", 200], ["units", 210], ["names", 220]]) {
    map.createPane(pane).style.zIndex = level;
    map.getPane(pane).style.pointerEvents = "none";
  }
  map.setView([20, 15], 2);
  drawLand(map, element, marked);
  return map;
}

function drawLand(map, element, marked) {
  const { coarse, fine } = element.dataset;
  const renderers = { land: L.canvas({ pane: "land", padding: 0.5 }), units: L.canvas({ pane: "units", padding: 0.5 }) };
  const drawn = { land: null, units: L.layerGroup().addTo(map), names: L.layerGroup().addTo(map) };
  const units = new Set();
  let names = {};
  let shown = "";
  let countries = [];
  let fitted = false;

  const style = () => {
    const look = getComputedStyle(element);
    const colour = (name) => look.getPropertyValue(name).trim();
    return {
      land: { color: colour("--map-border"), weight: 1, fillColor: colour("--map-land"), fillOpacity: 1 },
      marked: { color: colour("--bad"), weight: 2, dashArray: "6 4", fillColor: colour("--bad"), fillOpacity: 0.12 },
      units: { color: colour("--map-border"), weight: 0.5, fill: false, dashArray: "2 3" },
    };
  };

  const lookOf = (feature) => (feature.id === marked ? style().marked : style().land);

  async function land() {
    const wanted = map.getZoom() >= FINE_FROM && fine ? fine : coarse;
    if (wanted === shown) return;
    shown = wanted;
    let atlas;
    try {
      atlas = await json(wanted);
    } catch {
      return; // without outlines the marks are still there, and the list beside them
    }
    if (shown !== wanted) return;
    countries = topojson.feature(atlas, atlas.objects.countries).features
      .filter((feature) => feature.id !== ANTARCTICA)
      .map(flat)
      .map((feature) => ({ feature, bounds: L.geoJSON(feature).getBounds() }));
    drawn.land?.remove();
    drawn.land = L.geoJSON({ type: "FeatureCollection", features: countries.map((c) => c.feature) }, {
      style: lookOf,
      interactive: false,
      renderer: renderers.land,
      pane: "land",
    }).addTo(map);
    const mine = marked && countries.find(({ feature }) => feature.id === marked);
    if (mine && !fitted) {
      fitted = true;
      map.fitBounds(mine.bounds, { animate: false, padding: [20, 20] });
    }
    label();
  }

  function label() {
    drawn.names.clearLayers();
    const view = map.getBounds();
    for (const { feature, bounds } of countries) {
      const name = names[feature.id]?.name;
      if (!name || !view.intersects(bounds)) continue;
      const [middle, wide] = middleOf(feature, map);
      if (wide < name.length * 6.5 || !view.contains(middle)) continue; // no room for its name
      const label = document.createElement("span");
      label.textContent = name;
      label.setAttribute("aria-hidden", "true");
      const icon = L.divIcon({ className: "map-name", html: label, iconSize: [0, 0] });
      L.marker(middle, { icon, interactive: false, keyboard: false, pane: "names" }).addTo(drawn.names);
    }
  }

  async function closer() {
    if (map.getZoom() < UNITS_FROM) {
      drawn.units.clearLayers();
      units.clear();
      return;
    }
    const view = map.getBounds();
    for (const { feature, bounds } of countries) {
      const file = names[feature.id]?.units;
      if (!file || units.has(file) || !view.intersects(bounds)) continue;
      units.add(file);
      json(file)
        .then((atlas) => {
          if (!units.has(file)) return;
          const layer = L.geoJSON(topojson.feature(atlas, atlas.objects.units), {
            style: style().units,
            interactive: false,
            renderer: renderers.units,
            pane: "units",
          });
          layer.addTo(drawn.units);
        })
        .catch(() => {}); // the map is good without them
    }
  }

  const look = () => {
    drawn.land?.setStyle(lookOf);
    drawn.units.eachLayer((layer) => layer.setStyle(style().units));
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", look);
  new MutationObserver(look).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  map.on("moveend", () => land().then(() => (label(), closer())));
  json("/incidents/countries").then((found) => {
    names = found;
    label();
    closer();
  }).catch(() => {});
  land();
}

/** An outline that is drawn for a globe, made fit for a flat map: what crosses the 180th meridian goes on beyond it, and
 * is drawn at the other edge as well. */
function flat(feature) {
  const parts = feature.geometry.type === "Polygon" ? [feature.geometry.coordinates] : feature.geometry.coordinates;
  const drawn = [];
  for (const part of parts) {
    const rings = part.map((ring) => {
      let turn = 0;
      return ring.map(([x, y], n) => {
        const step = n ? x - ring[n - 1][0] : 0;
        if (step > 180) turn -= 360;
        if (step < -180) turn += 360;
        return [x + turn, y];
      });
    });
    drawn.push(rings);
    const sides = rings[0].map(([x]) => x);
    const shift = Math.max(...sides) > 180 ? -360 : Math.min(...sides) < -180 ? 360 : 0;
    if (shift) drawn.push(rings.map((ring) => ring.map(([x, y]) => [x + shift, y])));
  }
  return { ...feature, geometry: { type: "MultiPolygon", coordinates: drawn } };
}

/** The middle of a country's largest part, and how many pixels wide that is on the map. */
function middleOf(feature, map) {
  const parts = feature.geometry.type === "Polygon" ? [feature.geometry.coordinates] : feature.geometry.coordinates;
  let best = null;
  for (const [ring] of parts) {
    let [area, x, y, west, east] = [0, 0, 0, 180, -180];
    for (let n = 0; n < ring.length - 1; n += 1) {
      const cross = ring[n][0] * ring[n + 1][1] - ring[n + 1][0] * ring[n][1];
      area += cross;
      x += (ring[n][0] + ring[n + 1][0]) * cross;
      y += (ring[n][1] + ring[n + 1][1]) * cross;
      west = Math.min(west, ring[n][0]);
      east = Math.max(east, ring[n][0]);
    }
    if (best === null || Math.abs(area) > Math.abs(best.area)) best = { area, x, y, west, east };
  }
  const middle = L.latLng(best.y / (3 * best.area), best.x / (3 * best.area));
  const wide = map.latLngToLayerPoint([middle.lat, best.east]).x - map.latLngToLayerPoint([middle.lat, best.west]).x;
  return [middle, wide];
}

/** A circle of metres that is never smaller than can be seen. `rough`: somewhere in a region. */
export function precisionCircle(map, [lat, lon], metres, { rough = false, disputed = false, other = false } = {}) {
  const group = L.layerGroup();
  const classes = ["spot", rough && "spot-rough", disputed && "spot-disputed", other && "spot-other"].filter(Boolean).join(" ");
  const circle = L.circle([lat, lon], { radius: metres || 1, className: classes, interactive: true });
  const fit = () => {
    const pixels = metres / (156543.03 * Math.cos((lat * Math.PI) / 180)) * 2 ** map.getZoom();
    circle.setRadius(pixels < SMALLEST ? (SMALLEST / Math.max(pixels, 1e-9)) * metres : metres);
  };
  if (metres) {
    fit();
    map.on("zoomend", fit);
    group.on("remove", () => map.off("zoomend", fit));
  }
  circle.addTo(group);
  group.circle = circle;
  return group;
}

export { L };
