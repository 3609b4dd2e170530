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

  // A stand-in keeps the place while a picture is on its way; typing elsewhere meanwhile is fine.
  async function picture(area, file) {
    const stand = `![${Liniya.text("pictureSending")} ${crypto.randomUUID().slice(0, 4)}]()`;
    put(area, stand, area.selectionStart, area.selectionEnd);
    const change = (text, select) => {
      const at = area.value.indexOf(stand);
      const end = at + stand.length;
      const { selectionStart: from, selectionEnd: to } = area;
      if (at < 0) return;
      const waits = from === end && to === end;
      put(area, text, at, end, waits ? select : null);
      const moved = (caret) => (caret >= end ? caret + text.length - stand.length : caret);
      if (!waits) area.setSelectionRange(moved(from), moved(to));
    };
    const body = new FormData();
    body.append("picture", file);
    try {
      const answer = await fetch(area.dataset.pictures, { method: "POST", body, headers: Liniya.signed(), redirect: "manual" });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.error);
      const words = Liniya.text("pictureWords");
      change(`![${words}](${told.address})`, [2, 2 + words.length]);
    } catch (error) {
      change("");
      const ours = error instanceof TypeError || error instanceof SyntaxError ? Liniya.text("offline") : error.message;
      Liniya.toast(ours, { kind: "error" });
    }
  }

  const picturesOf = (transfer) => [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));

  function take(event, transfer) {
    const area = event.target;
    const files = area.matches?.("[data-pictures]") ? picturesOf(transfer) : [];
    // A table copied from an office program comes as text and as its picture: the text is meant.
    if (!files.length || transfer.getData("text/plain")) return;
    event.preventDefault();
    files.forEach((file) => picture(area, file));
  }

  document.addEventListener("paste", (event) => take(event, event.clipboardData));
  document.addEventListener("drop", (event) => take(event, event.dataTransfer));
  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.("[data-picture-of]")) return;
    picturesOf(target).forEach((file) => picture(document.getElementById(target.dataset.pictureOf), file));
    target.value = "";
  });

  function act(area, key) {
    if (key in AROUND) around(area, AROUND[key]);
    else if (key in BEFORE) before(area, key);
    else if (key === "link") link(area);
    else if (key === "picture") document.querySelector(`[data-picture-of="${CSS.escape(area.id)}"]`).click();
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
