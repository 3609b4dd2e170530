// A form that is being sent is not sent again by a second click or Enter. Its key on the server does the rest.
(() => {
  const RELEASE = 15000; // ms; a download or an answer without a page would lock the form for good

  const posts = (form) => form instanceof HTMLFormElement && !form.hasAttribute("data-repeatable")
    && (form.method === "post" || form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]"));
  const byHtmx = (form) => form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]");

  function mark(form, sending) {
    form.toggleAttribute("data-sending", sending);
    form.querySelectorAll("button:not([type=button])").forEach((button) => {
      for (const name of ["aria-disabled", "aria-busy"]) {
        if (sending) button.setAttribute(name, "true");
        else button.removeAttribute(name);
      }
    });
  }

  window.addEventListener("submit", (event) => {
    if (!posts(event.target) || !event.target.hasAttribute("data-sending")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  window.addEventListener("submit", ({ target, defaultPrevented }) => {
    if (!posts(target) || defaultPrevented || byHtmx(target)) return;
    mark(target, true);
    setTimeout(() => mark(target, false), RELEASE);
  });

  document.addEventListener("htmx:beforeRequest", ({ target }) => posts(target) && mark(target, true));
  document.addEventListener("htmx:afterRequest", ({ target }) => posts(target) && mark(target, false));
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) document.querySelectorAll("[data-sending]").forEach((form) => mark(form, false));
  });
})();
