// The command palette: actions of this page by their words, then what the server finds; all by keys.
(() => {
  const dialog = document.querySelector("dialog[data-palette]");
  if (!dialog) return;
  const input = dialog.querySelector("#pal-input");
  const here = dialog.querySelector("#pal-here");
  const items = () => [...dialog.querySelectorAll('[role="option"]')].filter((item) => !item.closest("[hidden]"));
  const MAX = 8;

  dialog.addEventListener("opened", () => {
    input.value = "";
    input.focus();
    drawHere();
    htmx.trigger(input, "palette-open");
  });

  // What can be done on this page is known by its keys.
  function drawHere() {
    const words = input.value.trim().toLocaleLowerCase();
    const able = [...document.querySelectorAll("body [data-key]:not(dialog *)")]
      .filter((element) => element.dataset.open !== dialog.id && !element.disabled && !element.dataset.key.startsWith("KeyG "))
      .filter((element) => words && label(element).toLocaleLowerCase().includes(words));
    here.hidden = !able.length;
    here.querySelectorAll('[role="option"]').forEach((item) => item.remove());
    here.append(...able.slice(0, MAX).map(option));
    select(0);
  }

  const label = (element) => element.dataset.keyLabel || element.textContent.trim();

  function option(element, place) {
    const item = Object.assign(document.createElement("div"), { className: "menu-item", id: `pal-here-${place}`, textContent: label(element) });
    item.setAttribute("role", "option");
    const cap = Object.assign(document.createElement("kbd"), { className: "push", textContent: element.dataset.key.replace(/Key|\+/g, (found) => (found === "+" ? " " : "")) });
    item.append(cap);
    item.addEventListener("click", () => {
      dialog.close();
      if (element.matches("input, textarea, select")) element.focus();
      else element.click();
    });
    return item;
  }

  function select(place) {
    const all = items();
    const chosen = all[(place + all.length) % all.length];
    all.forEach((item, number) => {
      item.id ||= `pal-${number}`;
      item.setAttribute("aria-selected", String(item === chosen));
    });
    input.setAttribute("aria-activedescendant", chosen?.id ?? "");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  const selected = () => items().findIndex((item) => item.getAttribute("aria-selected") === "true");

  input.addEventListener("input", drawHere);
  dialog.addEventListener("htmx:afterSettle", () => select(0));
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = items()[Math.max(selected(), 0)]; // results that came this instant are not marked yet
    if (step) select(selected() + step);
    else if (event.key === "Enter" && item?.href && (event.ctrlKey || event.metaKey)) window.open(item.href, "_blank", "noopener");
    else if (event.key === "Enter") item?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const open = document.querySelector("[data-live-case]");
    if (detail.elt === input && open) detail.parameters.case = open.dataset.liveCase;
  });
})();
