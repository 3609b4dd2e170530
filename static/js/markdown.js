// A bar of buttons above a text in Markdown: marks go around what is chosen, or before its lines.
(() => {
  const AROUND = { bold: "**", italic: "*", code: "`" };
  const BEFORE = { h2: () => "## ", ul: () => "- ", ol: (at) => `${at + 1}. `, tip: () => "> ", warn: () => "> " };
  const HEADS = { tip: "> [!TIP]\n", warn: "> [!WARNING]\n" };
  const TABLE = "\n| | |\n|---|---|\n| | |\n";
  const KEYS = { KeyB: "bold", KeyI: "italic", KeyK: "link" };

  const areaOf = (bar) => document.getElementById(bar.dataset.markdown);

  function put(area, text, from, to, select) {
    area.focus();
    area.setSelectionRange(from, to);
    // Typed rather than set, so that the browser can undo it.
    if (!document.execCommand("insertText", false, text)) area.setRangeText(text, from, to, "end");
    if (select) area.setSelectionRange(from + select[0], from + select[1]);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function around(area, mark) {
    const { selectionStart: from, selectionEnd: to, value } = area;
    const said = value.slice(from, to);
    if (said.startsWith(mark) && said.endsWith(mark) && said.length > 2 * mark.length) {
      put(area, said.slice(mark.length, -mark.length), from, to, [0, said.length - 2 * mark.length]);
    } else put(area, mark + said + mark, from, to, [mark.length, mark.length + said.length]);
  }

  function before(area, key) {
    const { value } = area;
    const from = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const end = value.indexOf("\n", area.selectionEnd);
    const to = end < 0 ? value.length : end;
    const lines = value.slice(from, to).split("\n").map((line, at) => BEFORE[key](at) + line);
    put(area, (HEADS[key] ?? "") + lines.join("\n"), from, to);
  }

  function link(area) {
    const { selectionStart: from, selectionEnd: to, value } = area;
    const said = value.slice(from, to);
    const words = said || Liniya.text("linkWords");
    const text = `[${words}](https://)`;
    put(area, text, from, to, said ? [text.length - 9, text.length - 1] : [1, 1 + words.length]);
  }

  function act(area, key) {
    if (key in AROUND) around(area, AROUND[key]);
    else if (key in BEFORE) before(area, key);
    else if (key === "link") link(area);
    else put(area, TABLE, area.selectionEnd, area.selectionEnd);
  }

  Liniya.each("[data-markdown]", (bar) => bar.querySelectorAll("[data-put]").forEach((button) => (button.hidden = false)));

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-markdown] [data-put]");
    if (button) act(areaOf(button.closest("[data-markdown]")), button.dataset.put);
  });

  document.addEventListener("keydown", (event) => {
    const bar = event.target.id && document.querySelector(`[data-markdown="${CSS.escape(event.target.id)}"]`);
    const key = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && KEYS[event.code];
    if (!bar || !key) return;
    event.preventDefault();
    event.stopPropagation();
    act(event.target, key);
  }, true);
})();
