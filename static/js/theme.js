// Light, dark or as the system, at once; the cookie tells the server for the next page.
(() => {
  const YEAR = 31536000; // seconds

  document.addEventListener("click", (event) => {
    const chosen = event.target.closest?.("[data-theme-form] button[name=theme]");
    if (!chosen) return;
    event.preventDefault();
    const root = document.documentElement;
    if (chosen.value === "auto") delete root.dataset.theme;
    else root.dataset.theme = chosen.value;
    document.cookie = `theme=${chosen.value}; Path=/; Max-Age=${YEAR}; SameSite=Lax`;
    document.querySelectorAll("[data-theme-form] button[name=theme]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.value === chosen.value));
    });
  });
})();
