// The open ticket: its conversation starts at its end and stays there, a used menu closes, its row is marked.
(() => {
  const NEAR = 80; // px from the end within which one is taken to be reading the newest
  const scroller = () => document.querySelector("[data-thread]");
  const isAtEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;

  function toEnd(box) {
    const fresh = box.querySelector("#new");
    box.scrollTop = box.scrollHeight;
    if (fresh && fresh.offsetTop < box.scrollTop) box.scrollTop = fresh.offsetTop;
  }

  let stays = false;
  document.addEventListener("htmx:beforeSwap", () => {
    const box = scroller();
    stays = Boolean(box) && isAtEnd(box);
  });
  document.addEventListener("htmx:afterSettle", () => {
    const box = scroller();
    if (box && stays) box.scrollTop = box.scrollHeight;
  });
  Liniya.each("[data-thread]", toEnd);

  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    const menu = target.closest?.("details[data-menu]");
    if (menu && detail.successful && detail.xhr.status < 400) menu.open = false;
  });

  // The address says which ticket is open, whoever drew the list.
  function mark() {
    document.querySelectorAll("[data-row]").forEach((row) => {
      const link = row.querySelector("a[data-row-link]");
      const isHere = link?.pathname === location.pathname;
      row.classList.toggle("trow-on", isHere);
      link?.toggleAttribute("aria-current", isHere);
      if (isHere) link.setAttribute("aria-current", "true");
    });
  }
  for (const name of ["htmx:afterSettle", "htmx:pushedIntoHistory"]) document.addEventListener(name, mark);
})();
