// A list that is being looked at does not move: what is new waits behind a pill until it may come in.
(() => {
  const list = (node) => node.closest?.("[data-hold]");
  const scroller = (held) => held.querySelector(".scroll");
  const isWatched = (held) => held.matches(":hover") || held.contains(document.activeElement) || scroller(held).scrollTop > 0;
  const asked = new WeakSet();

  const rows = (root) => [...root.querySelectorAll("[data-row]")].map((row) => row.id);

  function hold(held, html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const known = new Set(rows(held));
    const count = rows(fresh).filter((id) => !known.has(id)).length;
    const pill = held.querySelector("[data-pill]");
    held.dataset.waiting = "yes";
    pill.hidden = !count;
    pill.querySelector("[data-pill-text]").textContent = `+${count}`;
  }

  function letIn(held) {
    delete held.dataset.waiting;
    asked.add(held);
    htmx.trigger(held, "live");
  }

  document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
    const held = target.matches?.("[data-hold]") ? target : null;
    if (!held || detail.requestConfig.elt !== held) return;
    if (asked.delete(held) || !isWatched(held)) return;
    detail.shouldSwap = false;
    hold(held, detail.xhr.responseText);
  });

  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("[data-pill]")) return;
    const held = list(target);
    scroller(held).scrollTop = 0;
    letIn(held);
  });

  document.addEventListener("mouseout", ({ target, relatedTarget }) => {
    const held = list(target);
    if (held?.dataset.waiting && !held.contains(relatedTarget) && !scroller(held).scrollTop) letIn(held);
  });
})();
