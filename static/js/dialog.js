// Native dialogs by data-open="id" and data-close; fold-out menus that close as one expects of a menu.
(() => {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-open]");
    const dialog = opener && document.getElementById(opener.dataset.open);
    if (dialog) {
      event.preventDefault();
      closeMenus();
      if (!dialog.open) dialog.showModal();
      dialog.dispatchEvent(new Event("opened"));
    }
    if (event.target.closest?.("[data-close]")) event.target.closest("dialog")?.close();
    if (event.target.localName === "dialog" && isOutside(event)) event.target.close();
  });

  function isOutside({ target, clientX, clientY }) {
    const box = target.getBoundingClientRect();
    return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
  }

  const menus = () => document.querySelectorAll("details[data-menu][open]");

  function closeMenus(except) {
    menus().forEach((menu) => {
      if (menu !== except && !menu.contains(except)) menu.open = false;
    });
  }

  document.addEventListener("click", ({ target }) => closeMenus(target.closest?.("details[data-menu]") ?? undefined));

  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("details[data-menu][open]");
    const last = menu ?? [...menus()].at(-1); // just opened: the focus is still on its way in
    if (event.key === "Escape" && last) {
      last.open = false;
      last.querySelector("summary").focus();
      event.preventDefault();
    }
    if (menu && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      const items = [...menu.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, select")];
      const step = event.key === "ArrowDown" ? 1 : -1;
      const at = items.indexOf(document.activeElement);
      items[(at + step + items.length) % items.length]?.focus();
      event.preventDefault();
    }
  });

  document.addEventListener("toggle", ({ target }) => {
    if (target.open && target.matches?.("details[data-menu]")) {
      target.querySelector(".menu [aria-current=true], .menu a[href], .menu button, .menu input:not([type=hidden])")?.focus();
    }
  }, true);
})();
