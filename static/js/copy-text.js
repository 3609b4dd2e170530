// A button [data-copy="id"] copies the words of the element with that id.
(() => {
  Liniya.each("[data-copy]", (button) => (button.hidden = !navigator.clipboard));
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
    Liniya.toast(Liniya.text("copied"));
  });
})();
