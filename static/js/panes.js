// Which pane a phone shows (body[data-pane]) and the side panel as a drawer where there is no room for it.
(() => {
  const { body } = document;

  document.addEventListener("click", ({ target }) => {
    const way = target.closest?.("[data-pane-to]");
    if (way) body.dataset.pane = body.dataset.pane === way.dataset.paneTo ? "list" : way.dataset.paneTo;
    if (target.closest?.("[data-drawer-toggle]")) body.toggleAttribute("data-drawer");
    else if (!target.closest?.(".side, dialog")) body.removeAttribute("data-drawer");
  });

  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") body.removeAttribute("data-drawer");
  });

  // A piece that was swapped in may name the pane to be seen now.
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const shown = detail.elt.closest?.("[data-pane-here]") ?? detail.elt.querySelector?.("[data-pane-here]");
    const panes = document.querySelector(".panes");
    panes?.classList.toggle("panes-why", Boolean(panes.querySelector(":scope > .why")));
    if (shown && detail.requestConfig?.triggeringEvent?.type === "click") body.dataset.pane = shown.dataset.paneHere;
  });
})();
