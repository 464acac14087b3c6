// The map of one incident: circles of what is known, never a point; a country where nothing finer is.
import { L, outlineMap, precisionCircle } from "./map.js";

export function drawPlace(element) {
  const { circles, country } = JSON.parse(element.dataset.place);
  const map = outlineMap(element, { small: true, marked: country });
  map.scrollWheelZoom.disable();
  element.addEventListener("click", () => map.scrollWheelZoom.enable());
  if (!circles.length) return;
  const bounds = L.latLngBounds([]);
  circles.forEach((place, n) => {
    const drawn = precisionCircle(map, [place.lat, place.lon], place.radius, { rough: place.rough, other: n > 0 }).addTo(map);
    const words = place.who ? `${place.name} (${place.who})` : place.name;
    drawn.circle.bindTooltip(words, { direction: "top", permanent: circles.length > 1 });
    drawn.circle.getElement()?.setAttribute("aria-label", words);
    drawn.circle.getElement()?.setAttribute("role", "img");
    bounds.extend(L.latLng(place.lat, place.lon).toBounds(Math.max(2.4 * place.radius, 120000)));
  });
  map.fitBounds(bounds, { animate: false, maxZoom: 8 });
}
