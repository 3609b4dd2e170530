// The files chosen in <input type="file" data-files>, listed by name and size, each with a way out.
(() => {
  const UNITS = { ru: ["Б", "КБ", "МБ"], en: ["B", "KB", "MB"] };

  function size(bytes) {
    const { lang } = document.documentElement;
    const power = bytes < 1024 ? 0 : bytes < 1024 ** 2 ? 1 : 2;
    const amount = (bytes / 1024 ** power).toLocaleString(lang, { maximumFractionDigits: power === 2 ? 1 : 0 });
    return `${amount}\u00a0${(UNITS[lang] ?? UNITS.en)[power]}`;
  }

  function draw(input) {
    const list = input.closest(".field")?.querySelector("[data-file-list]");
    if (!list) return;
    list.hidden = !input.files.length;
    list.replaceChildren(...[...input.files].map((file) => row(input, file)));
  }

  function row(input, file) {
    const item = Object.assign(document.createElement("li"), { className: "file" });
    const name = Object.assign(document.createElement("span"), { className: "file-n", textContent: file.name });
    const weight = Object.assign(document.createElement("span"), { className: "file-s", textContent: size(file.size) });
    const out = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet btn-icon", textContent: "×" });
    out.setAttribute("aria-label", Liniya.text("remove", { name: file.name }));
    out.addEventListener("click", () => {
      const left = new DataTransfer();
      [...input.files].filter((other) => other !== file).forEach((other) => left.items.add(other));
      input.files = left.files;
      draw(input);
      input.focus();
    });
    item.append(name, weight, out);
    return item;
  }

  document.addEventListener("change", ({ target }) => target.matches?.("input[data-files]") && draw(target));
})();
