// After an answer the focus goes where the reader should be: the summary of errors, or the heading of a new pane.
(() => {
  const prefix = () => `${Liniya.text("error")} `;

  function sayError(summary) {
    if (!document.title.startsWith(prefix())) document.title = prefix() + document.title;
    summary.focus();
  }

  function withoutPrefix() {
    if (document.title.startsWith(prefix())) document.title = document.title.slice(prefix().length);
  }

  const byPerson = ({ detail }) =>
    ["click", "submit", "keydown", "change", "popstate"].includes(detail.requestConfig?.triggeringEvent?.type);

  document.addEventListener("htmx:afterSettle", (event) => {
    const place = document.getElementById(event.detail.target?.id) ?? event.detail.elt;
    if (!place || !byPerson(event)) return;
    const summary = within(place, "[data-error-summary]");
    if (summary) return sayError(summary);
    withoutPrefix();
    const titled = within(place, "[data-title]");
    if (titled) document.title = titled.dataset.title;
    within(place, "[data-focus]")?.focus({ preventScroll: true });
  });

  const within = (place, selector) => (place.matches(selector) ? place : place.querySelector(selector));

  // A whole page that came back with 422 has its title from the server already.
  const summary = document.querySelector("[data-error-summary]");
  if (summary) sayError(summary);
})();
