// The trigger editor: after a button the focus is at its row, Alt+Enter adds a condition, long lists can be sifted.
(() => {
  const form = () => document.getElementById("trigger");

  // Whoever comes to a tab by its address sees it: on a phone it is below all that is written.
  const byAddress = !location.hash && new URLSearchParams(location.search).has("tab");
  if (byAddress) document.querySelector("#panel .tab[aria-current]")?.scrollIntoView();

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const parts = document.getElementById("parts");
    if (!parts || detail.target?.id !== "parts") return;
    ["findings", "redrawn"].forEach((name) => document.body.dispatchEvent(new Event(name)));
    if (parts.dataset.at) focusOn(parts.dataset.at, detail.requestConfig?.elt);
  });

  // The same button where it still stands, else the first field of the row.
  function focusOn(path, pressed) {
    const row = document.getElementById(path);
    const verb = /^(up|down):/.exec(pressed?.value ?? "")?.[1];
    const own = verb && row?.querySelector(`button[value="${verb}:${path}"]:not([disabled])`);
    const field = row?.querySelector("select:not([disabled]), input:not([type=hidden]):not([disabled]), button:not([disabled])");
    (own ?? field)?.focus();
  }

  const adding = () => {
    const group = document.activeElement?.closest("#trigger .group") ?? form()?.querySelector("#if");
    return group?.querySelector(":scope > .add [value^='add-condition:']");
  };

  // A condition to the group that has the focus, else to the outermost one.
  Liniya.keys.add({
    keys: ["Alt+Enter"],
    label: Liniya.text("addCondition"),
    group: Liniya.text("onPage"),
    when: () => adding(),
    run: () => adding().click(),
  });

  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("[data-sift]")) return;
    const wanted = target.value.trim().toLowerCase();
    target.parentElement.querySelectorAll("label.check").forEach((label) => {
      label.hidden = !label.textContent.toLowerCase().includes(wanted);
    });
  });
})();
