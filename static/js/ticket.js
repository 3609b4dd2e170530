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

  // A conversation that shows its end goes on showing it: when words come, when the composer grows.
  let stays = false;
  const look = () => {
    const box = scroller();
    stays = Boolean(box) && isAtEnd(box);
    sawNewest(box);
  };
  const stay = () => {
    const box = scroller();
    if (box && stays) box.scrollTop = box.scrollHeight;
    sawNewest(box);
  };
  document.addEventListener("htmx:beforeSwap", look);
  document.addEventListener("htmx:afterSettle", stay);
  document.addEventListener("scroll", ({ target }) => target === scroller() && look(), true);
  document.addEventListener("visibilitychange", () => sawNewest(scroller()));
  document.addEventListener("liniya:noticed", () => sawNewest(scroller()));
  const sizes = new ResizeObserver(stay);
  Liniya.each("[data-thread]", (box) => {
    toEnd(box);
    look();
    sizes.observe(box);
  });

  // What came while an answer is being written is seen once the last of it begins on the screen.
  function sawNewest(box) {
    const mark = box?.querySelector("input[data-newest]");
    if (!mark || mark.hasAttribute("data-unnoticed") || document.hidden) return;
    const { top, height } = [...box.querySelectorAll(".msg")].at(-1)?.getBoundingClientRect() ?? {};
    const frame = box.getBoundingClientRect();
    if (!height || top + Math.min(height, NEAR) > frame.bottom + 1) return;
    mark.value = mark.dataset.newest;
    delete mark.dataset.newest;
  }

  // The composer is small until it is used; then it stays large, so that nothing jumps on the way out.
  // Its tabs do not count: they would move away under the pointer that presses them.
  document.addEventListener("focusin", ({ target }) => target.closest?.(".compose")?.closest(".composer").setAttribute("data-used", ""));

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
