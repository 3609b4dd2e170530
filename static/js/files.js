// The files chosen in <input type="file" data-files>, listed by name and size, each with a way out.
// What the server would refuse is not sent at all: a request that is too large loses its text too.
(() => {
  const MOST = 10; // as desk/files.py and core/config.py have it
  const LARGEST = 20 * 1024 ** 2;
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

  const span = (className, textContent) => Object.assign(document.createElement("span"), { className, textContent });

  // As ui.file_name draws it: on one line, the middle goes where there is no room.
  function shownName(name) {
    const letters = [...name];
    if (letters.length <= 24) return name;
    const end = letters.splice(-12).join("");
    const parts = [span("fname-start", letters.join("")), span("", end)];
    parts.forEach((part) => part.setAttribute("aria-hidden", "true"));
    const whole = Object.assign(span("fname", ""), { title: name });
    whole.append(span("vh", name), ...parts);
    return whole;
  }

  function row(input, file) {
    const item = Object.assign(document.createElement("li"), { className: "file" });
    const name = span("file-n", "");
    name.append(shownName(file.name));
    const weight = span("file-s", size(file.size));
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

  function isTooMuch(input) {
    const files = [...input.files];
    return files.length > MOST || files.some((file) => file.size > LARGEST);
  }

  window.addEventListener("submit", (event) => {
    const input = [...event.target.elements].find((one) => one.matches("input[data-files]") && isTooMuch(one));
    if (!input) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    Liniya.toast(Liniya.text("tooLarge"), { kind: "error" });
    input.focus();
  }, true);

  document.addEventListener("change", ({ target }) => target.matches?.("input[data-files]") && draw(target));
})();
