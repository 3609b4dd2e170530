// The token goes with every request that changes something; a renewed one takes the place of the old.
(() => {
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb !== "get") Object.assign(detail.headers, Liniya.signed());
  });

  Liniya.renewToken = (token) => {
    const meta = document.querySelector('meta[name="csrf"]');
    if (!token || !meta) return false;
    meta.content = token;
    document.querySelectorAll('input[name="csrf_token"]').forEach((input) => (input.value = token));
    return true;
  };
})();
