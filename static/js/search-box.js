// The search field of the help pages: ↓ goes into the results, ↑ and Esc lead back, Enter opens.
(() => {
  const box = () => document.querySelector("[data-search-box]");
  const hits = () => [...document.querySelectorAll("[data-search-results] a[href]")];

  // A phone would cover half of the page with its keyboard.
  const wide = matchMedia("(min-width: 761px) and (hover: hover)");
  const field = box();
  if (field && wide.matches && document.activeElement === document.body && !location.hash) {
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
  }

  function move(event, by) {
    const all = hits();
    const place = all.indexOf(document.activeElement) + by;
    if (place >= all.length) return;
    event.preventDefault();
    (place < 0 ? box() : all[place]).focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !box()) return;
    const inBox = event.target === box();
    const inHits = event.target.closest?.("[data-search-results] a[href]");
    if (event.key === "ArrowDown" && (inBox || inHits)) move(event, 1);
    else if (event.key === "ArrowUp" && inHits) move(event, -1);
    else if (event.key === "Escape" && inHits) {
      event.preventDefault();
      box().focus();
    }
  });
})();
