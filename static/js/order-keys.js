// Alt+↑ and Alt+↓ inside a row that can be moved press its own buttons; Enter in a field presses the button it names.
(() => {
  document.addEventListener("keydown", (event) => {
    const to = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const row = event.altKey && to && event.target.closest?.("[data-order-row]");
    const button = row && row.querySelector(`button:is([value="${to}"], [value="${to}:${CSS.escape(row.id)}"]):not([disabled])`);
    if (!button) return;
    event.preventDefault();
    button.focus();
    button.click();
  });

  document.addEventListener("keydown", (event) => {
    const named = event.key === "Enter" && !event.isComposing && event.target.dataset?.enter;
    if (!named) return;
    event.preventDefault();
    document.getElementById(named)?.click();
  });
})();
