// What the other scripts share: texts in the page's language, and being told about new pieces of the page.
window.Liniya = (() => {
  const texts = JSON.parse(document.body.dataset.texts || "{}");
  const watchers = [];

  const text = (name, values = {}) =>
    (texts[name] || name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

  // Calls act(element) for each element that matches, now and whenever htmx brings one.
  function each(selector, act) {
    const find = (root) => {
      if (root.matches?.(selector)) act(root);
      root.querySelectorAll(selector).forEach(act);
    };
    watchers.push(find);
    find(document);
  }

  document.addEventListener("htmx:load", ({ detail }) => watchers.forEach((find) => find(detail.elt)));

  // <html data-scripts="ready">: whoever drives the page from outside may begin.
  const ready = () => (document.documentElement.dataset.scripts = "ready");
  document.addEventListener("htmx:load", ready, { once: true });
  if (document.readyState === "complete") setTimeout(ready);

  // Storage may be switched off; then nothing is kept and nothing breaks.
  const store = {
    get(key) {
      try {
        return JSON.parse(localStorage.getItem(`liniya.${key}`));
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        localStorage.setItem(`liniya.${key}`, JSON.stringify(value));
      } catch {
        // full or forbidden
      }
    },
    drop(key) {
      try {
        localStorage.removeItem(`liniya.${key}`);
      } catch {
        // forbidden
      }
    },
  };

  const token = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

  // Another person may have signed in since the page was drawn.
  const who = document.body.dataset.who ?? "";
  const signed = () => ({ "X-CSRFToken": token(), "X-Page-Of": who });

  return { text, each, store, who, signed };
})();
