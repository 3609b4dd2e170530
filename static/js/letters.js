// Letters of the product: a variable goes where the cursor was; what is not saved is shown in its frame.
(() => {
  const FIELDS = "#letter textarea, #letter .letter-words input[type=text], #letter .letter-words input:not([type])";
  let last = null; // the field that had the focus

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches?.(FIELDS)) last = target;
  });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("#letter [data-insert]");
    if (!button) return;
    const field = last?.isConnected ? last : document.querySelector("#letter textarea");
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // The frame has a policy of its own, which only an answer of the server can bring: the form is sent into it.
  function show(frame) {
    const button = document.createElement("button");
    button.hidden = true;
    button.formAction = frame.dataset.letterDraft;
    button.formTarget = frame.name;
    button.formNoValidate = true;
    frame.removeAttribute("data-letter-draft");
    document.getElementById("letter").append(button);
    button.form.requestSubmit(button);
    button.remove();
  }

  Liniya.each("iframe[data-letter-draft]", show);
})();
