// Articles: a button that copies a piece of code, and anchors that copy the address of their section.
(() => {
  async function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // no clipboard on plain http, usual inside a company
    const area = Object.assign(document.createElement("textarea"), { value: text, className: "vh" });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  Liniya.each("pre.code", (block) => {
    if (block.parentElement.classList.contains("code-box")) return;
    const box = Object.assign(document.createElement("div"), { className: "code-box" });
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "btn code-copy", textContent: Liniya.text("copy"),
    });
    button.addEventListener("click", async () => {
      await copy(block.innerText);
      Liniya.toast(Liniya.text("copied"));
    });
    block.replaceWith(box);
    box.append(block, button);
  });

  document.addEventListener("click", (event) => {
    const anchor = event.target.closest?.("a.anchor");
    if (anchor) copy(anchor.href).then(() => Liniya.toast(Liniya.text("copied")), () => {});
  });
})();
