// A live update never touches what a person is writing: dirty fields, choices and everything marked data-keep stay.
(() => {
  const isText = (node) => node instanceof HTMLTextAreaElement
    || (node instanceof HTMLInputElement && !["checkbox", "radio", "hidden", "submit"].includes(node.type));

  const isTouched = (node) => isText(node)
    && (node === document.activeElement || node.value !== node.defaultValue);

  // A choice that was made and not sent yet, with all that it was made of; what was sent is the server's.
  let answered = null;
  const isOther = (node) => (node.localName === "option" ? node.selected !== node.defaultSelected : node.checked !== node.defaultChecked);
  const isChosen = (node) => {
    if (!node.form || node.form === answered) return false;
    if (node.localName === "select") return [...node.options].some(isOther);
    if (node.type === "radio") return [...node.form.elements].some((each) => each.name === node.name && isOther(each));
    return node.type === "checkbox" && isOther(node);
  };
  document.addEventListener("htmx:beforeSwap", ({ detail: { requestConfig, xhr } }) => {
    answered = xhr.status < 300 ? requestConfig.elt.closest("form") : null;
  });
  document.addEventListener("htmx:afterSwap", () => (answered = null));

  // What an answer says it has seen stands still while the answer is being written, until what came
  // meanwhile is on the screen (ticket.js): else the server shows it before it sends.
  const isSeenMark = (node) => node instanceof HTMLInputElement && node.name === "seen"
    && [...(node.form?.elements ?? [])].some((field) => field instanceof HTMLTextAreaElement && field.value.trim());

  // What a form says a field held stays with what is being written or chosen in that field.
  const isBefore = (node) => node instanceof HTMLInputElement && node.name.startsWith("was.")
    && node.form !== answered
    && [...(node.form?.elements ?? [])].some((field) => field.name === node.name.slice(4) && (isTouched(field) || isChosen(field)));

  const isKept = (node) => node instanceof Element && node.getAttribute("data-keep") === "";

  const { callbacks } = window.Idiomorph.defaults;
  callbacks.beforeNodeMorphed = (old, fresh) => {
    if (isSeenMark(old)) old.dataset.newest = fresh.value;
    return !isTouched(old) && !isChosen(old) && !isSeenMark(old) && !isBefore(old) && !isKept(old);
  };
  callbacks.beforeNodeRemoved = (old) => !isKept(old);
  // Open menus and folds are the reader's, not the server's.
  callbacks.beforeAttributeUpdated = (name, node) => !(name === "open" && node.localName === "details");
})();
