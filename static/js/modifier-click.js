// Ctrl, Cmd, Shift or the middle button on a link mean a new tab: htmx must not see such a click.
(() => {
  const wantsTab = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.button === 1;

  window.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && wantsTab(event)) event.stopImmediatePropagation();
  }, true);
})();
