// Tabs in place: role=tablist > role=tab[aria-controls]; arrows move, the panel's text field gets the focus.
(() => {
  const tabs = (list) => [...list.querySelectorAll('[role="tab"]')];
  const panel = (tab) => document.getElementById(tab.getAttribute("aria-controls"));

  function choose(tab) {
    tabs(tab.closest('[role="tablist"]')).forEach((other) => {
      const chosen = other === tab;
      other.setAttribute("aria-selected", String(chosen));
      other.tabIndex = chosen ? 0 : -1;
      if (panel(other)) panel(other).hidden = !chosen;
    });
  }

  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.('[role="tab"][aria-controls]');
    if (!tab) return;
    event.preventDefault(); // a tab may be a link, for those without scripts
    choose(tab);
    panel(tab)?.querySelector("[data-tab-focus]")?.focus();
  });

  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest?.('[role="tab"][aria-controls]');
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!tab || !step) return;
    const all = tabs(tab.closest('[role="tablist"]'));
    const next = all[(all.indexOf(tab) + step + all.length) % all.length];
    choose(next);
    next.focus();
    event.preventDefault();
  });

  Liniya.each('[role="tab"][aria-selected="true"]', choose);
})();
